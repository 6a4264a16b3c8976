"""Comments that wait for staff, and those that were decided."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ...enums import CommentState, ReportDeed
from ...forms.comments import ModerationForm
from ...models import Comment, ReportEvent
from ...plain import to_paragraphs
from ...queries import comments as queries
from ...queries.reports import own_communities
from ...services.moderating import MOVES, Decided, decide_comments
from ..studio.guard import form_data
from .guard import staff_view

COMMENTS_A_PAGE = 25


@dataclass(frozen=True, kw_only=True)
class CommentRow:
    comment: Comment
    html: str
    line: ReportEvent | None
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class Moderation:
    """One tab of comments. `deeds` are what can be done to those that are ticked."""

    state: CommentState
    tabs: list[tuple[str, str, int]]
    page: Page
    rows: list[CommentRow]
    deeds: list[ReportDeed]

    @property
    def label(self) -> str:
        return queries.TABS[self.state]


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request):
    """A decision about several: what somebody else decided meanwhile is left as it is, and said."""
    state = _state(request)
    form = ModerationForm(form_data(request), deeds=deeds_at(state))
    status = 200
    if request.method == "POST" and form.is_valid():
        deed = ReportDeed(form.cleaned_data["deed"])
        reason = form.cleaned_data["reason"]
        decided = decide_comments(form.chosen, by=request.user, deed=deed, reason=reason)
        _say(request, decided)
        return redirect(f"{reverse('review_comments')}?tab={state.value}")
    if request.method == "POST":
        status = 422
    context = {"desk": moderation(request, state), "form": form}
    return render(request, "communities/review/comments.html", context, status=status)


def deeds_at(state: CommentState) -> list[ReportDeed]:
    return [deed for deed, (states, _) in MOVES.items() if state in states]


def moderation(request, state: CommentState) -> Moderation:
    """At most 6 queries."""
    counts = queries.moderation_counts()
    page = Paginator(queries.moderated(state), COMMENTS_A_PAGE).get_page(request.GET.get("page"))
    comments, own = list(page), own_communities(request.user)
    lines = queries.last_lines(comments)
    return Moderation(
        state=state,
        tabs=[(one.value, label, counts[one]) for one, label in queries.TABS.items()],
        page=page,
        rows=[
            CommentRow(
                comment=one,
                html=to_paragraphs(one.text),
                line=lines.get(str(one.pk)),
                is_own=one.community_id in own or one.author_id == request.user.pk,
            )
            for one in comments
        ],
        deeds=deeds_at(state),
    )


def _state(request) -> CommentState:
    wanted = request.GET.get("tab", "")
    return CommentState(wanted) if wanted in queries.TABS else CommentState.WAITING


def _say(request, decided: Decided) -> None:
    if decided.done:
        messages.success(request, f"Decided: {decided.done}. Whoever must know is told.")
    if decided.late:
        left = f"Left as it is: {decided.late}. Somebody else decided first, or it is your own."
        messages.warning(request, left)
