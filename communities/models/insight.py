from django.db import models

from ..enums import InsightBasis, InsightType
from .revisions import Revisioned
from .vocabulary import Value


class Insight(Revisioned):
    """One lesson that a stranger can use, and what it rests on."""

    community = models.ForeignKey("Community", on_delete=models.CASCADE, related_name="insights")
    type = models.CharField(max_length=20, choices=InsightType)
    headline = models.CharField("the lesson, in one or two sentences", max_length=240)
    body = models.TextField("what it rests on", blank=True)
    basis = models.CharField("how we know", max_length=20, choices=InsightBasis, blank=True)
    values = models.ManyToManyField(Value, blank=True, related_name="insights")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.headline
