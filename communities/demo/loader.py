"""Brings the demo into the database, step by step as it would really have happened."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta

from django.db import connection, transaction
from django.utils import timezone

from accounts.demo_people import ROBIN

from .. import letters, workflow
from ..enums import Action, Check
from ..models import BusyPeriod, Community, Submission, Version
from ..services.reviewing import keep_checklist
from ..services.submitting import submit_for_review
from ..signals import public_content_changed
from . import content, people, writing
from .talk import talk

# How long before today the two submissions that wait came in.
WAITING = {"bench-swap": timedelta(days=4), "ten-drafts": timedelta(days=1)}
DECIDED_AFTER = timedelta(days=3)
HANDS = 2


def load(tell: Callable[[str], None], designs: list[dict]) -> int:
    """Add what is missing of `designs`, in their order; returns how many were missing something.

    What an interrupted run left half-made is finished. Must not run inside a transaction: pictures
    are made in threads of their own.
    """
    designs = [design for design in designs if not _is_whole(design)]
    crew = people.everybody({name for design in designs for name in design["team"]})
    cohorts = people.cohorts()
    _keep_busy_periods()
    with ThreadPoolExecutor(HANDS) as pool, letters.held_back():
        made, hanging = [], []
        for design in designs:
            made.append(_found(design) or _write(design, crew, cohorts))
            hanging.append(pool.submit(_hang, design, made[-1], crew))
        tell(f"{len(made)} designs written; now their pictures …")
        # While the later pictures are still made, the first designs go their way.
        for design, community, hung in zip(designs, made, hanging, strict=True):
            hung.result()
            _put_forward(design, community, crew)
        talk(made, crew, staff=crew[ROBIN.name])
    public_content_changed.send(
        sender=Community, community_ids=[community.pk for community in made]
    )
    return len(designs)


def was_interrupted(designs: list[dict]) -> bool:
    """Whether some of `designs` are here but not yet as they should be."""
    return any(_found(design) and not _is_whole(design) for design in designs)


def _found(design: dict) -> Community | None:
    return Community.objects.filter(slug=design["slug"]).first()


def _is_whole(design: dict) -> bool:
    community = _found(design)
    if community is None:
        return False
    if design["state"] == "draft":
        return community.photos.exists()
    return community.submissions.exists()


def _keep_busy_periods() -> None:
    """Once, and only where staff keep none yet."""
    if not BusyPeriod.objects.exists():
        BusyPeriod.objects.bulk_create(
            BusyPeriod(name=name, kind=kind, starts_on=first, ends_on=last)
            for name, kind, first, last in content.BUSY
        )


@transaction.atomic
def _write(design: dict, crew: dict, cohorts: dict) -> Community:
    team = [crew[name] for name in design["team"]]
    cohort = cohorts.get(design["cohort"])
    people.seat(team, cohort)
    return writing.write(design, team=team, cohort=cohort)


def _hang(design: dict, community: Community, crew: dict) -> None:
    try:
        writing.hang_photos(community, design, by=crew[design["team"][0]])
    finally:
        connection.close()


def _put_forward(design: dict, community: Community, crew: dict) -> None:
    if community.submissions.exists():
        return
    state, lead, staff = design["state"], crew[design["team"][0]], crew[ROBIN.name]
    if state == "draft":
        return
    then = _submitted_at(design)
    decided = then + DECIDED_AFTER
    submission = submit_for_review(community, by=lead, at=then)
    Version.objects.filter(pk=submission.version_id).update(created_at=then)
    if state == "published":
        keep_checklist(submission, by=staff, ticked=Check.values)
        _move(submission, Action.APPROVE, by=staff, at=decided)
    elif state == "changes_requested":
        note = design["review_note"]
        _move(submission, Action.REQUEST_CHANGES, by=staff, note=note, at=decided)


def _move(submission: Submission, action: Action, **options) -> None:
    workflow.move(submission, action, revision=submission.revision, **options)


def _submitted_at(design: dict) -> datetime:
    if design["state"] != "published":
        return timezone.now() - WAITING.get(design["slug"], timedelta(days=9))
    evening = datetime.combine(
        content.last_day(design), time(21, 40), timezone.get_current_timezone()
    )
    return min(evening + timedelta(days=12), timezone.now() - timedelta(days=20))
