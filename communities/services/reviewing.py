"""What reviewers write down while they read, and what teams answer."""

from django.db import transaction
from django.utils import timezone

from .. import workflow
from ..enums import Action, Check, Target
from ..models import Remark, ReviewChecklist, StaffNote, Submission


def keep_checklist(submission: Submission, *, by, ticked, note: str = "") -> ReviewChecklist:
    """Keep what `by` has ticked about the version that waits, and what they write to the team."""
    kept, _ = ReviewChecklist.objects.update_or_create(
        submission=submission,
        reviewer=by,
        defaults={
            "version": submission.version,
            "ticked": [check for check in Check.values if check in ticked],
            "note": note,
            "updated_at": timezone.now(),
        },
    )
    workflow.stay(submission, by=by)
    return kept


@transaction.atomic
def decide(
    submission: Submission, action: Action, *, by, revision: int, note: str = "", ticked=()
) -> Submission:
    """A reviewer's decision with the ticks it rests on; together or not at all.

    Raises what workflow.move raises.
    """
    if submission.revision == revision and action == Action.APPROVE:
        keep_checklist(submission, by=by, ticked=ticked)
    moved = workflow.move(submission, action, by=by, revision=revision, note=note)
    ReviewChecklist.objects.filter(submission=submission, reviewer=by).update(note="")
    return moved


def assign(submissions: list[Submission], *, to, by) -> int:
    """Hand each to `to`; returns how many were, the others had moved or are of their own team."""
    done = 0
    for submission in submissions:
        try:
            workflow.take(submission, Action.HAND_OVER, by=by, to=to)
            done += 1
        except (workflow.MoveLost, workflow.MoveRefused):
            continue
    return done


def write_remark(
    submission: Submission, *, by, target: Target, target_key: str, label: str, text: str
) -> Remark:
    """A draft, which the team sees when changes are asked for."""
    remark = Remark.objects.create(
        submission=submission,
        version=submission.version,
        target=target,
        target_key=target_key,
        label=label,
        text=text,
        author=by,
    )
    workflow.stay(submission, by=by)
    return remark


def drop_remark(remark: Remark, *, by) -> bool:
    """Throw one's own draft away; False when it was sent or thrown away already."""
    drafts = Remark.objects.filter(pk=remark.pk, author=by, sent_at=None)
    return bool(drafts.delete()[0])


def resolve_remark(remark: Remark, *, by, reply: str = "") -> bool:
    """The team says that it is answered; False when a teammate was quicker."""
    changes = {"resolved_by": by, "resolved_at": timezone.now(), "reply": reply}
    return bool(Remark.objects.open().filter(pk=remark.pk).update(**changes))


def check_remark(remark: Remark, *, by) -> bool:
    """A reviewer has looked again, and it is settled."""
    again = Remark.objects.to_check().filter(pk=remark.pk)
    return bool(again.update(checked_by=by, checked_at=timezone.now()))


def reopen_remark(remark: Remark) -> bool:
    """It is not answered yet. The reply stays."""
    nothing = dict.fromkeys(("resolved_by", "resolved_at", "checked_by", "checked_at"))
    answered = Remark.objects.sent().filter(pk=remark.pk, resolved_at__isnull=False)
    return bool(answered.update(**nothing))


def write_staff_note(submission: Submission, *, by, text: str) -> StaffNote:
    note = StaffNote.objects.create(submission=submission, author=by, text=text)
    workflow.stay(submission, by=by)
    return note
