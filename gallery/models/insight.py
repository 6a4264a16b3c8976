from django.db import models

from communities.enums import InsightBasis, InsightType

from .entry import Entry
from .text import SearchedText

# So many lessons of one design are searched; the studio offers fewer.
MOST_OF_ONE_ENTRY = 256


class EntryInsight(models.Model):
    """One published lesson, with the values it speaks of as [{slug, name, mark}].

    The key is made by `numbered`, so the highest is the first lesson of the newest design.
    """

    number = models.PositiveIntegerField(primary_key=True)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="insights")
    type = models.CharField(max_length=20, choices=InsightType)
    headline = models.CharField(max_length=240)
    body = models.TextField(blank=True)
    basis = models.CharField(max_length=20, choices=InsightBasis, blank=True)
    values = models.JSONField(default=list)
    found_under = models.JSONField(
        default=dict, help_text="Its choices of each facet: {facet: [choice, …]}."
    )

    class Meta:
        ordering = ["-number"]

    def __str__(self):
        return self.headline

    @staticmethod
    def numbered(entry_number: int, position: int) -> int:
        """The key of the lesson at this position, counted from 0, of an entry."""
        return entry_number * MOST_OF_ONE_ENTRY + MOST_OF_ONE_ENTRY - 1 - position

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


class InsightText(SearchedText):
    """The words of a lesson: its headline; its body; its values; its design."""

    insight = models.OneToOneField(
        EntryInsight,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="text",
        db_column="number",
    )
