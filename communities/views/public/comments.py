"""What visitors and members say about a published design. Nobody needs an account."""

from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.spam import COMMENT, sender_of, take

from ... import access, rules
from ...enums import CommentKind, CommentState
from ...forms.comments import AnswerForm, CommentForm
from ...models import Comment, Community
from ...queries.comments import Thread, comments_on, threads_of
from ...services import talking
from ..studio.guard import answer_and_forget, form_data, rescue, studio_view
from .visitors import from_our_pages

PAGE = "communities/public/comments.html"
COMMENTS_A_PAGE = 20
AN_HOUR = "3600"


@dataclass(frozen=True, kw_only=True)
class CommentsPage:
    """`waiting` are the reader's own comments that staff have not read yet."""

    community: Community
    page: Page
    threads: list[Thread]
    waiting: list[Comment]
    is_team: bool
    may_switch: bool

    @property
    def title(self) -> str:
        return self.community.published_version.snapshot["title"]

    @property
    def is_open(self) -> bool:
        return rules.takes_comments(self.community)

    @property
    def kinds(self):
        return list(CommentKind)


def keeps_words(view):
    """A member's words outlive the session they were written in; visitors have none."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        is_drawn_for = request.method == "POST" and "drawn_for" in request.POST
        if is_drawn_for and (answer := rescue(request)) is not None:
            return answer
        if not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return answer_and_forget(view, request, *args, **kwargs)

    return guarded


@from_our_pages
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_words
def comments(request, slug):
    community, is_sent = access.published_at(slug), request.method == "POST"
    if community.slug != slug and not is_sent:
        return redirect("design_comments", community.slug, permanent=True)
    form = CommentForm(_typed(request), person=request.user)
    if is_sent and form.is_trapped:
        # Quietly: a machine learns nothing from it.
        return redirect(_thanks(community))
    status = _refusal(request, community, form) if is_sent else HTTPStatus.OK
    if is_sent and status == HTTPStatus.OK:
        return _taken(request, community, form)
    context = {"page": comments_page(request, community), "form": form, "status": int(status)}
    context["is_sent"] = request.GET.get("sent") == "waiting"
    response = render(request, PAGE, context, status=status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response["Retry-After"] = AN_HOUR
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def answer(request, slug, pk):
    """What the team answers, on a page of its own below the comment."""
    comment = access.comment_to_answer(request.user, slug, pk)
    form = AnswerForm(form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            reply = talking.answer(comment, text=form.cleaned_data["text"], by=request.user)
        except talking.NotTaken:
            form.add_error(None, "The comment is not shown any more. Your answer is still here.")
        else:
            return redirect(_place(reply))
    [thread] = threads_of([comment])
    context = {"thread": thread, "form": form, "community": comment.community}
    status = 422 if request.method == "POST" else 200
    return render(request, "communities/public/answer.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def take_back(request, slug, pk):
    """Asked once."""
    comment = access.comment_to_take_back(request.user, slug, pk)
    if request.method == "POST":
        talking.take_back(comment, by=request.user)
        return redirect("design_comments", slug)
    [thread] = threads_of([comment], answers=False)
    context = {"thread": thread, "community": comment.community}
    return render(request, "communities/public/take_back.html", context)


@require_POST
@studio_view
def switch(request, slug):
    """Take comments on this design, or none."""
    community = access.published_at(slug)
    if not rules.may_switch_comments(request.user, community):
        raise Http404
    talking.switch(community, by=request.user, is_open=request.POST.get("to") == "open")
    return redirect("design_comments", community.slug)


def comments_page(request, community: Community) -> CommentsPage:
    """7 queries at most, none of them for visitors' rights."""
    user = request.user
    page = Paginator(comments_on(community), COMMENTS_A_PAGE).get_page(request.GET.get("page"))
    mine = community.comments.filter(author=user.pk, state=CommentState.WAITING)
    is_team = rules.is_on_team(user, community)
    return CommentsPage(
        community=community,
        page=page,
        threads=threads_of(list(page), reader=user),
        waiting=list(mine.order_by("pk")) if user.is_authenticated else [],
        is_team=is_team,
        may_switch=rules.may_switch_comments(user, community),
    )


def _typed(request):
    if request.method == "POST" or request.user.is_authenticated:
        return form_data(request)
    return None


def _refusal(request, community: Community, form: CommentForm) -> HTTPStatus:
    """OK where it can be taken; else why not, with everything typed in its place."""
    if not rules.takes_comments(community):
        return HTTPStatus.CONFLICT
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    if not take(COMMENT, sender_of(request), about=str(community.pk)):
        return HTTPStatus.TOO_MANY_REQUESTS
    return HTTPStatus.OK


def _taken(request, community: Community, form: CommentForm):
    author = request.user if request.user.is_authenticated else None
    source = sender_of(request).address
    made = talking.add_comment(community, author=author, source=source, **form.comment)
    return redirect(_place(made) if made.state == CommentState.SHOWN else _thanks(community))


def _place(comment: Comment) -> str:
    page = reverse("design_comments", args=[comment.community.slug])
    return f"{page}#comment-{comment.pk}"


def _thanks(community: Community) -> str:
    return reverse("design_comments", args=[community.slug]) + "?sent=waiting#sent"
