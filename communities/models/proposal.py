from django.db import models

from ..enums import ProposalStatus, VocabularyAct
from .log import Kept, KeptQuerySet
from .vocabulary import Value


class ValueProposal(models.Model):
    """A value that somebody misses, and what staff answered."""

    name = models.CharField(max_length=60)
    short = models.CharField("in one sentence", max_length=140)
    why = models.TextField("why no value we have says it")
    status = models.CharField(
        max_length=20, choices=ProposalStatus, default=ProposalStatus.WAITING, editable=False
    )
    proposed_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    # What it became, or what it is another word for.
    value = models.ForeignKey(Value, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["status", "created_at"])]

    def __str__(self):
        return self.name


class VocabularyEvent(Kept):
    """What was done to a value or a topic, as it was written at the time. Rows are only added.

    `kind` is "value" or "topic". `details` hold what a reader may want to know: for an edit the
    fields with their words before and after, for a merge where it went and which designs changed.
    """

    kind = models.CharField(max_length=10)
    slug = models.SlugField(max_length=100)
    name = models.CharField(max_length=100)
    act = models.CharField(max_length=20, choices=VocabularyAct)
    details = models.JSONField(default=dict)
    actor = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = KeptQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "slug"])]

    def __str__(self):
        return f"{self.name} {self.get_act_display()}"
