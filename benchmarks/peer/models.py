from django.db import models
from modelsearch import index

COLUMNS = {"title": 8, "summary": 4, "held": 2, "rest": 1}
# It counts one field at a time, and only those with a single choice.
COUNTED = ("kind", "audience", "outcome", "cohort")
LINKED = ("value", "mode", "topic", "year")


class Choice(models.Model):
    slug = models.CharField(max_length=120, unique=True)

    def __str__(self):
        return self.slug


class Design(index.Indexed, models.Model):
    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=40, blank=True)
    audience = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=40)
    cohort = models.CharField(max_length=80, blank=True)
    title = models.TextField()
    summary = models.TextField()
    held = models.TextField()
    rest = models.TextField()
    choices = models.ManyToManyField(Choice)

    search_fields = [
        *(index.SearchField(name, boost=boost) for name, boost in COLUMNS.items()),
        *(index.FilterField(name) for name in ("number", *COUNTED)),
        index.RelatedFields("choices", [index.FilterField("slug")]),
    ]

    class Meta:
        ordering = ["-number"]

    def __str__(self):
        return self.title
