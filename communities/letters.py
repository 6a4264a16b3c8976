"""Letters to the team after each move: what was decided, by whom to ask, what comes next."""

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string

from accounts.models import Invitation

from .enums import Action
from .models import Community, SubmissionEvent, ValueProposal

log = logging.getLogger(__name__)
_held_back: ContextVar[bool] = ContextVar("letters_held_back", default=False)


@contextmanager
def held_back():
    """Send no letters meanwhile: what is done is not news to anybody."""
    token = _held_back.set(True)
    try:
        yield
    finally:
        _held_back.reset(token)


def is_held_back() -> bool:
    return _held_back.get()


def tell_team(event: SubmissionEvent) -> None:
    """Write to each member of the team but the one who acted, one letter each. 2 queries."""
    if is_held_back():
        return
    community = event.submission.community
    people = community.team.filter(is_active=True).exclude(pk=event.actor_id)
    context = {"event": event, "community": community, "site_name": settings.SITE_NAME}
    context["promise_days"] = settings.REVIEW_PROMISE_DAYS
    body = render_to_string("communities/letters/moved.txt", context)
    subject = f"[{settings.SITE_NAME}] {community.title}: {Action(event.action).label.lower()}"
    messages = [EmailMessage(subject, body, to=[person.email]) for person in people]
    if messages:
        get_connection().send_messages(messages)


def tell_proposer(proposal: ValueProposal) -> None:
    """Write to whoever proposed a value what became of it."""
    person = proposal.proposed_by
    if _held_back.get() or person is None or not person.is_active:
        return
    context = {"proposal": proposal, "site_name": settings.SITE_NAME}
    body = render_to_string("communities/letters/proposal.txt", context)
    subject = f"[{settings.SITE_NAME}] {proposal.name}: {proposal.get_status_display().lower()}"
    EmailMessage(subject, body, to=[person.email]).send()


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


def tell_removed(community: Community, person, *, by) -> None:
    """Somebody who was taken out of a team is told by whom. No query."""
    if not person.is_active:
        return
    context = {"community": community, "by": by, "site_name": settings.SITE_NAME}
    body = render_to_string("communities/letters/removed.txt", context)
    subject = f"[{settings.SITE_NAME}] {community.title}: you are no longer in the team"
    EmailMessage(" ".join(subject.split()), body, to=[person.email]).send()
