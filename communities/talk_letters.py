"""What is told of comments, to teams, authors and staff: so many letters an hour and no more."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.notices import Kind, register, tell

from .enums import ReportDeed
from .letters import is_held_back
from .models import Comment

COMMENTS, WAITING = "comments", "comments-wait"
MOST_LETTERS = 6

register(
    Kind(
        COMMENTS,
        "Comments",
        "When somebody comments on a design of your team, or answers a comment of yours.",
    ),
    Kind(WAITING, "Comments that wait", "Once a day, when comments wait to be read.", True),
)


def tell_team(comment: Comment) -> None:
    team = comment.community.team.filter(is_active=True).exclude(pk=comment.author_id)
    news = f"{comment.who} commented on {comment.community.public_title}"
    _tell(team, comment, key=f"comment {comment.pk}", title=news)


def tell_answered(reply: Comment) -> None:
    """Whoever wrote the comment, if they have an account."""
    asked = User.objects.filter(pk=reply.answers.author_id, is_active=True)
    people = asked.exclude(pk=reply.author_id)
    news = f"The team of {reply.community.public_title} answered you"
    _tell(people, reply, key=f"answer {reply.pk}", title=news)


def tell_author(comment: Comment, deed: ReportDeed, reason: str) -> None:
    """A member whose comment waited is told what staff decided."""
    words = "is shown" if deed is ReportDeed.APPROVE else "was not taken"
    people = User.objects.filter(pk=comment.author_id, is_active=True)
    news = f"Your comment on {comment.community.public_title} {words}"
    _tell(people, comment, key=f"comment {comment.pk} {deed.value}", title=news, reason=reason)


def tell_visitor(comment: Comment, email: str) -> None:
    """One letter to whoever left an address, when their comment is shown."""
    if not email or is_held_back():
        return
    news = f"[{settings.SITE_NAME}] Your comment on {comment.community.public_title} is shown"
    body = _letter(comment, news, is_visitor=True)
    message = EmailMessage(" ".join(news.split()), body, to=[email])
    transaction.on_commit(lambda: message.send(), robust=True)


def tell_staff_of_waiting() -> None:
    """Once a day, however many wait."""
    if is_held_back():
        return
    path = reverse("review_comments")
    context = {"address": f"{settings.SITE_URL}{path}", "site_name": settings.SITE_NAME}
    context["choices"] = f"{settings.SITE_URL}{reverse('account_letters')}"
    tell(
        User.objects.filter(is_staff=True, is_active=True),
        kind=WAITING,
        key=f"comments wait {timezone.localdate().isoformat()}",
        title="Comments wait to be read",
        path=path,
        letter=render_to_string("communities/letters/comments_wait.txt", context),
    )


def _tell(people, comment: Comment, *, key: str, title: str, reason: str = "") -> None:
    if is_held_back():
        return
    tell(
        people,
        kind=COMMENTS,
        key=key,
        title=title,
        text=reason or comment.text,
        path=_path(comment),
        letter=_letter(comment, title, reason=reason),
        most_letters=MOST_LETTERS,
    )


def _path(comment: Comment) -> str:
    page = reverse("design_comments", args=[comment.community.slug])
    return f"{page}#comment-{comment.pk}"


def _letter(comment: Comment, news: str, **context) -> str:
    context |= {
        "comment": comment,
        "news": news,
        "address": f"{settings.SITE_URL}{_path(comment)}",
        "choices": f"{settings.SITE_URL}{reverse('account_letters')}",
        "site_name": settings.SITE_NAME,
    }
    return render_to_string("communities/letters/comment.txt", context)
