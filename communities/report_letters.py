"""What is told of what was reported: to staff, to whoever made it, to those who reported it.

Each waits for the commit; one that cannot be sent is logged and spoils nothing. What strangers can
set off is told as notices, with so many letters in an hour: the rest stands on the site.
"""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from accounts.notices import Kind, register, tell
from accounts.queries import appeals_address

from .enums import ReportedKind
from .letters import is_held_back
from .models import Community, Report

REPORTED = "reported"
# In an hour, to one person.
MOST_LETTERS = 6

register(
    Kind(
        REPORTED,
        "Reports",
        "When something of yours or of your team is hidden because somebody reported it. To staff,"
        " when something is reported.",
    )
)


def tell_staff(subject: str, template: str, *, report: Report, first: int, **context) -> None:
    """Once for each thing until it is decided, and once more when it is hidden meanwhile.

    `first` is the number of the first report that waits.
    """
    staff = User.objects.filter(is_staff=True, is_active=True)
    state = "hidden" if context["is_hidden"] else "shown"
    path = reverse("report_decide", args=[first])
    _tell(staff, subject, template, f"report {first} {state}", path, report=report, **context)


def tell_hidden(thing, subject: str, template: str, *, key: str) -> None:
    """Whoever made `thing`, a communities.subjects.Subject, and may be told by notice."""
    if thing.is_of_one:
        people = [thing.maker] if thing.maker and thing.maker.is_active else []
    else:
        people = thing.community.team.filter(is_active=True)
    is_profile = thing.kind is ReportedKind.PROFILE
    path = reverse("account_profile") if is_profile else thing.community.get_absolute_url()
    _tell(people, subject, template, key, path, thing=thing)


def _tell(people, subject: str, template: str, key: str, path: str, **context) -> None:
    if is_held_back():
        return
    tell(
        people,
        kind=REPORTED,
        key=key,
        title=subject,
        path=path,
        letter=_letter(template, context),
        most_letters=MOST_LETTERS,
    )


def tell_makers(thing, subject: str, template: str, **context) -> None:
    """Whoever made `thing` alone, or its whole team."""
    if not thing.is_of_one:
        tell_team(thing.community, subject, template, thing=thing, **context)
    elif thing.maker and thing.maker.is_active:
        tell_person(thing.maker, subject, template, thing=thing, **context)


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
    body = _letter(template, context)
    subject = " ".join(f"[{settings.SITE_NAME}] {subject}".split())
    messages = [EmailMessage(subject, body, to=[address]) for address in addresses]
    if messages:
        get_connection().send_messages(messages)


def _letter(template: str, context: dict) -> str:
    context = {**context, "site_name": settings.SITE_NAME, "appeals": appeals_address()}
    return render_to_string(f"communities/letters/{template}.txt", context)
