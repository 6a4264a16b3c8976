from django.db import models

from ..enums import ReportDeed, ReportedKind, ReportProblem
from .log import Kept, KeptQuerySet
from .querysets import ReportQuerySet


class Reported(models.Model):
    """What a row is about: `kind` and `key` name one thing as communities.subjects finds it.

    A profile belongs to no `community`.
    """

    kind = models.CharField(max_length=20, choices=ReportedKind)
    key = models.CharField(max_length=80)
    community = models.ForeignKey(
        "Community", null=True, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Report(Reported):
    """One person’s wish that staff look at something. Open until staff decide about the thing.

    `source` is a keyed digest of where it came from: enough to tell two people apart, and emptied
    when it is decided, as the reporter’s address is.
    """

    photo = models.ForeignKey("Photo", null=True, on_delete=models.SET_NULL, related_name="reports")
    maker = models.ForeignKey(
        "accounts.User",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Whose comment or profile it is.",
    )
    title = models.CharField(max_length=300, help_text="What it was called then.")
    problem = models.CharField(max_length=20, choices=ReportProblem)
    words = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    reporter = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    source = models.CharField(max_length=64, blank=True)
    decision = models.CharField(max_length=20, choices=ReportDeed, blank=True)
    decided_at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "key"]), models.Index(fields=["decided_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_at=None, decision="")
                | (models.Q(decided_at__isnull=False) & ~models.Q(decision="")),
                name="decided_report_has_decision_and_date",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.title}"

    @property
    def is_open(self) -> bool:
        return self.decided_at is None


class ReportEvent(Kept, Reported):
    """One line of the log about something reported or said. Rows are only ever added."""

    deed = models.CharField(max_length=20, choices=ReportDeed)
    actor = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    person = models.ForeignKey(
        "accounts.User",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who was warned or suspended.",
    )
    reason = models.TextField(blank=True)

    objects = KeptQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "key"])]

    def __str__(self):
        return f"{self.get_deed_display()}: {self.key}"

    @property
    def in_words(self) -> str:
        return ReportDeed(self.deed).in_words
