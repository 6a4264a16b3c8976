"""What reviewers write beside a decision: remarks for the team, notes for staff, their ticks."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..enums import Check, Target


class RemarkQuerySet(models.QuerySet):
    def sent(self):
        """Those the team can read; the others are still being written."""
        return self.filter(sent_at__isnull=False)

    def open(self):
        return self.sent().filter(resolved_at=None)

    def to_check(self):
        """The team says they are answered, and no reviewer has looked again."""
        return self.sent().filter(resolved_at__isnull=False, checked_at=None)


class Remark(models.Model):
    """One remark, pinned to a place of a version.

    It is written while reading, sent with the decision to ask for changes, resolved by the team
    with or without a reply, and checked by a reviewer, who may open it again.
    """

    submission = models.ForeignKey("Submission", on_delete=models.CASCADE, related_name="remarks")
    version = models.ForeignKey("Version", on_delete=models.PROTECT, related_name="+")
    target = models.CharField(max_length=20, choices=Target, default=Target.WHOLE)
    target_key = models.CharField(max_length=100, blank=True)
    # What the place was called in the version that was read.
    label = models.CharField(max_length=200)
    text = models.TextField()
    author = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True)
    checked_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    checked_at = models.DateTimeField(null=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at=None) | Q(sent_at__isnull=False),
                name="remark_is_sent_before_it_is_resolved",
            ),
            models.CheckConstraint(
                condition=Q(checked_at=None) | Q(resolved_at__isnull=False),
                name="remark_is_resolved_before_it_is_checked",
            ),
        ]

    def __str__(self):
        return f"{self.label}: {self.text[:60]}"

    @property
    def state(self) -> str:
        if self.sent_at is None:
            return "draft"
        if self.resolved_at is None:
            return "open"
        return "settled" if self.checked_at else "resolved"


class StaffNote(models.Model):
    """What staff tell each other about a submission. The team never sees it."""

    submission = models.ForeignKey(
        "Submission", on_delete=models.CASCADE, related_name="staff_notes"
    )
    author = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]


class ReviewChecklist(models.Model):
    """What one reviewer has ticked about the version that waits; another version begins anew."""

    submission = models.ForeignKey(
        "Submission", on_delete=models.CASCADE, related_name="checklists"
    )
    reviewer = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey("Version", on_delete=models.PROTECT, related_name="+")
    ticked = models.JSONField(default=list)
    note = models.TextField(blank=True, help_text="To the team, written and not sent yet.")
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "reviewer"], name="one_checklist_per_reviewer"
            ),
        ]

    def __str__(self):
        return f"{self.reviewer}: {', '.join(self.ticked)}"

    @property
    def is_finished(self) -> bool:
        return set(self.ticked) >= set(Check.values)
