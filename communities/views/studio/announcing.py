"""Announcing a run: what is still open is read first."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ... import access
from ...enums import Outcome
from ...forms.announcing import AnnounceForm
from ...models import Implementation
from ...readiness import Remark, readiness_now
from ...services.editing import Stale
from ...services.implementations import announce, take_announcement_back
from .frame import StudioFrame, open_frame_to_write
from .guard import studio_view
from .implementations import run_name


@dataclass(frozen=True)
class AnnouncePage:
    """`is_changed` when somebody changed the run while this page was open."""

    frame: StudioFrame
    run: Implementation
    name: str
    remarks: tuple[Remark, ...]
    form: AnnounceForm
    is_changed: bool = False

    @property
    def is_ahead(self) -> bool:
        return self.run.outcome == Outcome.NOT_YET_RUN


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def announcement(request, slug, pk):
    """The list of what is open, with the button; or the way to take the announcement back."""
    frame = open_frame_to_write(request, slug)
    run = access.part_to_edit(frame.community.implementations.all(), pk)
    page = _page(frame, run, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _show(request, page)
    if "back" in request.POST:
        return _done(request, page, take_announcement_back, "It is no longer announced.")
    if not page.is_ahead:
        raise Http404
    if not page.form.is_valid():
        page.form.redrawn()
        return _show(request, page, status=422)
    return _done(request, page, announce, "Announced.")


def _page(frame: StudioFrame, run: Implementation, data) -> AnnouncePage:
    remarks = readiness_now(frame.community, run)
    texts = [remark.text for remark in remarks]
    form = AnnounceForm(data, revision=run.revision, open_points=texts)
    return AnnouncePage(frame, run, run_name(run), remarks, form)


def _done(request, page: AnnouncePage, service, words: str):
    revision = page.form["revision"].value()
    try:
        service(page.run, by=request.user, revision=int(revision) if _is_number(revision) else -1)
    except Stale as lost:
        fresh = _page(page.frame, lost.current, None)
        return _show(request, AnnouncePage(**{**vars(fresh), "is_changed": True}), status=409)
    messages.success(request, words)
    return redirect("studio_implementation", page.frame.community.slug, page.run.pk)


def _is_number(text) -> bool:
    return str(text).isascii() and str(text).isdigit() and len(str(text)) < 10


def _show(request, page: AnnouncePage, *, status: int = 200):
    context = {"frame": page.frame, "page": page, "form": page.form}
    return render(request, "communities/studio/announce.html", context, status=status)
