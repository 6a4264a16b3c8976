from django.db import models
from django.urls import reverse

from communities.enums import Kind

from .text import SearchedText


class Entry(models.Model):
    """One published design as the gallery lists it. Written by gallery.index only.

    The key is Community.catalogue_number, so the highest is the newest. What it is found under is
    also kept from the other side, for searching (models.FacetSet). `card` is what a result card
    shows (gallery.entries.shown_on_card); long text stands apart, in EntryText. `found_under` names
    the sections that it has as well, which are no filter (gallery.examples).
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
    found_under = models.JSONField(
        default=dict, help_text="Its choices of each facet: {facet: [choice, …]}."
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


class EntryText(SearchedText):
    """The words of an entry: title; summary and big purpose; values and insights; the rest."""

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.CASCADE, related_name="text", db_column="number"
    )
