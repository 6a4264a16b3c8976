from django.db import models

from communities.enums import InsightBasis, InsightType

from .entry import Entry


class EntryInsight(models.Model):
    """One published lesson, with the values it speaks of as [{slug, name, mark}]."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="insights")
    position = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=20, choices=InsightType)
    headline = models.CharField(max_length=240)
    body = models.TextField(blank=True)
    basis = models.CharField(max_length=20, choices=InsightBasis, blank=True)
    values = models.JSONField(default=list)

    class Meta:
        ordering = ["-entry_id", "position"]

    def __str__(self):
        return self.headline

    @property
    def names(self) -> str:
        return ", ".join(value["name"] for value in self.values)

    @property
    def mark(self) -> str:
        """Of the first of its values; empty when it speaks of none."""
        return self.values[0]["mark"] if self.values else ""

    @property
    def line(self) -> str:
        words = (self.get_type_display(), self.get_basis_display())
        return " ".join(f"{word}." for word in words if word)


class EntryInsightValue(models.Model):
    """A value that an insight is found under; kind and cohort are those of its entry."""

    insight = models.ForeignKey(EntryInsight, on_delete=models.CASCADE, related_name="value_rows")
    value = models.CharField(max_length=100, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["insight", "value"], name="insight_under_value_once"),
        ]

    def __str__(self):
        return self.value
