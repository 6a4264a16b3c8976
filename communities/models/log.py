"""The logs, whose lines are only added.

Of submissions here, of what was reported or said in report.py, of teams in team.py, of the
vocabulary in proposal.py. The models refuse anything else, and so does the database
(migrations/0015 and 0016). The one exception is `log_opened`.
"""

from collections.abc import Callable
from contextlib import contextmanager, nullcontext

from django.db import models, transaction
from django.utils import timezone

from ..enums import Action, Status


class LogIsKept(Exception):
    """The log can neither be changed nor shortened."""


class LogOpening(models.Model):
    """While a row of it stands, which other transactions never see, the log is open."""

    def __str__(self):
        return "The log is open."


@contextmanager
def log_opened():
    """In this block the database lets texts of the log be changed and lines be deleted.

    For erasing a person from texts (`rewrite`), and for deleting a design with what belongs to it.
    Facts stay as they are even now. All or nothing: it is a transaction. Four queries.
    """
    with transaction.atomic():
        opening = LogOpening.objects.create()
        yield
        opening.delete()


def rewrite(row: models.Model, **changes) -> None:
    """Write texts of a row again, of a log as well: for erasing a person, and nothing else."""
    with log_opened() if isinstance(row, Kept) else nullcontext():
        models.QuerySet(type(row)).filter(pk=row.pk).update(**changes)


class KeptQuerySet(models.QuerySet):
    def _refuse(self, *args, **kwargs):
        raise LogIsKept("Events are only ever added.")

    update = delete = bulk_update = update_or_create = _refuse
    _refuse.alters_data = True


class LogQuerySet(KeptQuerySet):
    def take_out(self, clean: Callable[[str], str]) -> None:
        """Write notes again without a person, for workflow.redact. The facts stay."""
        for event in self.exclude(note=""):
            if (note := clean(event.note)) != event.note:
                rewrite(event, note=note)

    def forget_imported(self) -> None:
        """For workflow.retract_imported: what an import published and nobody else has moved since.

        Raises LogIsKept when one of these events is of any other kind.
        """
        if self.exclude(from_status=Status.DRAFT, action=Action.APPROVE).exists():
            raise LogIsKept("Only the events of an import are forgotten with it.")
        with log_opened():
            pks = list(self.values_list("pk", flat=True))
            self.model._base_manager.filter(pk__in=pks).delete()


class Kept(models.Model):
    """A line of a log."""

    class Meta:
        abstract = True

    def save(self, *args, **options):
        if not self._state.adding:
            raise LogIsKept("Events are only ever added.")
        super().save(*args, **options)

    def delete(self, *args, **options):
        raise LogIsKept("Events are only ever added.")


class SubmissionEvent(Kept):
    """One move of a submission, as it was written at the time. Rows are only ever added."""

    submission = models.ForeignKey("Submission", on_delete=models.PROTECT, related_name="events")
    version = models.ForeignKey("Version", on_delete=models.PROTECT, related_name="+")
    # What was public before an approval, for its undoing.
    replaced = models.ForeignKey("Version", null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=20, choices=Action)
    from_status = models.CharField(max_length=20, choices=Status)
    to_status = models.CharField(max_length=20, choices=Status)
    actor = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # To whom a submission was handed over.
    reader = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = LogQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_action_display()}: {self.submission}"

    @property
    def deed(self) -> str:
        return Action(self.action).deed

    @property
    def is_move(self) -> bool:
        """Whether the status is another one since; who reads it is no status."""
        return self.from_status != self.to_status
