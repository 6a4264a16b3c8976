import secrets

from django.db import connection, models

# A process that missed more changes than these loads everything anew.
REMEMBERED = 64


class Generation(models.Model):
    """One row that says which state of the index is in the database.

    `number` counts the changes. `token` differs for each of them, also after a backup was
    restored or a transaction rolled back, so what a process remembers is keyed by both. `past` are
    the tokens of the last changes by their number: whoever holds one of them need only take over
    what changed since. `made_by` names the code and vocabulary of the last full rebuild.
    """

    number = models.PositiveBigIntegerField(default=0)
    token = models.CharField(max_length=16, blank=True)
    past = models.JSONField(default=dict)
    made_by = models.CharField(max_length=80, blank=True)

    ONLY = 1
    NONE = "0-"

    def __str__(self):
        return f"{self.number}-{self.token}"

    @classmethod
    def current(cls) -> str:
        """The key of the index as it is now. One query, and that by hand: every request asks it."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT number, token FROM {cls._meta.db_table} WHERE id = {cls.ONLY}")  # noqa: S608
            row = cursor.fetchone()
        return "{}-{}".format(*row) if row else cls.NONE

    @classmethod
    def bump(cls) -> int:
        """Begin a change and return its number; other changes wait until this transaction ends.

        Call first in the transaction. Two queries.
        """
        row = cls.objects.select_for_update().filter(pk=cls.ONLY).first()
        if row is None:
            cls.objects.get_or_create(pk=cls.ONLY)
            return cls.bump()
        number = row.number + 1
        past = {str(row.number): row.token} | {
            known: token for known, token in row.past.items() if number - int(known) < REMEMBERED
        }
        cls.objects.filter(pk=cls.ONLY).update(number=number, token=secrets.token_hex(8), past=past)
        return number

    def follows(self, key: str) -> bool:
        """Whether this state came from that one by the changes since."""
        number, _, token = key.partition("-")
        return key == str(self) or self.past.get(number) == token
