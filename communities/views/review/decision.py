from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ... import access, workflow
from ...enums import Action
from ...forms.review import DecisionForm, LaterForm
from ...models import Submission
from ...pages import design_page
from ...services import reviewing
from ...snapshot import Snapshot
from ..studio.guard import form_data
from .guard import staff_view
from .page import DECISIONS
from .show import TEMPLATE, show

TOLD = {
    Action.APPROVE: "“{title}” is published, and the team has been told.",
    Action.REQUEST_CHANGES: "“{title}” is back with its team, with your note.",
    Action.DECLINE: "“{title}” is declined. The team keeps its draft and has your note.",
    Action.UNPUBLISH: "“{title}” is no longer public. The team has your note.",
    Action.RESTORE: "“{title}” is public again, and the team has been told.",
}
REFUSED = "This cannot be done with the submission as it stands."


@staff_view
@require_safe
def submission(request, pk):
    row = access.submission_to_review(request.user, pk)
    return show(request, row)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, pk):
    row = access.submission_to_review(request.user, pk)
    form = DecisionForm(form_data(request), actions=list(DECISIONS))
    if request.method != "POST":
        return _show_unsaved(request, row, form)
    if "later" in request.POST:
        return _keep(request, row)
    row, is_done = _move(row, form, by=request.user)
    if is_done:
        action = Action(form.cleaned_data["action"])
        messages.success(request, TOLD[action].format(title=row.version.snapshot["title"]))
        return redirect("review")
    return _show_refused(request, row, form)


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
    template = "communities/review/confirm.html"
    if request.method == "POST":
        return _show_refused(request, row, form, template=template)
    return show(request, row, decision=form, template=template)


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
    actions = workflow.allowed_actions(request.user, row, DECISIONS)
    return show(request, row, decision=form.redrawn(actions=actions, revision=row.revision))


def _keep(request, row: Submission):
    """Ticks and note as they are, for the next time; nothing is decided."""
    form = LaterForm(request.POST)
    if not form.is_valid():
        return show(request, row, decision=_as_sent(request, row), status=422)
    data = form.cleaned_data
    reviewing.keep_checklist(row, by=request.user, ticked=data["checked"], note=data["note"])
    messages.success(request, "Kept for later. Nobody was told.")
    return redirect("review_submission", row.pk)


def _as_sent(request, row: Submission) -> DecisionForm:
    form = DecisionForm(request.POST, actions=list(DECISIONS))
    form.is_valid()
    return form


def _move(row: Submission, form: DecisionForm, *, by) -> tuple[Submission, bool]:
    """The submission as it is afterwards, and whether the move was made."""
    if not form.is_valid():
        return row, False
    data = form.cleaned_data
    decided = {name: data[name] for name in ("revision", "note")}
    try:
        reviewing.decide(row, Action(data["action"]), by=by, ticked=data["checked"], **decided)
    except workflow.MoveLost as lost:
        return access.submission_to_review(by, lost.submission.pk), False
    except workflow.MoveRefused:
        form.add_error("action", REFUSED)
        return row, False
    return row, True


def _show_refused(request, row: Submission, form: DecisionForm, *, template=TEMPLATE):
    """422 when what was sent cannot stand, 409 when somebody was quicker; the note is kept."""
    seen = form.cleaned_data.get("revision", row.revision)
    if seen == row.revision:
        return show(request, row, decision=form, template=template, status=422)
    actions = workflow.allowed_actions(request.user, row, DECISIONS)
    context = {
        "seen": seen,
        "kept_note": form.data.get("note", ""),
        "decision": form.redrawn(actions=actions, revision=row.revision),
    }
    return show(request, row, status=409, **context)
