"""The status of a submission, and who reads it: the only door to either.

moves.py has the whole table; buttons are drawn from it, `move` and `take` obey it. Nothing else
assigns a status or a reader (a test sees to that).
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.roles import is_staff

from . import publishing, rules
from .enums import Action, Status
from .letters import tell_of, untell
from .models import (
    Community,
    Remark,
    ReviewChecklist,
    StaffNote,
    Submission,
    SubmissionEvent,
    Version,
)
from .moves import MOVES, READING
from .signals import announce


class MoveRefused(Exception):
    """This person may not make this move, or not from this status."""


class NoteNeeded(Exception):
    """The move must be explained to the team."""


class ChecklistUnfinished(Exception):
    """Whoever approves has not ticked every point for this version (services.reviewing)."""


class MoveLost(Exception):
    """Somebody else moved the submission first; `submission` is as it is now."""

    def __init__(self, submission: Submission):
        super().__init__(submission.status)
        self.submission = submission


def is_allowed(user, submission: Submission, action: Action) -> bool:
    """Whether `user` may do `action` to `submission` as it stands; at most three queries."""
    return action in allowed_actions(user, submission, [action])


def allowed_actions(user, submission: Submission, actions=tuple(MOVES)) -> list[Action]:
    """Those of `actions` to draw buttons for, in order of the table; at most three queries."""
    possible = [action for action in actions if submission.status in MOVES[action].from_statuses]
    if not possible:
        return []
    side = rules.side_of(user, submission)
    return [
        action
        for action in possible
        if MOVES[action].who == side and _is_possible(user, submission, action)
    ]


def submit(version: Version, *, by, note: str = "", at: datetime | None = None) -> Submission:
    """Put a version forward. Raises MoveRefused for outsiders and while another one is open.

    `at` is for what happened in the past, here and in `move`.
    """
    community = version.community
    if not rules.is_on_team(by, community):
        raise MoveRefused(Action.SUBMIT)
    now = at or timezone.now()
    try:
        with transaction.atomic():
            submission = Submission.objects.create(
                community=community,
                version=version,
                submitted_by=by,
                submitted_at=now,
                changed_at=now,
            )
            _log(submission, Action.SUBMIT, Status.DRAFT, by, note, at=now)
    except IntegrityError as error:  # one_open_submission_per_community
        raise MoveRefused(Action.SUBMIT) from error
    return submission


def move(
    submission: Submission,
    action: Action,
    *,
    by,
    revision: int,
    note: str = "",
    version: Version | None = None,
    at: datetime | None = None,
) -> Submission:
    """Check, write only if nobody was quicker, log, tell, and announce after commit.

    `revision` is the one that the person saw; `version` the new one of a resubmission. Raises
    MoveRefused, NoteNeeded, ChecklistUnfinished or MoveLost, each without having changed anything.
    """
    rule = MOVES.get(action)
    if submission.revision != revision:
        raise MoveLost(submission)
    if rule is None or action in READING or not is_allowed(by, submission, action):
        raise MoveRefused(action)
    if rule.needs_note and not note.strip():
        raise NoteNeeded(action)
    if rule.needs_checklist and not is_checklist_finished(submission, by):
        raise ChecklistUnfinished(action)
    undone = _last_move(submission) if rule.undoes else None
    from_status, now = submission.status, at or timezone.now()
    try:
        with transaction.atomic():
            to_status = undone.from_status if undone else rule.to_status
            _compare_and_set(submission, to_status, version, now)
            replaced = _effect(submission, action, undone, by=by, at=now)
            _log(submission, action, from_status, by, note, at=now, replaced=replaced)
    except IntegrityError as error:  # the team has put another version forward meanwhile
        raise MoveRefused(action) from error
    return submission


def take(submission: Submission, action: Action, *, by, to=None, note: str = "") -> Submission:
    """Say who reads it: oneself (CLAIM), nobody (RELEASE), or `to` (HAND_OVER, may be oneself).

    Written only on the reader that `submission` says, and logged; the `note` of a hand-over is for
    staff alone. Whoever reads it may put it back, staff no longer as well. Raises MoveRefused, also
    when `to` may not decide about it, or MoveLost.
    """
    reads = by.is_authenticated and submission.reader_id == by.pk
    is_own = reads and action == Action.RELEASE and submission.status in MOVES[action].from_statuses
    if action not in READING or not (is_own or is_allowed(by, submission, action)):
        raise MoveRefused(action)
    if action == Action.HAND_OVER and not (to and rules.can_review(to, submission)):
        raise MoveRefused(action)
    reader, now = {Action.CLAIM: by, Action.HAND_OVER: to}.get(action), timezone.now()
    seen = {name: getattr(submission, name) for name in ("pk", "revision", "reader_id")}
    with transaction.atomic():
        changes = {"reader": reader, "reader_active_at": now if reader else None}
        if not Submission.objects.filter(**seen).update(**changes):
            raise MoveLost(_as_it_is(submission))
        submission.reader, submission.reader_active_at = reader, changes["reader_active_at"]
        if note.strip():
            StaffNote.objects.create(submission=submission, author=by, text=note.strip())
        _log(submission, action, submission.status, by, "", at=now, reader=reader)
    return submission


def stay(submission: Submission, *, by) -> None:
    """Whoever reads it has just done something about it. 1 query, none for others."""
    if submission.reader_id == by.pk:
        mine = Submission.objects.filter(pk=submission.pk, reader=by)
        mine.update(reader_active_at=timezone.now())


def is_checklist_finished(submission: Submission, by) -> bool:
    mine = ReviewChecklist.objects.filter(
        submission=submission, reviewer=by, version=submission.version_id
    )
    return any(checklist.is_finished for checklist in mine)


@transaction.atomic
def publish_imported(versions: list[Version], *, by, note="Imported.") -> None:
    """Put versions of designs without a team into the gallery at once, logged like any other.

    For staff's imports; raises MoveRefused for anybody else. 8 queries however many there are.
    """
    if not is_staff(by):
        raise MoveRefused(Action.APPROVE)
    now = timezone.now()
    submissions = Submission.objects.bulk_create(
        Submission(
            community=version.community,
            version=version,
            status=Status.PUBLISHED,
            submitted_by=by,
            submitted_at=now,
            changed_at=now,
        )
        for version in versions
    )
    SubmissionEvent.objects.bulk_create(
        SubmissionEvent(
            submission=submission,
            version=submission.version,
            action=Action.APPROVE,
            from_status=Status.DRAFT,
            to_status=Status.PUBLISHED,
            actor=by,
            note=note,
        )
        for submission in submissions
    )
    publishing.publish_many(versions, now)


@transaction.atomic
def retract_imported(community_ids: list[int], *, by) -> None:
    """Take imported designs out of the gallery, with their submissions, as if they had never been.

    For staff who undo an import; raises MoveRefused for anybody else. 4 queries, however many.
    """
    if not is_staff(by):
        raise MoveRefused(Action.UNPUBLISH)
    SubmissionEvent.objects.filter(submission__community__in=community_ids).forget_imported()
    Submission.objects.filter(community__in=community_ids).delete()
    Community.objects.filter(pk__in=community_ids).update(published_version=None)
    announce(community_ids)


@transaction.atomic
def redact(communities: set[int], clean, *, by) -> None:
    """Take a person out of the notes of the log, and write into it that this was done."""
    SubmissionEvent.objects.filter(submission__community__in=communities).take_out(clean)
    for submission in Submission.objects.filter(community__in=communities):
        _log(submission, Action.REDACT, submission.status, by, "")


def _compare_and_set(submission: Submission, to_status: Status, version, now) -> None:
    changes = {"status": to_status, "revision": submission.revision + 1, "changed_at": now}
    changes |= {"reader": None, "reader_active_at": None}
    if version is not None:
        changes |= {"version": version, "submitted_at": now}
    seen = {"pk": submission.pk, "status": submission.status, "revision": submission.revision}
    if not Submission.objects.filter(**seen).update(**changes):
        raise MoveLost(_as_it_is(submission))
    for name, value in changes.items():
        setattr(submission, name, value)


def _as_it_is(submission: Submission) -> Submission:
    return Submission.objects.select_related("community", "reader").get(pk=submission.pk)


def _log(submission, action: Action, from_status: str, by, note: str, *, at=None, **more) -> None:
    event = SubmissionEvent.objects.create(
        submission=submission,
        version=submission.version,
        action=action,
        from_status=from_status,
        to_status=submission.status,
        actor=by,
        note=note.strip(),
        created_at=at or timezone.now(),
        **more,
    )
    tell_of(event)


def _effect(submission: Submission, action: Action, undone, *, by, at) -> Version | None:
    """What else a move does; returns the version that it replaced in the gallery."""
    if action == Action.REQUEST_CHANGES:
        Remark.objects.filter(submission=submission, author=by, sent_at=None).update(sent_at=at)
    if action == Action.UNDO_APPROVE:
        publishing.put_back(submission, undone.replaced)
    if undone:
        untell(undone)
    if action in (Action.APPROVE, Action.RESTORE):
        return publishing.publish(submission, at=at)
    return publishing.unpublish(submission) if action == Action.UNPUBLISH else None


def _is_possible(user, submission: Submission, action: Action) -> bool:
    """What the status alone does not say."""
    if action == Action.CLAIM:
        return submission.current_reader is None
    if action == Action.RELEASE:
        return submission.reader_id == user.pk
    if MOVES[action].undoes:
        return _can_be_undone(_last_move(submission), MOVES[action].undoes, user, submission)
    if action == Action.UNPUBLISH:
        # Only what the public sees can be taken from it.
        return submission.community.published_version_id == submission.version_id
    if action == Action.RESTORE:
        others = submission.community.submissions.filter(pk__gt=submission.pk)
        return not others.filter(status__in=[Status.PUBLISHED, *Status.open()]).exists()
    return True


def _last_move(submission: Submission) -> SubmissionEvent | None:
    events = submission.events.exclude(action__in=[*READING, Action.REDACT])
    return events.select_related("replaced").defer("replaced__snapshot").last()


def _can_be_undone(last: SubmissionEvent | None, action: Action, user, submission) -> bool:
    """One's own last move, for some minutes, while nothing was built on it."""
    if last is None or last.action != action or last.from_status not in Status.open():
        return False
    is_shown = submission.community.published_version_id == submission.version_id
    since = timezone.now() - timedelta(minutes=settings.REVIEW_UNDO_MINUTES)
    is_mine = last.actor_id == user.pk and last.created_at > since
    return is_mine and (is_shown or action == Action.DECLINE)
