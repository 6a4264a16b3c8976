from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..enums import Status, VersionReason
from .querysets import SubmissionQuerySet


class Version(models.Model):
    """A frozen snapshot of everything a public page shows. Never changed once made."""

    community = models.ForeignKey("Community", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    snapshot = models.JSONField(help_text="communities.snapshot.Snapshot as JSON.")
    reason = models.CharField(max_length=20, choices=VersionReason)
    note = models.CharField(max_length=300, blank=True)
    # Why sections changed since the version before: their keys, titles and "why".
    whys = models.JSONField(default=list, blank=True)
    words_added = models.PositiveIntegerField(null=True, help_text="Since the version before.")
    words_cut = models.PositiveIntegerField(null=True, help_text="Since the version before.")
    created_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Which pictures the snapshot shows: who may see the version may see their files.
    photos = models.ManyToManyField("Photo", related_name="versions")
    attachments = models.ManyToManyField("Attachment", related_name="versions")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "number"], name="version_number_once_per_community"
            ),
        ]

    def __str__(self):
        return f"{self.community}, version {self.number}"

    @property
    def name(self) -> str:
        """What people call it: its note, else its number."""
        return self.note or f"Version {self.number}"


class Submission(models.Model):
    """A version put forward for review. Only communities.workflow assigns its status."""

    community = models.ForeignKey("Community", on_delete=models.CASCADE, related_name="submissions")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="submissions")
    status = models.CharField(max_length=20, choices=Status, default=Status.SUBMITTED)
    # Counts the moves; a decision is written only on the state that its author saw.
    revision = models.PositiveIntegerField(default=1)
    submitted_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # Who is reading it, and when they last did something about it (communities.workflow.take).
    reader = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reader_active_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["submitted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["community"],
                condition=models.Q(status__in=Status.open()),
                name="one_open_submission_per_community",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=[s for s in Status if s != Status.DRAFT]),
                name="submission_status_is_known",
            ),
        ]
        indexes = [models.Index(fields=["status", "submitted_at"])]

    def __str__(self):
        return f"{self.community}: {self.get_status_display()}"

    @property
    def is_open(self) -> bool:
        return self.status in Status.open()

    @property
    def current_reader(self):
        """Who is reading it, until they have done nothing for a while; None if nobody is."""
        if self.reader_id is None or self.reader_active_at is None:
            return None
        idle = timezone.now() - self.reader_active_at
        return self.reader if idle < timedelta(hours=settings.REVIEW_CLAIM_HOURS) else None
