"""Letters to the team after each move: what was decided, by whom to ask, what comes next."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string

from .enums import Action
from .models import SubmissionEvent, ValueProposal

_held_back: ContextVar[bool] = ContextVar("letters_held_back", default=False)


@contextmanager
def held_back():
    """Send no letters meanwhile: what is done is not news to anybody."""
    token = _held_back.set(True)
    try:
        yield
    finally:
        _held_back.reset(token)


def tell_team(event: SubmissionEvent) -> None:
    """Write to each member of the team but the one who acted, one letter each. 2 queries."""
    if _held_back.get():
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
