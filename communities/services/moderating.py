"""What staff decide about comments, one or many at once. Each decision stands in the log."""

from dataclasses import dataclass

from django.db import transaction

from .. import talk_letters as letters
from ..enums import CommentState, ReportDeed, ReportedKind
from ..models import Comment, TeamMember
from ..subjects import find
from .reports import decide as decide_reported
from .talking import appear, log

# What can be done, from which states, and where it leads.
MOVES = {
    ReportDeed.APPROVE: ((CommentState.WAITING, CommentState.REFUSED), CommentState.SHOWN),
    ReportDeed.REFUSE: ((CommentState.WAITING,), CommentState.REFUSED),
    ReportDeed.HIDE: ((CommentState.SHOWN,), CommentState.HIDDEN),
    ReportDeed.RESTORE: ((CommentState.HIDDEN,), CommentState.SHOWN),
}
# Whatever was written meanwhile: what counts is the state, which is locked.
ANY_LINE = 2**63 - 1


@dataclass
class Decided:
    """How many were decided; of the others somebody else decided first, or their own team."""

    done: int = 0
    late: int = 0


@transaction.atomic
def decide_comments(pks: list[int], *, by, deed: ReportDeed, reason: str = "") -> Decided:
    """Do `deed` to each of them that is still as it must be, and tell its author."""
    states, _ = MOVES[deed]
    comments = Comment.objects.select_for_update(of=("self",)).select_related(
        "community__published_version"
    )
    teams = set(TeamMember.objects.filter(user=by).values_list("community_id", flat=True))
    decided = Decided()
    for comment in comments.filter(pk__in=pks).order_by("pk"):
        is_own = comment.community_id in teams or comment.author_id == by.pk
        if is_own or comment.state not in states:
            decided.late += 1
            continue
        _decide(comment, by=by, deed=deed, reason=reason)
        decided.done += 1
    decided.late += len(set(pks)) - decided.done - decided.late
    return decided


def _decide(comment: Comment, *, by, deed: ReportDeed, reason: str) -> None:
    if deed in (ReportDeed.HIDE, ReportDeed.RESTORE):
        # Its open reports are answered with it.
        subject = find(ReportedKind.COMMENT, str(comment.pk))
        decide_reported(subject, by=by, seen=ANY_LINE, deed=deed, reason=reason)
        return
    _, state = MOVES[deed]
    email = comment.email
    changes = {"state": state, "email": "", "source": ""}
    Comment.objects.filter(pk=comment.pk).update(**changes)
    comment.state = state
    log(comment, deed, actor=by, reason=reason)
    if deed is ReportDeed.APPROVE:
        appear(comment)
        letters.tell_visitor(comment, email)
    letters.tell_author(comment, deed, reason)
