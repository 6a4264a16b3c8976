"""Undoing an import: exactly what it made goes, as far as nobody has worked on it since."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from .. import workflow
from ..models import Community, DesignImport, Implementation, ImportedRun, Version, log_opened
from ..services.versions import freeze_many

NOTE = "Import undone"
BATCH = 400


@dataclass(frozen=True)
class Stays:
    """A design that keeps what the import gave it, and why."""

    title: str
    slug: str
    why: str


@dataclass
class _Sorted:
    remove: list[Community]
    shorten: dict[int, list[ImportedRun]]
    stays: list[Stays]


def what_stays(done: DesignImport) -> list[Stays]:
    """What undoing could not take back now. At most five queries."""
    return _sort(done).stays


def undo(done: DesignImport, *, by) -> DesignImport:
    """Withdraw and remove what the import made; what stays is written down in `kept`.

    In two steps, so that search has let go of the designs before they are gone. Undone already
    stays undone.
    """
    with transaction.atomic():
        locked = _locked(done)
        if not locked.can_be_undone:
            return locked
        workflow.retract_imported([c.pk for c in _sort(locked).remove], by=by)
    with transaction.atomic():
        locked = _locked(done)
        if not locked.can_be_undone:
            return locked
        found = _sort(locked)
        _remove(found.remove)
        _shorten(found.shorten, publish=locked.publish, by=by)
        locked.kept = [[stay.title, stay.slug, stay.why] for stay in found.stays]
        locked.undone_at, locked.undone_by = timezone.now(), by
        locked.save()
    return locked


def _locked(done: DesignImport) -> DesignImport:
    return DesignImport.objects.select_for_update().get(pk=done.pk)


def _sort(done: DesignImport) -> _Sorted:
    """Into designs to remove, runs to take out of older designs, and what was worked on."""
    made: dict[int, list[ImportedRun]] = {}
    for row in done.made.select_related("run").annotate(
        further=Count("run__sessions", distinct=True) + Count("run__reflections", distinct=True)
    ):
        made.setdefault(row.community_id, []).append(row)
    found = _Sorted([], {}, [])
    for community in _with_counts(list(made)):
        rows = made[community.pk]
        why = _why_new(community, rows, done) if rows[0].is_new else _why_run(rows)
        if why:
            found.stays.append(Stays(community.title, community.slug, why))
        elif rows[0].is_new:
            found.remove.append(community)
        else:
            found.shorten[community.pk] = rows
    return found


def _with_counts(pks: list[int]) -> list[Community]:
    names = {
        "people": "members",
        "changes": "team_events",
        "texts": "sections",
        "pictures": "photos",
        "lessons": "insights",
        "builders": "children",
        "runs": "implementations",
        "frozen": "versions",
    }
    counts = {name: Count(path, distinct=True) for name, path in names.items()}
    found = Community.objects.filter(pk__in=pks).annotate(**counts).order_by("title", "pk")
    return list(found)


def _why_new(community: Community, rows: list[ImportedRun], done: DesignImport) -> str:
    """Why a design that the import made cannot go; empty when it can."""
    if community.people:
        return "It has a team now."
    if community.changes:
        return "Somebody was in its team."
    if community.builders:
        return "Other designs build on it."
    if community.texts or community.pictures or community.lessons:
        return "Somebody has written in it or added pictures."
    if community.revision > 1 or community.values_revision > 1 or _why_run(rows):
        return "Somebody has changed it."
    if community.runs != len(rows) or community.frozen > int(done.publish):
        return "A later import or a correction has added to it."
    return ""


def _why_run(rows: list[ImportedRun]) -> str:
    """Why a further run of a known design cannot be taken out; empty when it can."""
    is_touched = any(row.run is not None and row.run.revision > 1 for row in rows)
    if is_touched or any(row.further for row in rows):
        return "Somebody has worked on its new run."
    return ""


def _remove(communities: list[Community]) -> None:
    pks = [community.pk for community in communities]
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        # What was said about it and reported of it goes with it, out of the log too.
        with log_opened():
            Version.objects.filter(community__in=batch).delete()
            Community.objects.filter(pk__in=batch).delete()


def _shorten(shorten: dict[int, list[ImportedRun]], *, publish: bool, by) -> None:
    """Take the runs out; the public page of an imported design without a team follows at once."""
    runs = [row.run_id for rows in shorten.values() for row in rows if row.run_id]
    Implementation.objects.filter(pk__in=runs).delete()
    if not publish or not shorten:
        return
    without_team = Community.objects.filter(pk__in=shorten, published_version__isnull=False)
    communities = list(without_team.filter(Q(members=None)))
    if communities:
        versions = freeze_many(communities, by=by, note=NOTE)
        workflow.publish_imported(versions, by=by, note=f"{NOTE}.")
