from django.db import models


class SearchedText(models.Model):
    """Words in the order of their weight, each column one text of several parts.

    The database keeps its own full-text index of these columns (migrations 0002 and 0003), so a
    row that is written is found and one that is deleted is gone. `parts` names the parts of each
    column; gallery.text says how they are joined.
    """

    title = models.TextField()
    summary = models.TextField()
    held = models.TextField()
    rest = models.TextField()
    parts = models.JSONField()

    class Meta:
        abstract = True

    def __str__(self):
        return self.title
