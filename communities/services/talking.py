"""Comments on published designs: written, answered, taken back, and whether they are taken.

A member's comment is shown at once; whatever is in doubt, and what visitors write, waits for staff.
"""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from accounts import spam

from .. import talk_letters as letters
from ..enums import CommentDoubt, CommentsAre, CommentState, ReportDeed, ReportedKind
from ..models import Comment, Community, ReportEvent
from ..rules import is_on_team
from ..signals import announce

MOST_LINKS = 2
# Words that stand elsewhere since then, and are more than a thank-you.
LATELY = timedelta(days=7)
SHORT = 40
NEW_ACCOUNT = timedelta(days=1)


class NotTaken(Exception):
    """It is not there any more, or nothing is taken there; nothing was written."""


@transaction.atomic
def add_comment(
    community: Community, *, kind: str, text: str, author=None, name="", email="", source=""
) -> Comment:
    """Write it, show it unless it is in doubt, tell those who should know.

    The same words by the same person on the same design are one comment.
    """
    mine = community.comments.filter(kind=kind, text=text, answers=None)
    mine = mine.exclude(state=CommentState.REMOVED)
    same = mine.filter(author=author) if author else mine.filter(author=None, source=source)
    if (author or source) and (found := same.first()):
        return found
    doubt = _doubt(text, author)
    comment = Comment.objects.create(
        community=community,
        kind=kind,
        text=text,
        author=author,
        name="" if author else name,
        email="" if author else email,
        source="" if author else source,
        is_by_team=bool(author) and is_on_team(author, community),
        state=CommentState.WAITING if doubt else CommentState.SHOWN,
        doubt=doubt,
    )
    log(comment, ReportDeed.WRITTEN, actor=author)
    if doubt:
        letters.tell_staff_of_waiting()
    else:
        appear(comment)
    return comment


@transaction.atomic
def answer(comment: Comment, *, text: str, by) -> Comment:
    """The team's answer, shown at once. Raises NotTaken when the comment is not shown any more."""
    _locked(comment, CommentState.SHOWN)
    same = comment.replies.filter(text=text, author=by, state=CommentState.SHOWN).first()
    if same is not None:
        return same
    reply = Comment.objects.create(
        community=comment.community,
        answers=comment,
        text=text,
        author=by,
        is_by_team=True,
        state=CommentState.SHOWN,
    )
    log(reply, ReportDeed.WRITTEN, actor=by)
    announce([comment.community_id])
    letters.tell_answered(reply)
    return reply


@transaction.atomic
def take_back(comment: Comment, *, by) -> None:
    """Its author empties it, and it is gone with its answers; the second click does nothing."""
    kept = Comment.objects.filter(pk=comment.pk).exclude(state=CommentState.REMOVED)
    if not kept.update(**EMPTIED):
        return
    log(comment, ReportDeed.TAKEN_BACK, actor=by)
    announce([comment.community_id])


EMPTIED = {"state": CommentState.REMOVED, "text": "", "name": "", "email": "", "source": ""}


@transaction.atomic
def forget_comments(person) -> None:
    """Of somebody who is erased: what they said is gone everywhere."""
    mine = Comment.objects.filter(author=person)
    communities = list(mine.order_by().values_list("community", flat=True).distinct())
    mine.update(**EMPTIED)
    announce(communities)


@transaction.atomic
def switch(community: Community, *, by, is_open: bool) -> None:
    """Take comments on this design from now on, or none. What was written stays as it is."""
    is_team = is_on_team(by, community)
    closed = CommentsAre.CLOSED_BY_TEAM if is_team else CommentsAre.CLOSED_BY_STAFF
    new = CommentsAre.OPEN if is_open else closed
    changed = Community.objects.filter(pk=community.pk).exclude(comments_are=new)
    if not changed.update(comments_are=new):
        return
    ReportEvent.objects.create(
        kind=ReportedKind.DESIGN,
        key=str(community.catalogue_number),
        community=community,
        deed=ReportDeed.OPEN if is_open else ReportDeed.CLOSE,
        actor=by,
    )
    announce([community.pk])


def appear(comment: Comment) -> None:
    """What follows when a comment is shown for the first time."""
    announce([comment.community_id])
    letters.tell_team(comment)


def set_hidden(comment: Comment, *, is_hidden: bool) -> None:
    state = CommentState.HIDDEN if is_hidden else CommentState.SHOWN
    Comment.objects.filter(pk=comment.pk).update(state=state)
    announce([comment.community_id])


def log(comment: Comment, deed: ReportDeed, *, actor=None, reason="") -> None:
    ReportEvent.objects.create(
        kind=ReportedKind.COMMENT,
        key=str(comment.pk),
        community_id=comment.community_id,
        deed=deed,
        actor=actor,
        reason=reason,
    )


def _locked(comment: Comment, *states: str) -> None:
    """So that it does not go while somebody answers it."""
    rows = Comment.objects.select_for_update().filter(pk=comment.pk, state__in=states)
    if not list(rows.values("pk")):
        raise NotTaken


def _doubt(text: str, author) -> str:
    """Why it waits for staff; empty when it does not. 3 queries at most."""
    if author is None:
        return CommentDoubt.VISITOR
    if not EmailAddress.objects.filter(user=author, verified=True).exists():
        return CommentDoubt.UNCONFIRMED
    if spam.links_in(text) > MOST_LINKS:
        return CommentDoubt.LINKS
    lately = Comment.objects.filter(text=text, created_at__gt=timezone.now() - LATELY)
    if len(text) > SHORT and lately.exists():
        return CommentDoubt.TWICE
    is_new = timezone.now() - author.date_joined < NEW_ACCOUNT
    return CommentDoubt.STORM if is_new and spam.is_storm(spam.COMMENT) else ""
