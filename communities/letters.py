"""What people are told after each move: what was decided, by whom to ask, what comes next."""

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Invitation, User
from accounts.notices import Kind, register, take_back, tell
from accounts.roles import is_staff

from .enums import Action
from .models import SubmissionEvent, TeamEvent, ValueProposal

log = logging.getLogger(__name__)
DECISIONS, TEAM, DESK, DIGEST = "decisions", "team", "desk", "digest"
PROPOSALS = "proposals"

register(
    Kind(DECISIONS, "Decisions", "When reviewers publish, decline or ask for changes."),
    Kind(
        TEAM,
        "My teams",
        "When somebody of your team submits or withdraws a design, or takes you out of the team.",
    ),
    Kind(PROPOSALS, "My proposals", "When a value that you proposed is answered."),
    Kind(DESK, "Review desk", "When a team answers your remarks, or a colleague hands over.", True),
    Kind(DIGEST, "What waits", "Each day, what waits longer than was promised.", True),
)

# What the team is told: under which choice of letters, and in which words.
TOLD = {
    Action.SUBMIT: (TEAM, "submitted for review"),
    Action.RESUBMIT: (TEAM, "submitted again"),
    Action.WITHDRAW: (TEAM, "withdrawn"),
    Action.APPROVE: (DECISIONS, "published"),
    Action.REQUEST_CHANGES: (DECISIONS, "changes asked for"),
    Action.DECLINE: (DECISIONS, "declined"),
    Action.UNPUBLISH: (DECISIONS, "no longer public"),
    Action.RESTORE: (DECISIONS, "public again"),
}
# Their letters wait until they can no longer be undone, so that nobody is told and untold.
CAN_BE_UNDONE = (Action.APPROVE, Action.DECLINE)
# A letter must not be on its way while the decision is being undone.
MARGIN = timedelta(minutes=1)

_held_back: ContextVar[bool] = ContextVar("letters_held_back", default=False)


@contextmanager
def held_back():
    """Tell nobody meanwhile: what is done is not news to anybody."""
    token = _held_back.set(True)
    try:
        yield
    finally:
        _held_back.reset(token)


def is_held_back() -> bool:
    return _held_back.get()


def tell_of(event: SubmissionEvent) -> None:
    """Tell the right people of a move, once each; whoever acted is not told. 5 queries at most."""
    if is_held_back():
        return
    if event.action in TOLD:
        _tell_team(event)
    if event.action in (Action.RESUBMIT, Action.HAND_OVER):
        _tell_reader(event)


def untell(event: SubmissionEvent) -> None:
    """It was undone before its letters were sent."""
    take_back(_key(event, "team"))


def _key(event: SubmissionEvent, side: str) -> str:
    return f"event {event.pk} {side}"


def _tell_team(event: SubmissionEvent) -> None:
    community = event.submission.community
    kind, words = TOLD[event.action]
    due_at = None
    if event.action in CAN_BE_UNDONE and settings.REVIEW_UNDO_MINUTES:
        due_at = event.created_at + timedelta(minutes=settings.REVIEW_UNDO_MINUTES) + MARGIN
    _tell(
        event,
        community.team.filter(is_active=True).exclude(pk=event.actor_id),
        side="team",
        kind=kind,
        words=words,
        path=reverse("studio_submit", args=[community.slug]),
        due_at=due_at,
    )


def _tell_reader(event: SubmissionEvent) -> None:
    """A colleague hands over, or the team answers whoever asked for changes."""
    is_handed = event.action == Action.HAND_OVER
    reader = event.reader if is_handed else _who_asked(event)
    if reader and reader.pk != event.actor_id and is_staff(reader):
        words = "handed to you" if is_handed else "answered, to be read again"
        path = reverse("review_submission", args=[event.submission_id])
        _tell(event, [reader], side="desk", kind=DESK, words=words, path=path)


def _who_asked(event: SubmissionEvent) -> User | None:
    asked = event.submission.events.filter(action=Action.REQUEST_CHANGES)
    last = asked.select_related("actor").last()
    return last.actor if last else None


def _tell(event: SubmissionEvent, people, *, side, kind, words, path, due_at=None) -> None:
    community = event.submission.community
    context = {
        "event": event,
        "side": side,
        "community": community,
        "remarks": _remarks(event),
        "address": f"{settings.SITE_URL}{path}",
        "choices": f"{settings.SITE_URL}{reverse('account_letters')}",
        "site_name": settings.SITE_NAME,
        "promise_days": settings.REVIEW_PROMISE_DAYS,
    }
    tell(
        people,
        kind=kind,
        key=_key(event, side),
        title=f"{community.title}: {words}",
        text=event.note,
        path=path,
        letter=render_to_string("communities/letters/moved.txt", context),
        due_at=due_at,
    )


def _remarks(event: SubmissionEvent) -> list:
    if event.action != Action.REQUEST_CHANGES:
        return []
    return list(event.submission.remarks.open())


def tell_proposer(proposal: ValueProposal) -> None:
    """What became of it, to whoever proposed a value. 1 query."""
    person = proposal.proposed_by
    if _held_back.get() or person is None or not person.is_active:
        return
    value = proposal.value
    tell(
        [person],
        kind=PROPOSALS,
        key=f"proposal {proposal.pk}",
        title=f"{proposal.name}: {proposal.get_status_display().lower()}",
        text=proposal.answer,
        path=reverse("value", args=[value.slug]) if value else reverse("studio_propose"),
        letter=_letter("proposal", proposal=proposal),
    )


def _letter(template: str, **context) -> str:
    context["site_name"] = settings.SITE_NAME
    context["choices"] = f"{settings.SITE_URL}{reverse('account_letters')}"
    return render_to_string(f"communities/letters/{template}.txt", context)


def invite(letters: list[tuple[Invitation, str]], *, into: str, what: str) -> bool:
    """Send each invitation with its link to its address; False when the post did not take them.

    `into` is the name of what they lead into, `what` says that it is a team or a cohort. No query.
    """
    messages = [_invitation(*letter, into=into, what=what) for letter in letters]
    try:
        get_connection().send_messages(messages)
    except (OSError, SMTPException):
        log.exception("%s letters of invitation could not be sent", len(messages))
        return False
    return True


def _invitation(invitation: Invitation, link: str, *, into: str, what: str) -> EmailMessage:
    context = {"invitation": invitation, "link": link, "into": into, "what": what}
    context["site_name"] = settings.SITE_NAME
    body = render_to_string("communities/letters/invited.txt", context)
    subject = f"[{settings.SITE_NAME}] {invitation.invited_by} invites you: {into}"
    return EmailMessage(" ".join(subject.split()), body, to=[invitation.email])


def tell_removed(event: TeamEvent) -> None:
    """Somebody who was taken out of a team is told by whom. 1 query."""
    if _held_back.get() or not event.person.is_active:
        return
    tell(
        [event.person],
        kind=TEAM,
        key=f"team event {event.pk}",
        title=f"{event.community.title}: you are no longer in the team",
        path=reverse("studio"),
        letter=_letter("removed", community=event.community, by=event.actor),
    )
