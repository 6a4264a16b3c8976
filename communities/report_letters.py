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
from .models import Photo, Report

REPORTED = "reported"
# In an hour, to one person.
MOST_LETTERS = 6

register(
    Kind(
        REPORTED,
        "Reports",
        "When something of yours or of your team is hidden because somebody reported it, or shown"
        " again, or somebody pictured takes their consent back. To staff, when something is"
        " reported.",
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
    _tell(makers_of(thing), subject, template, key, place_of(thing), thing=thing)


def tell_decided(thing, subject: str, template: str, *, key: str, reason: str, **context) -> None:
    """Whoever made `thing` alone, or its whole team, what staff decided and why."""
    context |= {"thing": thing, "reason": reason}
    _tell(makers_of(thing), subject, template, key, place_of(thing), text=reason, **context)


def makers_of(thing) -> Iterable[User]:
    if not thing.is_of_one:
        return thing.community.team.filter(is_active=True)
    return [thing.maker] if thing.maker and thing.maker.is_active else []


def place_of(thing) -> str:
    """Where they find what is said of it."""
    is_profile = thing.kind is ReportedKind.PROFILE
    return reverse("account_profile") if is_profile else thing.community.get_absolute_url()


def _tell(people, subject: str, template: str, key: str, path: str, *, text="", **context) -> None:
    if is_held_back():
        return
    tell(
        people,
        kind=REPORTED,
        key=key,
        title=subject,
        text=text,
        path=path,
        letter=_letter(template, context),
        most_letters=MOST_LETTERS,
    )


def tell_withdrawn(photo: Photo, subject: str, *, key: str) -> None:
    """The team of a picture, somebody in which took their consent back."""
    community = photo.community
    people = community.team.filter(is_active=True)
    path = reverse("studio_photos", args=[community.slug])
    _tell(people, subject, "withdrawn", key, path, photo=photo, community=community)


def tell_person(
    person: User, subject: str, template: str, *, key: str, path: str, reason: str, **context
) -> None:
    """What staff decided about their account: on the site, and by a letter that nobody declines."""
    _note([person], subject, key=key, path=path, text=reason)
    tell_addresses([person.email], subject, template, **context, person=person, reason=reason)


def tell_reporter(report: Report, subject: str, *, text: str) -> None:
    """What became of it, to a member; by letter only to the address that they left for it."""
    person = report.reporter
    if person is not None and person.is_active:
        path = reverse("studio_notices")
        _note([person], subject, key=f"report {report.pk} answered", path=path, text=text)


def _note(people, title: str, *, key: str, path: str, text: str) -> None:
    """On the site alone."""
    if not is_held_back():
        tell(people, kind=REPORTED, key=key, title=title, path=path, text=text)


def tell_addresses(addresses: list[str], subject: str, template: str, **context) -> None:
    """One letter each, so that nobody learns of the others."""
    if is_held_back():
        return
    transaction.on_commit(lambda: _send(subject, template, context, addresses), robust=True)


def _send(subject: str, template: str, context: dict, addresses: list[str]) -> None:
    body = _letter(template, context)
    subject = " ".join(f"[{settings.SITE_NAME}] {subject}".split())
    messages = [EmailMessage(subject, body, to=[address]) for address in addresses]
    if messages:
        get_connection().send_messages(messages)


def _letter(template: str, context: dict) -> str:
    context = {**context, "site_name": settings.SITE_NAME, "appeals": appeals_address()}
    context["choices"] = f"{settings.SITE_URL}{reverse('account_letters')}"
    return render_to_string(f"communities/letters/{template}.txt", context)
