"""What the processes load: sets and orders of numbers, ready to be put to use."""

from django.db import models


class FacetSet(models.Model):
    """All numbers of a corpus that are found under one choice of one of its facets.

    `numbers` is a roaring bitmap in its portable format; `changed_at` is the Generation.number that
    wrote it last, so that a process takes over only what changed since its own. A set that became
    empty stays, for the processes that still have to hear of it.
    """

    key = models.CharField(max_length=150, primary_key=True, help_text="corpus/facet/choice")
    label = models.CharField(max_length=100, blank=True, help_text="Where no list has its name.")
    numbers = models.BinaryField()
    changed_at = models.PositiveBigIntegerField(db_index=True)

    def __str__(self):
        return self.key


class StoredOrder(models.Model):
    """All numbers of a corpus by a measure, the highest first and of equals the newest.

    `numbers` and `measures` stand side by side, four bytes each, lowest byte first.
    """

    key = models.CharField(max_length=40, primary_key=True, help_text="corpus/sort")
    numbers = models.BinaryField()
    measures = models.BinaryField()
    changed_at = models.PositiveBigIntegerField()

    def __str__(self):
        return self.key
