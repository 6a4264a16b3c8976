from django.db import models
from django.urls import reverse

from communities.enums import Audience, Duration, Kind, Mode, Outcome


class Entry(models.Model):
    """One published design as the gallery lists it. Written by gallery.index only.

    The key is Community.catalogue_number, so the highest is the newest. `card` is what a result
    card shows (gallery.entries.shown_on_card); long text stands apart, in EntryText.
    """

    number = models.PositiveIntegerField(primary_key=True)
    community = models.OneToOneField(
        "communities.Community", on_delete=models.CASCADE, related_name="entry"
    )
    version = models.ForeignKey("communities.Version", on_delete=models.CASCADE, related_name="+")
    published_at = models.DateTimeField()
    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=Kind, blank=True)
    mode = models.CharField(max_length=20, choices=Mode, blank=True)
    audience = models.CharField(max_length=30, choices=Audience, blank=True)
    duration = models.CharField(max_length=20, choices=Duration, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome)
    year = models.PositiveSmallIntegerField(null=True)
    cohort_slug = models.CharField(max_length=80, blank=True)
    cohort_name = models.CharField(max_length=80, blank=True)
    participants = models.PositiveIntegerField(default=0)
    parent = models.ForeignKey(
        "communities.Community",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="What it builds on, as published.",
    )
    built_on_count = models.PositiveIntegerField(
        default=0, help_text="How many published designs build on it."
    )
    card = models.JSONField()
    excerpts = models.JSONField(
        default=dict, help_text="What the entrance quotes: gallery.entries.excerpts_of."
    )

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "entries"

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("design", args=[self.slug])


class EntryFacet(models.Model):
    """One choice of one filter (gallery.facets) that an entry is found under."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="facets")
    facet = models.CharField(max_length=20)
    choice = models.CharField(max_length=100)
    label = models.CharField(max_length=100, blank=True, help_text="Where no list has its name.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "facet", "choice"], name="found_under_once"),
        ]

    def __str__(self):
        return f"{self.facet}={self.choice}"


class EntryText(models.Model):
    """The words of an entry in the order of their weight, each column one text of several parts.

    The database keeps its own full-text index of these columns (migration 0002), so a row that
    is written is found and one that is deleted is gone. `parts` names the parts of each column;
    gallery.text says how they are joined.
    """

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.CASCADE, related_name="text"
    )
    title = models.TextField()
    summary = models.TextField(help_text="Summary and big purpose.")
    held = models.TextField("values and insights")
    rest = models.TextField()
    parts = models.JSONField()

    def __str__(self):
        return self.title
