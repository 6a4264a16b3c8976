"""What reviewers do while they read: take, remark, note, tick; and taking a decision back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ... import access, workflow
from ...enums import Action
from ...forms.review import AssignForm, RemarkForm, StaffNoteForm, TakeForm
from ...models import Submission
from ...queries.review import reviewers, reviewers_for
from ...services import reviewing
from ...snapshot import Snapshot
from ..studio.guard import form_data
from .guard import staff_view
from .places import places_of
from .show import show

TOO_LATE = "Somebody was quicker: {who}. Nothing was changed."
NO_UNDO = "This can no longer be undone. What is decided stands."
UNDONE = "Undone. “{title}” is back where it was, and nobody was told."


@staff_view
@require_POST
def take(request, pk):
    row = access.submission_to_review(request.user, pk)
    form = TakeForm(request.POST, staff=reviewers_for(row))
    if not form.is_valid():
        return show(request, row, race="Choose who should read it.", status=422)
    data = form.cleaned_data
    now = row.current_reader
    if data["seen"] != row.reader_id:
        who = f"{now.name} is reading it" if now else "it is free again"
        return show(request, row, race=TOO_LATE.format(who=who), status=409)
    try:
        to, note = data["to"], data["note"]
        workflow.take(row, Action(data["do"]), by=request.user, to=to, note=note)
    except (workflow.MoveLost, workflow.MoveRefused):
        row = access.submission_to_review(request.user, pk)
        who = f"it is {row.get_status_display().lower()}"
        return show(request, row, race=TOO_LATE.format(who=who), status=409)
    return redirect("review_submission", pk)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def remark(request, pk):
    """A draft, pinned to a place; the team gets it when changes are asked for."""
    row = access.submission_to_review(request.user, pk)
    data = form_data(request)
    if data is None:
        return redirect("review_submission", pk)
    places = places_of(Snapshot.from_json(row.version.snapshot), [], slug=row.community.slug)
    form = RemarkForm(data, places=places)
    if request.method != "POST":
        return show(request, row, remark=form)
    if not row.is_open or not form.is_valid():
        return show(request, row, remark=form, status=422)
    reviewing.write_remark(row, by=request.user, **form.cleaned_data)
    return redirect(f"{reverse('review_submission', args=[pk])}#{form.place}")


@staff_view
@require_POST
def remark_change(request, pk, remark):
    """Throw a draft away, settle what was answered, or open it again."""
    row = access.submission_to_review(request.user, pk)
    pinned = access.part_to_edit(row.remarks.all(), remark)
    deeds = {
        "drop": lambda: reviewing.drop_remark(pinned, by=request.user),
        "check": lambda: reviewing.check_remark(pinned, by=request.user),
        "reopen": lambda: reviewing.reopen_remark(pinned),
    }
    if request.POST.get("do") not in deeds:
        raise Http404
    if not deeds[request.POST["do"]]():
        messages.warning(request, "Somebody was quicker. Here is how it stands now.")
    workflow.stay(row, by=request.user)
    return redirect(f"{reverse('review_submission', args=[pk])}#remark-{pinned.pk}")


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def note(request, pk):
    row = access.submission_to_review(request.user, pk)
    data = form_data(request)
    if data is None:
        return redirect("review_submission", pk)
    form = StaffNoteForm(data)
    if request.method != "POST":
        return show(request, row, note=form)
    if not form.is_valid():
        return show(request, row, note=form, status=422)
    reviewing.write_staff_note(row, by=request.user, text=form.cleaned_data["staff_note"])
    return redirect(f"{reverse('review_submission', args=[pk])}#notes")


@staff_view
@require_POST
def undo(request, pk):
    row = access.submission_to_review(request.user, pk)
    undos = [Action.UNDO_APPROVE, Action.UNDO_DECLINE]
    try:
        actions = workflow.allowed_actions(request.user, row, undos)
        if not actions:
            raise workflow.MoveRefused
        workflow.move(row, actions[0], by=request.user, revision=row.revision)
    except (workflow.MoveLost, workflow.MoveRefused):
        row = access.submission_to_review(request.user, pk)
        return show(request, row, race=NO_UNDO, status=409)
    messages.success(request, UNDONE.format(title=row.version.snapshot["title"]))
    return redirect("review_submission", pk)


@staff_view
@require_http_methods(["POST"])
def assign(request):
    """Several at once to one reader; those that moved meanwhile are counted and left."""
    rows = Submission.objects.select_related("community")
    form = AssignForm(request.POST, staff=reviewers(), submissions=rows)
    if not form.is_valid():
        return render(request, "communities/review/assign.html", {"form": form}, status=422)
    chosen, to = list(form.cleaned_data["chosen"]), form.cleaned_data["to"]
    done = reviewing.assign(chosen, to=to, by=request.user)
    messages.success(request, f"{done} handed to {to}.")
    if done < len(chosen):
        left = len(chosen) - done
        messages.warning(request, f"{left} moved meanwhile, or {to} is in the team.")
    return redirect("review")
