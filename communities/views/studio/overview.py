from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Cohort

from ...checklist import current_photos, missing_of, offered_sections, with_parts
from ...cycle import Step, steps_of
from ...enums import Status
from ...models import Implementation, SubmissionEvent
from ...next_step import NextStep, next_step
from ...parts import Part, parts_of
from ...readiness import Remark, next_run, readiness_of
from .frame import StudioFrame, open_frame
from .guard import studio_view

# Where the line of the arc has come to at each station, on its canvas of 1000 by 280.
ARC_POINTS = ("150 220", "197 150", "325 99", "500 80", "675 99", "803 150", "850 220")
MOST_REMARKS = 6
ARC_SIDES = ("left", "left", "top", "top", "top", "right", "right")


@dataclass(frozen=True)
class Stop:
    step: Step
    side: str


@dataclass(frozen=True)
class Overview:
    """`answer` is what the reviewers last said while it waits for the team.

    `cohort_ending` is the cohort while its last day lies ahead.
    """

    frame: StudioFrame
    stops: tuple[Stop, ...]
    arc_end: str
    next: NextStep
    parts: tuple[Part, ...]
    answer: SubmissionEvent | None
    unconsented: int
    cohort_ending: Cohort | None
    run: Implementation | None
    remarks: tuple[Remark, ...]

    @property
    def remarks_shown(self) -> tuple[Remark, ...]:
        return self.remarks[:MOST_REMARKS]


@require_safe
@studio_view
def overview(request: HttpRequest, slug: str):
    frame = open_frame(request, slug)
    community = with_parts(frame.community)
    templates = offered_sections()
    missing = missing_of(community, templates)
    run = next_run(community)
    steps = steps_of(community)
    page = Overview(
        frame=frame,
        stops=tuple(Stop(*pair) for pair in zip(steps, ARC_SIDES, strict=True)),
        arc_end=_arc_end(steps),
        next=next_step(frame.community, frame.submission, missing, steps),
        parts=parts_of(community, templates, missing),
        answer=_answer(frame),
        unconsented=sum(not photo.has_consent for photo in current_photos(community)),
        cohort_ending=_ending(frame.community.cohort),
        run=run,
        remarks=readiness_of(community, templates, run) if run else (),
    )
    context = {"frame": frame, "page": page}
    return render(request, "communities/studio/overview.html", context)


def _arc_end(steps: tuple[Step, ...]) -> str:
    reached = sum(step.state == "done" for step in steps)
    return ARC_POINTS[min(reached, len(ARC_POINTS) - 1)] if reached else ""


def _ending(cohort: Cohort | None) -> Cohort | None:
    return cohort if cohort and cohort.ends_on >= timezone.localdate() else None


def _answer(frame: StudioFrame) -> SubmissionEvent | None:
    """At most one query."""
    waits = (Status.CHANGES_REQUESTED, Status.DECLINED, Status.UNPUBLISHED)
    if frame.submission is None or frame.submission.status not in waits:
        return None
    events = SubmissionEvent.objects.filter(submission=frame.submission.pk)
    return events.select_related("actor").last()
