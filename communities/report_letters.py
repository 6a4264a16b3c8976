"""Letters about what was reported: to staff, to its team, to those who reported it.

Each waits for the commit; one that cannot be sent is logged and spoils nothing.
"""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string

from accounts.models import User
from accounts.queries import appeals_address

from .letters import is_held_back
from .models import Community


def tell_staff(subject: str, template: str, **context) -> None:
    staff = User.objects.filter(is_staff=True, is_active=True)
    _after_commit(subject, template, context, staff)


def tell_team(community: Community, subject: str, template: str, **context) -> None:
    team = community.team.filter(is_active=True)
    _after_commit(subject, template, {**context, "community": community}, team)


def tell_person(person: User, subject: str, template: str, **context) -> None:
    tell_addresses([person.email], subject, template, **context, person=person)


def tell_addresses(addresses: list[str], subject: str, template: str, **context) -> None:
    """One letter each, so that nobody learns of the others."""
    if is_held_back():
        return
    transaction.on_commit(lambda: _send(subject, template, context, addresses), robust=True)


def _after_commit(subject, template, context, people: Iterable[User]) -> None:
    tell_addresses([person.email for person in people], subject, template, **context)


def _send(subject: str, template: str, context: dict, addresses: list[str]) -> None:
    context = {**context, "site_name": settings.SITE_NAME, "appeals": appeals_address()}
    body = render_to_string(f"communities/letters/{template}.txt", context)
    subject = " ".join(f"[{settings.SITE_NAME}] {subject}".split())
    messages = [EmailMessage(subject, body, to=[address]) for address in addresses]
    if messages:
        get_connection().send_messages(messages)
