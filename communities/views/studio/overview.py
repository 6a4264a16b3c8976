from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery, prefetch_related_objects
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Cohort

from ...checklist import PARTS, current_photos, missing_of, offered_sections
from ...cycle import steps_of
from ...enums import Status
from ...models import Community, Implementation, SubmissionEvent
from ...news import News, news_of, this_look
from ...next_step import NextStep, next_step
from ...parts import Part, parts_of
from ...readiness import Remark, next_run, readiness_of
from ...services.looking import look
from .arc import Arc, arc_of
from .frame import StudioFrame, my_place, open_frame
from .guard import studio_view

MOST_REMARKS = 6
SHOWN_NEWS = 12


@dataclass(frozen=True)
class Answer:
    """The reviewers' last word: `to` is the status that came of it, `by` empty for who has left."""

    by: str
    note: str
    to: str
    at: datetime


@dataclass(frozen=True)
class Overview:
    """`answer` is what the reviewers last said while it waits for the team.

    `cohort_ending` is the cohort while its last day lies ahead.
    """

    frame: StudioFrame
    arc: Arc
    next: NextStep
    parts: tuple[Part, ...]
    answer: Answer | None
    unconsented: int
    cohort_ending: Cohort | None
    run: Implementation | None
    remarks: tuple[Remark, ...]
    all_news: tuple[News, ...]

    @property
    def remarks_shown(self) -> tuple[Remark, ...]:
        return self.remarks[:MOST_REMARKS]

    @property
    def news(self) -> tuple[News, ...]:
        return self.all_news[:SHOWN_NEWS]

    @property
    def more_news(self) -> int:
        return len(self.all_news) - len(self.news)


@require_safe
@studio_view
def overview(request: HttpRequest, slug: str):
    frame = open_frame(request, slug, among=_with_answer())
    community = frame.at_hand
    prefetch_related_objects([community], *PARTS)  # but the values, which the frame fetched
    templates = offered_sections()
    missing = missing_of(community, templates)
    run = next_run(community)
    steps = steps_of(community)
    remarks = readiness_of(community, templates, run) if run else ()
    page = Overview(
        frame=frame,
        arc=arc_of(steps),
        next=next_step(frame.community, frame.submission, missing, steps, run, remarks),
        parts=parts_of(community, templates, missing),
        answer=_answer(frame),
        unconsented=sum(not photo.has_consent for photo in current_photos(community)),
        cohort_ending=_ending(frame.community.cohort),
        run=run,
        remarks=remarks,
        all_news=_news(request, frame, community, templates),
    )
    context = {"frame": frame, "page": page}
    return render(request, "communities/studio/overview.html", context)


def _news(request, frame: StudioFrame, community: Community, templates) -> tuple[News, ...]:
    """What is new in this visit, which begins now unless one goes on. At most two queries."""
    member = my_place(frame.community)
    if member is None:
        return ()
    if request.method == "GET":
        look(member)
    since = {community.pk: this_look(member)}
    found = news_of([community], since, reader=request.user, templates=templates)
    return found[community.pk]


def _ending(cohort: Cohort | None) -> Cohort | None:
    return cohort if cohort and cohort.ends_on >= timezone.localdate() else None


_OF_ANSWER = ("actor__name", "note", "to_status", "created_at")


def _with_answer() -> QuerySet:
    """Communities with the last event of what was last submitted."""
    events = SubmissionEvent.objects.filter(submission__community=OuterRef("pk"))
    last = events.order_by("-submission", "-pk")
    said = {f"answer_{name}": Subquery(last.values(name)[:1]) for name in _OF_ANSWER}
    return Community.objects.annotate(**said)


def _answer(frame: StudioFrame) -> Answer | None:
    """What `_with_answer` brought along, while it waits for the team."""
    waits = (Status.CHANGES_REQUESTED, Status.DECLINED, Status.UNPUBLISHED)
    if frame.submission is None or frame.submission.status not in waits:
        return None
    by, note, to, at = (getattr(frame.community, f"answer_{name}") for name in _OF_ANSWER)
    return Answer(by=by or "", note=note, to=Status(to).label, at=at)
