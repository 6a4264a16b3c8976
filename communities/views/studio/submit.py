"""Submitting a design, what came of it, and taking it back."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User

from ... import workflow
from ...checklist import PARTS, Missing, missing_of, offered_sections, with_parts
from ...enums import Action, Status
from ...forms.submitting import SubmitForm, WithdrawForm
from ...models import Submission, SubmissionEvent
from ...moves import READING
from ...parts import Part, parts_of
from ...services.editing import Stale
from ...services.submitting import NotReady, submit_for_review
from .answers import status_of
from .frame import StudioFrame, open_frame, open_frame_to_write
from .guard import form_data, studio_view

SUBMITTED = "Submitted. It is with the reviewers now."


@dataclass(frozen=True)
class SubmitPage:
    """`complete` are the parts that lack nothing; `log` every move ever made, the latest first."""

    frame: StudioFrame
    missing: tuple[Missing, ...]
    complete: tuple[Part, ...]
    log: tuple[SubmissionEvent, ...]
    form: SubmitForm | None
    public_url: str
    reader: User | None

    @property
    def needed(self) -> list[Missing]:
        return [item for item in self.missing if item.is_needed]

    @property
    def advised(self) -> list[Missing]:
        return [item for item in self.missing if not item.is_needed]

    @property
    def last(self) -> SubmissionEvent | None:
        return self.log[0] if self.log else None

    @property
    def answer_by(self) -> date | None:
        """Until when the reviewers have promised to answer what waits for them."""
        if not self.is_waiting:
            return None
        submitted = timezone.localdate(self.frame.submission.submitted_at)
        return submitted + timedelta(days=settings.REVIEW_PROMISE_DAYS)

    @property
    def is_waiting(self) -> bool:
        return is_waiting(self.frame)

    @property
    def promise_days(self) -> int:
        return settings.REVIEW_PROMISE_DAYS

    @property
    def button(self) -> str:
        asked = self.frame.submission and self.frame.submission.status == Status.CHANGES_REQUESTED
        return (Action.RESUBMIT if asked else Action.SUBMIT).label


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def submit(request, slug):
    frame = open_frame(request, slug)
    if request.method == "POST" and is_waiting(frame):
        return _submitted(request, slug)
    form = None
    if frame.is_editable and not is_waiting(frame):
        form = SubmitForm(form_data(request), instance=frame.community)
    page = _page(request, frame, form)
    if request.method == "POST" and form.is_valid() and not page.needed:
        try:
            submit_for_review(frame.community, by=request.user, **form.submission)
            return _submitted(request, slug)
        except Stale as lost:
            form.meet(lost.current)
        except NotReady:  # a teammate took something away a moment ago
            page = _page(request, frame, form, community=with_parts(frame.community))
        except (workflow.MoveRefused, workflow.MoveLost):
            # Somebody pressed the button, or a reviewer decided, a moment earlier.
            return _submitted(request, slug)
    context = {"frame": frame, "page": page, "form": form}
    status = status_of(request, form)
    return render(request, "communities/studio/submit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def withdraw(request, slug):
    frame = open_frame_to_write(request, slug)
    submission = frame.community.submissions.open().select_related("community", "version").first()
    if submission is None:
        messages.info(request, "There is nothing with the reviewers to withdraw.")
        return redirect("studio_submit", slug)
    form = WithdrawForm(form_data(request), initial={"revision": submission.revision})
    is_late = False
    if request.method == "POST" and form.is_valid():
        try:
            workflow.move(submission, Action.WITHDRAW, by=request.user, **form.move)
            messages.success(request, "Withdrawn. Your draft is as you left it.")
            return redirect("studio_submit", slug)
        except workflow.MoveLost as lost:
            submission, is_late = lost.submission, True
            form = form.redrawn(submission.revision)
    context = {"frame": frame, "submission": submission, "form": form, "is_late": is_late}
    status = 409 if is_late else status_of(request, form)
    return render(request, "communities/studio/withdraw.html", context, status=status)


def is_waiting(frame: StudioFrame) -> bool:
    return frame.submission is not None and frame.submission.status == Status.SUBMITTED


def _submitted(request, slug):
    messages.success(request, SUBMITTED)
    return redirect("studio_submit", slug)


def _page(request, frame: StudioFrame, form: SubmitForm | None, *, community=None) -> SubmitPage:
    events = SubmissionEvent.objects.filter(submission__community=frame.community)
    # Who took it to read is for staff; who is reading it now is said above.
    events = events.exclude(action__in=READING).defer("version__snapshot")
    log = events.select_related("actor", "version", "submission").order_by("-pk")
    templates = offered_sections()
    if community is None:
        community = frame.at_hand
        prefetch_related_objects([community], *PARTS)  # but the values, which the frame fetched
    missing = missing_of(community, templates)
    parts = parts_of(community, templates, missing)
    address = frame.community.get_absolute_url() if frame.community.is_published else ""
    return SubmitPage(
        frame=frame,
        missing=tuple(missing),
        complete=tuple(part for part in parts if not _lacks(part, missing)),
        log=tuple(log),
        form=form,
        reader=_reader(frame),
        public_url=request.build_absolute_uri(address) if address else "",
    )


def _reader(frame: StudioFrame) -> User | None:
    """One query while it waits."""
    if not is_waiting(frame):
        return None
    return Submission.objects.select_related("reader").get(pk=frame.submission.pk).current_reader


def _lacks(part: Part, missing: list[Missing]) -> bool:
    return any(item.url.startswith(part.url) for item in missing)
