import secrets

from django.db import models


class Generation(models.Model):
    """One row that says which state of the index is in the database.

    `number` counts the changes. `token` differs for each of them, also after a backup was
    restored or a transaction rolled back, so what a process remembers is keyed by both.
    `made_by` names the code and vocabulary of the last full rebuild.
    """

    number = models.PositiveBigIntegerField(default=0)
    token = models.CharField(max_length=16, blank=True)
    made_by = models.CharField(max_length=80, blank=True)

    ONLY = 1

    def __str__(self):
        return f"{self.number}-{self.token}"

    @classmethod
    def current(cls) -> str:
        """The key of the index as it is now. One query."""
        row = cls.objects.filter(pk=cls.ONLY).first()
        return str(row) if row else "empty"

    @classmethod
    def bump(cls) -> None:
        """Begin a change; call first in its transaction. Other changes wait until it ends."""
        changes = {"number": models.F("number") + 1, "token": secrets.token_hex(8)}
        if not cls.objects.filter(pk=cls.ONLY).update(**changes):
            cls.objects.get_or_create(pk=cls.ONLY)
            cls.objects.filter(pk=cls.ONLY).update(**changes)
