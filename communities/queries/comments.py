"""Comments as pages read them."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet, Window
from django.utils.safestring import SafeString

from accounts.models import Profile

from ..enums import CommentState, ReportedKind
from ..models import Comment, Community, ReportEvent
from ..plain import to_paragraphs
from ..rules import can_take_back

# As many as stand on the page of the design itself.
LATEST = 3
TABS = {
    CommentState.WAITING: "To read",
    CommentState.SHOWN: "Shown",
    CommentState.HIDDEN: "Hidden",
    CommentState.REFUSED: "Refused",
}


@dataclass
class Thread:
    """A comment and the team's answers to it, the first answer first."""

    comment: Comment
    html: SafeString
    handle: str = ""
    # Whether whoever reads it may take it back.
    is_own: bool = False
    answers: list["Thread"] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Talk:
    """What the page of a design shows of its comments."""

    threads: list[Thread]
    total: int

    def __bool__(self):
        return bool(self.total)


def comments_on(community: Community) -> QuerySet[Comment]:
    """Those that are shown, the newest first, without the answers."""
    return community.comments.shown().filter(answers=None).select_related("author").order_by("-pk")


def latest_comments(community: Community) -> Talk:
    """2 queries, one where there is none."""
    counted = comments_on(community).annotate(total=Window(Count("pk")))
    found = list(counted[:LATEST])
    return Talk(threads=threads_of(found, answers=False), total=found[0].total if found else 0)


def threads_of(comments: list[Comment], *, answers: bool = True, reader=None) -> list[Thread]:
    """At most 2 queries, however many they are."""
    if not comments:
        return []
    replies = defaultdict(list)
    found = []
    if answers:
        shown = Comment.objects.shown().filter(answers__in=[one.pk for one in comments])
        found = list(shown.select_related("author").order_by("pk"))
    handles = _handles({one.author_id for one in (*comments, *found)} - {None})
    for reply in found:
        replies[reply.answers_id].append(_thread(reply, handles, reader))
    return [_thread(one, handles, reader, replies[one.pk]) for one in comments]


def _thread(comment: Comment, handles: dict[int, str], reader, answers=()) -> Thread:
    return Thread(
        comment=comment,
        html=to_paragraphs(comment.text),
        handle=handles.get(comment.author_id, ""),
        is_own=reader is not None and can_take_back(reader, comment),
        answers=list(answers),
    )


def _handles(people: set[int]) -> dict[int, str]:
    """Of those whose profile everybody may read. One query."""
    if not people:
        return {}
    return dict(Profile.objects.shown().filter(user__in=people).values_list("user", "handle"))


def credited_handles(community: Community) -> dict[str, str]:
    """By name: the profiles of members whom the team's credits name. One query.

    Two members of one name cannot be told apart, so that neither is linked.
    """
    members = Q(user__team_memberships__community=community)
    shown = Profile.objects.shown().filter(members).annotate(name=F("user__name"))
    found: dict[str, list[str]] = defaultdict(list)
    for name, handle in shown.values_list("name", "handle"):
        found[name].append(handle)
    names = list(community.members.values_list("user__name", flat=True)) if found else []
    return {name: handles[0] for name, handles in found.items() if names.count(name) == 1}


def moderated(state: CommentState) -> QuerySet[Comment]:
    """For staff: what waits, the longest wait first; of the others the newest."""
    found = Comment.objects.filter(state=state).select_related("community", "author", "answers")
    return found.order_by("pk" if state == CommentState.WAITING else "-pk")


def moderation_counts() -> dict[str, int]:
    """By state. One query."""
    rows = Comment.objects.order_by().values("state").annotate(n=Count("pk"))
    counts = {row["state"]: row["n"] for row in rows}
    return {state: counts.get(state, 0) for state in TABS}


def waiting_count() -> int:
    return Comment.objects.filter(state=CommentState.WAITING).count()


def last_lines(comments: list[Comment]) -> dict[str, ReportEvent]:
    """By key: the last line of the log about each. One query."""
    keys = [str(comment.pk) for comment in comments]
    events = ReportEvent.objects.filter(kind=ReportedKind.COMMENT, key__in=keys)
    return {event.key: event for event in events.select_related("actor").order_by("pk")}
