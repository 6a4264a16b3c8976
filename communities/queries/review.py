"""What the review desk reads."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Cohort

from ..enums import Action, DeskTab, Status
from ..models import Photo, Submission, SubmissionEvent, TeamMember, Version
from ..models.querysets import has_consent

ORDER = {
    DeskTab.WAITING: ("submitted_at", "pk"),
    DeskTab.CONVERSATION: ("changed_at", "pk"),
    DeskTab.DECIDED: ("-changed_at", "-pk"),
}


@dataclass(frozen=True)
class DeskCounts:
    by_tab: dict[DeskTab, int]
    longest_wait_since: datetime | None


def matching(*, text: str = "", cohort: Cohort | None = None) -> QuerySet[Submission]:
    """Submissions of a cohort whose title, or the name of somebody in the team, has `text`."""
    found = Submission.objects.all()
    if cohort is not None:
        found = found.filter(community__cohort=cohort)
    if text:
        people = TeamMember.objects.filter(
            community=OuterRef("community"), user__name__icontains=text
        )
        found = found.filter(Q(community__title__icontains=text) | Exists(people))
    return found


def desk_counts(submissions: QuerySet[Submission]) -> DeskCounts:
    """How many lie in each tab, and since when the first waits. One query."""
    found = submissions.aggregate(
        longest=Min("submitted_at", filter=Q(status=Status.SUBMITTED)),
        **{tab.value: Count("pk", filter=Q(status__in=tab.statuses)) for tab in DeskTab},
    )
    return DeskCounts({tab: found[tab.value] for tab in DeskTab}, found["longest"])


def desk_rows(submissions: QuerySet[Submission], tab: DeskTab, *, reader) -> QuerySet[Submission]:
    """The rows of a tab as the version put forward says; 3 queries when read.

    Each has `title`, `kind`, `mode` and `held` (values) of its version, the counts `pictures` and
    `unsettled`, and `is_answer`, `is_own` (the reader's team) and `decided_by`.
    """
    events = SubmissionEvent.objects.filter(submission=OuterRef("pk"))
    own = TeamMember.objects.filter(community=OuterRef("community"), user=reader)
    return (
        submissions.filter(status__in=tab.statuses)
        .select_related("community__cohort")
        .prefetch_related("community__members__user")
        .annotate(
            title=KeyTextTransform("title", "version__snapshot"),
            kind=KeyTextTransform("kind", "version__snapshot"),
            mode=KeyTextTransform("mode", "version__snapshot"),
            held=KeyTransform("values", "version__snapshot"),
            pictures=_count_pictures(),
            unsettled=_count_pictures(~has_consent()),
            is_answer=Exists(events.filter(action=Action.RESUBMIT)),
            is_own=Exists(own),
            decided_by=Subquery(events.order_by("-pk").values("actor__name")[:1]),
        )
        .order_by(*ORDER[tab])
    )


def _count_pictures(*conditions):
    """Of those that the version shows, by what is known of them now."""
    photos = Photo.objects.filter(*conditions, versions=OuterRef("version"))
    counted = photos.order_by().values("versions").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), Value(0), output_field=IntegerField())


def next_to_read(submission: Submission, *, reader) -> int | None:
    """Whose turn is after this one; from the end of the queue back to its beginning."""
    after = Q(submitted_at__gt=submission.submitted_at) | Q(
        submitted_at=submission.submitted_at, pk__gt=submission.pk
    )
    waiting = Submission.objects.waiting().exclude(pk=submission.pk)
    waiting = waiting.exclude(community__members__user=reader)
    turn = Case(When(after, then=0), default=1)
    return waiting.order_by(turn, "submitted_at", "pk").values_list("pk", flat=True).first()


def log_of(submission: Submission) -> list[SubmissionEvent]:
    """Every move, the first one first, with who made it and the number of the version."""
    events = submission.events.select_related("actor", "version").defer("version__snapshot")
    return list(events)


def published_before(version: Version) -> int | None:
    """The key of the last version before this one that was in the gallery."""
    published = SubmissionEvent.objects.filter(
        submission__community=version.community_id,
        to_status=Status.PUBLISHED,
        version__number__lt=version.number,
    )
    return published.order_by("-version__number").values_list("version", flat=True).first()


def days_since(moment: datetime) -> int:
    return max(0, (timezone.now() - moment).days)
