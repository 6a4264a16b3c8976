from django.db import models


class Counter(models.Model):
    """A number that is handed out once each, in order, even to two transactions at a time."""

    name = models.CharField(max_length=40, unique=True)
    value = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.name}: {self.value}"

    @classmethod
    def take(cls, name: str, count: int = 1) -> range:
        """The next `count` numbers; the row stays locked until the transaction around ends."""
        cls.objects.get_or_create(name=name)
        cls.objects.filter(name=name).update(value=models.F("value") + count)
        last = cls.objects.get(name=name).value
        return range(last - count + 1, last + 1)
