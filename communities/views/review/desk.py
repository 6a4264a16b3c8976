from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Cohort

from ...enums import DeskTab, Kind, Mode, Status
from ...forms.review import ONLY, READERS, DeskSearch
from ...models import Submission, SubmissionEvent
from ...queries.review import (
    days_since,
    desk_counts,
    desk_rows,
    matching,
    narrowed,
    recently_decided,
    reviewers,
)
from ...services import presence
from .guard import staff_view

ROWS_A_PAGE = 25
CHOICES = {"readers": READERS.items(), "only": ONLY.items()}


@dataclass(frozen=True, kw_only=True)
class Tab:
    label: str
    count: int
    query: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    submission: Submission
    kind: str
    days: int
    is_late: bool
    lookers: tuple[str, ...]

    @property
    def value_names(self) -> str:
        return ", ".join(value["name"] for value in self.submission.held or [])

    @property
    def team(self) -> str:
        return ", ".join(member.user.name for member in self.submission.community.members.all())


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The queue as one page shows it."""

    search: DeskSearch
    tabs: list[Tab]
    rows: list[Row]
    page: Page
    cohorts: list[Cohort]
    longest_wait: int | None
    promise_days: int
    late: int
    decided: SubmissionEvent | None


@staff_view
@require_safe
def queue(request):
    cohorts = list(Cohort.objects.all())
    search = DeskSearch.read(request.GET, cohorts)
    found = matching(text=search.text, cohort=search.cohort)
    found = narrowed(found, reader=request.user, who=search.reader, only=search.only)
    counts = desk_counts(found)
    rows = desk_rows(found, search.tab, reader=request.user)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    since = counts.longest_wait_since
    lookers = presence.lookers(page, but=request.user)
    desk = Desk(
        search=search,
        tabs=[_tab(search, tab, count) for tab, count in counts.by_tab.items()],
        rows=[_row(row, lookers.get(row.pk, ())) for row in page],
        page=page,
        cohorts=cohorts,
        longest_wait=days_since(since) if since else None,
        late=counts.late,
        promise_days=settings.REVIEW_PROMISE_DAYS,
        decided=recently_decided(request.user),
    )
    context = {"desk": desk, "undo_minutes": settings.REVIEW_UNDO_MINUTES, **CHOICES}
    context["staff"] = reviewers() if search.tab is DeskTab.WAITING else ()
    return render(request, "communities/review/queue.html", context)


def _tab(search: DeskSearch, tab: DeskTab, count: int) -> Tab:
    other = search.in_tab(tab)
    return Tab(label=tab.label, count=count, query=other.query, is_current=tab is search.tab)


def _row(submission, lookers: tuple[str, ...]) -> Row:
    is_waiting = submission.status == Status.SUBMITTED
    days = days_since(submission.submitted_at if is_waiting else submission.changed_at)
    labels = (_label(Kind, submission.kind), _label(Mode, submission.mode).lower())
    return Row(
        submission=submission,
        kind=", ".join(label for label in labels if label),
        days=days,
        lookers=lookers,
        is_late=is_waiting and days > settings.REVIEW_PROMISE_DAYS,
    )


def _label(choices, value: str | None) -> str:
    return choices(value).label if value in choices.values else ""
