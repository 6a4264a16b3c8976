"""The status of a submission, and the only door to it.

`MOVES` is the whole table; buttons are drawn from it and `move` obeys it. Nothing else assigns a
status (a test sees to that).
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.roles import is_staff

from . import rules
from .addresses import is_slug_taken, take_slug
from .enums import Action, Side, Status
from .letters import tell_team
from .models import Community, Counter, Submission, SubmissionEvent, Version
from .signals import announce
from .tagging import slug_for


@dataclass(frozen=True)
class Move:
    from_statuses: tuple[Status, ...]
    to_status: Status
    who: Side
    needs_note: bool = False


MOVES: dict[Action, Move] = {
    Action.SUBMIT: Move((Status.DRAFT,), Status.SUBMITTED, Side.TEAM),
    Action.RESUBMIT: Move((Status.CHANGES_REQUESTED,), Status.SUBMITTED, Side.TEAM),
    Action.WITHDRAW: Move(Status.open(), Status.WITHDRAWN, Side.TEAM),
    Action.APPROVE: Move((Status.SUBMITTED,), Status.PUBLISHED, Side.REVIEWER),
    Action.REQUEST_CHANGES: Move(
        (Status.SUBMITTED,), Status.CHANGES_REQUESTED, Side.REVIEWER, True
    ),
    Action.DECLINE: Move(Status.open(), Status.DECLINED, Side.REVIEWER, True),
    Action.UNPUBLISH: Move((Status.PUBLISHED,), Status.UNPUBLISHED, Side.REVIEWER, True),
    Action.RESTORE: Move((Status.UNPUBLISHED,), Status.PUBLISHED, Side.REVIEWER),
}


class MoveRefused(Exception):
    """This person may not make this move, or not from this status."""


class NoteNeeded(Exception):
    """The move must be explained to the team."""


class MoveLost(Exception):
    """Somebody else moved the submission first; `submission` is as it is now."""

    def __init__(self, submission: Submission):
        super().__init__(submission.status)
        self.submission = submission


def is_allowed(user, submission: Submission, action: Action) -> bool:
    """Whether `user` may do `action` to `submission` as it stands; at most two queries."""
    return action in allowed_actions(user, submission, [action])


def allowed_actions(user, submission: Submission, actions=tuple(MOVES)) -> list[Action]:
    """Those of `actions` to draw buttons for, in order of the table; at most two queries."""
    possible = [action for action in actions if submission.status in MOVES[action].from_statuses]
    if not possible:
        return []
    side = rules.side_of(user, submission)
    return [
        action
        for action in possible
        if MOVES[action].who == side and _is_latest(submission, action)
    ]


def submit(version: Version, *, by, note: str = "") -> Submission:
    """Put a version forward. Raises MoveRefused for outsiders and while another one is open."""
    community = version.community
    if not rules.is_on_team(by, community):
        raise MoveRefused(Action.SUBMIT)
    now = timezone.now()
    try:
        with transaction.atomic():
            submission = Submission.objects.create(
                community=community,
                version=version,
                submitted_by=by,
                submitted_at=now,
                changed_at=now,
            )
            _log(submission, Action.SUBMIT, Status.DRAFT, by, note)
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
) -> Submission:
    """Check, write only if nobody was quicker, log, and announce after commit.

    `revision` is the one that the person saw; `version` the new one of a resubmission. Raises
    MoveRefused, NoteNeeded or MoveLost, each without having changed anything.
    """
    rule = MOVES[action]
    if submission.revision != revision:
        raise MoveLost(submission)
    if not is_allowed(by, submission, action):
        raise MoveRefused(action)
    if rule.needs_note and not note.strip():
        raise NoteNeeded(action)
    with transaction.atomic():
        from_status = submission.status
        _compare_and_set(submission, rule.to_status, version)
        _log(submission, action, from_status, by, note)
        if action in _EFFECTS:
            _EFFECTS[action](submission)
    return submission


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
    _point_at(versions, now)


@transaction.atomic
def retract_imported(community_ids: list[int], *, by) -> None:
    """Take imported designs out of the gallery, with their submissions, as if they had never been.

    For staff who undo an import; raises MoveRefused for anybody else. 4 queries, however many.
    """
    if not is_staff(by):
        raise MoveRefused(Action.UNPUBLISH)
    SubmissionEvent.objects.filter(submission__community__in=community_ids).delete()
    Submission.objects.filter(community__in=community_ids).delete()
    published = Community.objects.filter(pk__in=community_ids)
    published.update(published_version=None)
    announce(community_ids)


def _point_at(versions: list[Version], now) -> None:
    communities = [version.community for version in versions]
    new = [community for community in communities if community.catalogue_number is None]
    for community, number in zip(new, Counter.take("catalogue", len(new)), strict=True):
        community.catalogue_number, community.published_at = number, now
    for version in versions:
        version.community.published_version = version
    fields = ["catalogue_number", "published_at", "published_version"]
    Community.objects.bulk_update(communities, fields, batch_size=500)
    announce([community.pk for community in communities])


def _compare_and_set(submission: Submission, to_status: Status, version: Version | None) -> None:
    now = timezone.now()
    changes = {"status": to_status, "revision": submission.revision + 1, "changed_at": now}
    if version is not None:
        changes |= {"version": version, "submitted_at": now}
    seen = {"pk": submission.pk, "status": submission.status, "revision": submission.revision}
    if not Submission.objects.filter(**seen).update(**changes):
        raise MoveLost(Submission.objects.select_related("community").get(pk=submission.pk))
    for name, value in changes.items():
        setattr(submission, name, value)


def _log(submission: Submission, action: Action, from_status: str, by, note: str) -> None:
    event = SubmissionEvent.objects.create(
        submission=submission,
        version=submission.version,
        action=action,
        from_status=from_status,
        to_status=submission.status,
        actor=by,
        note=note.strip(),
    )
    # A function of its own: Django cannot name a partial in the log when the letter fails.
    transaction.on_commit(lambda: tell_team(event), robust=True)


def _publish(submission: Submission) -> None:
    community = Community.objects.select_for_update().get(pk=submission.community_id)
    if community.catalogue_number is None:
        [community.catalogue_number] = Counter.take("catalogue")
        community.published_at = timezone.now()
        _settle_slug(community, submission.version.snapshot["title"])
    community.published_version = submission.version
    community.save(update_fields=["catalogue_number", "published_at", "slug", "published_version"])
    submission.community = community
    announce([community.pk])


def _settle_slug(community: Community, title: str) -> None:
    """The address follows the title until the first publication, and stays from then on."""
    wanted = slug_for(title)
    if wanted != community.slug and not is_slug_taken(wanted, but_by=community):
        take_slug(community, wanted)


def _unpublish(submission: Submission) -> None:
    Community.objects.filter(pk=submission.community_id).update(published_version=None)
    announce([submission.community_id])


def _is_latest(submission: Submission, action: Action) -> bool:
    """Only what the public sees can be unpublished, and only its last version restored."""
    if action is Action.UNPUBLISH:
        return submission.community.published_version_id == submission.version_id
    if action is Action.RESTORE:
        others = submission.community.submissions.filter(pk__gt=submission.pk)
        return not others.filter(status__in=[Status.PUBLISHED, *Status.open()]).exists()
    return True


_EFFECTS = {
    Action.APPROVE: _publish,
    Action.RESTORE: _publish,
    Action.UNPUBLISH: _unpublish,
}
