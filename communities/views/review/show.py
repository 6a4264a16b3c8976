"""The screen of one submission, with whatever came back to one of its forms."""

from django.conf import settings
from django.shortcuts import render

from ...forms.review import DecisionForm, RemarkForm, StaffNoteForm
from ...models import Submission
from ...queries.review import reviewers_for
from ...services import presence
from .page import ReviewPage, review_page

TEMPLATE = "communities/review/submission.html"


def show(
    request,
    row: Submission,
    *,
    decision: DecisionForm | None = None,
    remark: RemarkForm | None = None,
    note: StaffNoteForm | None = None,
    race: str = "",
    seen: int | None = None,
    kept_note: str = "",
    template=TEMPLATE,
    status: int = 200,
):
    """`race` says what happened meanwhile; `seen` is the revision that a late decision saw."""
    review = review_page(row, reader=request.user, since=request.GET.get("since", ""))
    context = {
        "review": review,
        "form": decision or _fresh(review),
        "remark_form": remark,
        "note_form": note or StaffNoteForm(),
        "staff": reviewers_for(row),
        "lookers": _lookers(row, request.user),
        "meanwhile": None if seen is None else review.happened_since(seen),
    }
    context |= {"kept_note": kept_note, "race": race, "undo_minutes": settings.REVIEW_UNDO_MINUTES}
    return render(request, template, context, status=status)


def _lookers(row: Submission, reader) -> tuple[str, ...]:
    """Who else has it open; from now on the others are told that `reader` has."""
    presence.look(row, reader)
    return presence.lookers([row], but=reader).get(row.pk, ())


def _fresh(review: ReviewPage) -> DecisionForm:
    """With what this reader ticked and wrote before."""
    initial = {"revision": review.submission.revision}
    if review.checklist:
        initial |= {"checked": review.checklist.ticked, "note": review.checklist.note}
    return DecisionForm(initial=initial, actions=review.decisions)
