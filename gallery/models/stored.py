"""What the processes load: sets of numbers, ready to be put to use."""

from django.db import models


class FacetSet(models.Model):
    """All numbers of a corpus that are found under one choice of one of its facets.

    A measure by which the corpus is sorted is kept like a facet, with a set for each amount.

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
