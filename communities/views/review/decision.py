from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ... import access, workflow
from ...enums import Action
from ...forms.review import DecisionForm
from ...models import Submission
from ...pages import design_page
from ...snapshot import Snapshot
from ..studio.guard import form_data
from .guard import staff_view
from .page import DECISIONS, review_page

TOLD = {
    Action.APPROVE: "“{title}” is published, and the team has been told.",
    Action.REQUEST_CHANGES: "“{title}” is back with its team, with your note.",
    Action.DECLINE: "“{title}” is declined. The team keeps its draft and has your note.",
    Action.UNPUBLISH: "“{title}” is no longer public. The team has your note.",
    Action.RESTORE: "“{title}” is public again, and the team has been told.",
}
TEMPLATE = "communities/review/submission.html"
REFUSED = "This cannot be done with the submission as it stands."


@staff_view
@require_safe
def submission(request, pk):
    row = access.submission_to_review(request.user, pk)
    return _show(request, row)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, pk):
    row = access.submission_to_review(request.user, pk)
    form = DecisionForm(form_data(request), actions=list(DECISIONS))
    if request.method != "POST":
        return _show_unsaved(request, row, form)
    row, is_done = _move(row, form, by=request.user)
    if is_done:
        action = Action(form.cleaned_data["action"])
        messages.success(request, TOLD[action].format(title=row.version.snapshot["title"]))
        return redirect("review")
    return _show(request, row, form)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, pk, action):
    """Taking a design out of the gallery, or putting it back, asked once on a page of its own."""
    row = access.submission_to_review(request.user, pk)
    fresh = {"action": action, "revision": row.revision}
    form = DecisionForm(form_data(request), initial=fresh, actions=[action])
    if request.method == "POST":
        row, is_done = _move(row, form, by=request.user)
        if is_done:
            messages.success(request, TOLD[action].format(title=row.version.snapshot["title"]))
            return redirect("review_submission", pk)
    elif not workflow.is_allowed(request.user, row, action):
        return redirect("review_submission", pk)
    elif form.is_bound:
        form = form.redrawn(actions=[action], revision=row.revision)
    return _show(request, row, form, template="communities/review/confirm.html")


@staff_view
@require_safe
def page(request, pk):
    """The version exactly as visitors will see it."""
    row = access.submission_to_review(request.user, pk)
    withheld = {key.hex for key in row.version.photos.withheld().values_list("key", flat=True)}
    snapshot = Snapshot.from_json(row.version.snapshot).without_photos(withheld)
    design = design_page(snapshot, slug=row.community.slug, is_public=False)
    context = {"page": design, "submission": row}
    return render(request, "communities/review/page.html", context)


def _show_unsaved(request, row: Submission, form: DecisionForm):
    """The decision that was kept when the session ended, on the state as it is now."""
    if not form.is_bound:
        return redirect("review_submission", row.pk)
    review = review_page(row, reader=request.user)
    form = form.redrawn(actions=review.decisions, revision=row.revision)
    return render(request, TEMPLATE, {"review": review, "form": form})


def _move(row: Submission, form: DecisionForm, *, by) -> tuple[Submission, bool]:
    """The submission as it is afterwards, and whether the move was made."""
    if not form.is_valid():
        return row, False
    data = form.cleaned_data
    try:
        action = Action(data["action"])
        workflow.move(row, action, by=by, revision=data["revision"], note=data["note"])
    except workflow.MoveLost as lost:
        return access.submission_to_review(by, lost.submission.pk), False
    except workflow.MoveRefused:
        form.add_error("action", REFUSED)
        return row, False
    return row, True


def _show(request, row: Submission, form=None, *, template=TEMPLATE):
    """422 when what was sent cannot stand, 409 when somebody was quicker; the note is kept."""
    review = review_page(row, reader=request.user, since=request.GET.get("since", ""))
    if form is None:
        form = DecisionForm(initial={"revision": row.revision}, actions=review.decisions)
    if not form.is_bound:
        return render(request, template, {"review": review, "form": form})
    seen = form.cleaned_data.get("revision", row.revision)
    if seen == row.revision:
        return render(request, template, {"review": review, "form": form}, status=422)
    context = {
        "review": review,
        "form": form.redrawn(actions=review.decisions, revision=row.revision),
        "meanwhile": review.happened_since(seen),
        "kept_note": form.data.get("note", ""),
    }
    return render(request, TEMPLATE, context, status=409)
