"""What staff see of a cohort: its people, its teams, where each stands, and since when."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    Count,
    DateTimeField,
    IntegerField,
    Max,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from accounts.models import Cohort, Enrolment, Invitation, User, Waiting

from ..checklist import VALUES
from ..cycle import Station, present, steps_of
from ..models import Community, Insight, Photo, TeamMember

# All that the arc looks at: four queries.
ARC = (VALUES, "sections", "implementations__reflections")
SHOWN_INVITATIONS = 200


@dataclass(frozen=True)
class TeamRow:
    """One team; `last_activity` is when anything of its design was last saved."""

    community: Community
    station: Station
    last_activity: datetime
    members: tuple[TeamMember, ...]

    @property
    def names(self) -> str:
        return ", ".join(str(member.user) for member in self.members)


@dataclass(frozen=True)
class PersonRow:
    """Somebody with a place, or with `is_waiting` in the line."""

    user: User
    since: datetime
    teams: tuple[TeamRow, ...]
    is_waiting: bool = False

    @property
    def last_here(self) -> datetime | None:
        """When they last signed in or looked at a design of theirs in this cohort."""
        looks = [
            member.last_looked_at
            for team in self.teams
            for member in team.members
            if member.user_id == self.user.pk
        ]
        return max(filter(None, [self.user.last_login, *looks]), default=None)


def cohorts_with_counts() -> QuerySet[Cohort]:
    """Each with `enrolled`, `waits` and `designs`. One query."""
    return Cohort.objects.annotate(
        enrolled=_count(Enrolment), waits=_count(Waiting), designs=_count(Community)
    )


def _count(model):
    rows = model._base_manager.filter(cohort=OuterRef("pk")).order_by().values("cohort")
    counted = rows.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def designs_of(cohort: Cohort) -> QuerySet[Community]:
    return Community.objects.filter(cohort=cohort).order_by("title", "pk")


def enrolments_of(cohort: Cohort) -> QuerySet[Enrolment]:
    return cohort.enrolments.select_related("user").order_by("user__name", "pk")


def waiting_for(cohort: Cohort) -> QuerySet[Waiting]:
    return cohort.waiting.select_related("user").order_by("pk")


def team_rows(designs: QuerySet[Community]) -> list[TeamRow]:
    """Six queries, however many they are."""
    members = Prefetch("members", queryset=TeamMember.objects.select_related("user"))
    found = designs.annotate(photos_at=_latest(Photo), insights_at=_latest(Insight))
    return [_team(community) for community in found.prefetch_related(*ARC, members)]


def person_rows(cohort: Cohort, places: list[Enrolment | Waiting]) -> list[PersonRow]:
    """With their teams in this cohort. Six queries, however many they are."""
    people = [place.user_id for place in places]
    theirs = TeamMember.objects.filter(user__in=people).values("community")
    by_user = defaultdict(list)
    for team in team_rows(designs_of(cohort).filter(pk__in=theirs)) if places else ():
        for member in team.members:
            by_user[member.user_id].append(team)
    return [
        PersonRow(
            user=place.user,
            since=place.created_at,
            teams=tuple(by_user[place.user_id]),
            is_waiting=isinstance(place, Waiting),
        )
        for place in places
    ]


def open_cohort_invitations(cohort: Cohort) -> list[Invitation]:
    """Those that somebody could still accept, codes first. One query."""
    open_ = Invitation.objects.open().filter(cohort=cohort).select_related("invited_by")
    return list(open_.order_by("email", "-pk")[:SHOWN_INVITATIONS])


def _latest(model):
    rows = model._base_manager.filter(community=OuterRef("pk")).order_by().values("community")
    latest = rows.annotate(at=Max("updated_at")).values("at")
    return Subquery(latest, output_field=DateTimeField())


def _team(community: Community) -> TeamRow:
    runs = list(community.implementations.all())
    rows = [*community.sections.all(), *runs]
    rows += [reflection for run in runs for reflection in run.reflections.all()]
    moments = [community.updated_at, community.photos_at, community.insights_at]
    moments += [row.updated_at for row in rows]
    return TeamRow(
        community=community,
        station=present(steps_of(community)),
        last_activity=max(filter(None, moments)),
        members=tuple(community.members.all()),
    )
