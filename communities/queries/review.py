"""What the review desk reads."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
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

from accounts.models import Cohort, User

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
    late: int
    longest_wait_since: datetime | None


def reviewers() -> QuerySet[User]:
    return User.objects.filter(is_staff=True, is_active=True).order_by("name", "pk")


def reviewers_for(submission: Submission) -> QuerySet[User]:
    """Staff who may decide about it: none of its own team."""
    return reviewers().exclude(team_memberships__community=submission.community_id)


def still_read():
    """That somebody took a submission and has done something since; agrees with current_reader."""
    since = timezone.now() - timedelta(hours=settings.REVIEW_CLAIM_HOURS)
    return Q(reader__isnull=False, reader_active_at__gt=since)


def is_late() -> Q:
    """That it waits for longer than was promised; agrees with days_since."""
    days = settings.REVIEW_PROMISE_DAYS + 1
    return Q(status=Status.SUBMITTED, submitted_at__lte=timezone.now() - timedelta(days=days))


def recently_decided(by) -> SubmissionEvent | None:
    """The reviewer's own last decision while it can be undone. One query."""
    since = timezone.now() - timedelta(minutes=settings.REVIEW_UNDO_MINUTES)
    mine = SubmissionEvent.objects.filter(actor=by, created_at__gt=since)
    decided = mine.filter(action__in=[Action.APPROVE, Action.DECLINE], submission__revision__gt=1)
    last = decided.filter(to_status=F("submission__status"), from_status__in=Status.open())
    return last.select_related("submission__community").last()


def narrowed(found: QuerySet[Submission], *, reader, who: str, only: str) -> QuerySet[Submission]:
    """`who` reads it ("mine", "nobody"), and what it is ("late", "first", "update", "consent")."""
    if who == "mine":
        found = found.filter(still_read(), reader=reader)
    elif who == "nobody":
        found = found.exclude(still_read())
    if only == "late":
        found = found.filter(is_late())
    elif only in ("first", "update"):
        found = found.filter(community__published_at__isnull=only == "first")
    elif only == "consent":
        open_ones = Photo.objects.filter(versions=OuterRef("version"))
        found = found.filter(Exists(open_ones.exclude(has_consent())))
    return found


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
        late=Count("pk", filter=is_late()),
        longest=Min("submitted_at", filter=Q(status=Status.SUBMITTED)),
        **{tab.value: Count("pk", filter=Q(status__in=tab.statuses)) for tab in DeskTab},
    )
    by_tab = {tab: found[tab.value] for tab in DeskTab}
    return DeskCounts(by_tab, found["late"], found["longest"])


def desk_rows(submissions: QuerySet[Submission], tab: DeskTab, *, reader) -> QuerySet[Submission]:
    """The rows of a tab as the version put forward says; 3 queries when read.

    Each has `title`, `kind`, `mode` and `held` (values) of its version, the counts `pictures` and
    `unsettled`, and `is_answer`, `is_own` (the reader's team) and `decided_by`.
    """
    events = SubmissionEvent.objects.filter(submission=OuterRef("pk"))
    own = TeamMember.objects.filter(community=OuterRef("community"), user=reader)
    return (
        submissions.filter(status__in=tab.statuses)
        .select_related("community__cohort", "reader")
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
            decided_by=Subquery(
                events.exclude(to_status=F("from_status")).order_by("-pk").values("actor__name")[:1]
            ),
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
    events = submission.events.select_related("actor", "reader", "version").defer(
        "version__snapshot"
    )
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
