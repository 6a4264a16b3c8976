"""What was reported, as staff read it."""

from collections.abc import Iterable

from django.db.models import Count, Max, Min, QuerySet

from accounts.models import Suspension, User

from ..models import Photo, Report, ReportEvent, TeamMember


def open_count() -> int:
    """How many things wait for a decision. One query."""
    return Report.objects.open().order_by().values("kind", "key").distinct().count()


def reported_things(*, is_open: bool) -> QuerySet:
    """One row for each thing: how many reported it, the first of the reports.

    The longest wait first; of those decided the latest.
    """
    reports = Report.objects.filter(decided_at__isnull=is_open).order_by()
    things = reports.values("kind", "key").annotate(
        count=Count("pk"), first=Min("pk"), until=Max("decided_at")
    )
    return things.order_by("first") if is_open else things.order_by("-until", "-first")


def first_reports(things: Iterable[dict]) -> dict[int, Report]:
    """The first report of each, by key. One query."""
    reports = Report.objects.select_related("community")
    return reports.in_bulk([thing["first"] for thing in things])


def log_about(kind: str, key: str) -> list[ReportEvent]:
    events = ReportEvent.objects.filter(kind=kind, key=key)
    return list(events.select_related("actor", "person"))


def makers_of(community, photo: Photo | None) -> list[User]:
    """Whom staff may warn or suspend: who hung the picture first, then the team."""
    team = list(User.objects.filter(team_memberships__community=community, is_active=True))
    first = photo.uploaded_by_id if photo else None
    return sorted(team, key=lambda person: person.pk != first)


def own_communities(user) -> set[int]:
    return set(TeamMember.objects.filter(user=user).values_list("community_id", flat=True))


def open_suspensions() -> QuerySet[Suspension]:
    return Suspension.objects.filter(lifted_at=None).select_related("user", "created_by")
