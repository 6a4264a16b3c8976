"""A quiet defence of the doors that need no account: sign-up, reports, comments.

No riddle to solve, and no other service. A field that nobody sees, a stamp that says when the form
was drawn, and limits that are counted in the database. They are wide, because a school shares one
address, until everybody together sends more than usual: then they become narrow for each address,
so that a crowd of machines stays few rows and a person from elsewhere still gets through.

What is in doubt is asked for again, held for staff or given the narrow limit; never lost.
"""

import ipaddress
import re
import time
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Sending
from .origin import address_of

# Quicker than anybody reads the questions, in seconds.
TOO_QUICK = 2
# A tab that was left open over a holiday still counts.
OLDEST = 60 * 60 * 24 * 14
AGAIN = "Please press the button once more."
SALT = "accounts.spam"
AN_HOUR = timedelta(hours=1)
KEPT_FOR = timedelta(days=1)
# Addresses that one household or school holds together.
NETWORK = {4: 24, 6: 48}
LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)


@dataclass(frozen=True)
class Door:
    """How many forms are taken in an hour: of one source, one network, about one thing.

    `calm` is how many of everybody count as usual; above it, and above `about`, one address may
    send `narrow`. Where it `is_about_person`, nothing more is taken above `about`. `source` is a
    setting.
    """

    name: str
    source: str
    network: int
    about: int
    calm: int
    narrow: int
    is_about_person: bool = False

    @property
    def most(self) -> int:
        return getattr(settings, self.source)


REPORT = Door("report", "REPORTS_PER_HOUR", network=60, about=20, calm=60, narrow=2)
COMMENT = Door("comment", "COMMENTS_PER_HOUR", network=30, about=20, calm=40, narrow=2)
# About one person: how many letters they get because somebody typed their address.
SIGN_UP = Door(
    "sign-up",
    "SIGN_UPS_PER_HOUR",
    network=120,
    about=3,
    calm=120,
    narrow=3,
    is_about_person=True,
)


@dataclass(frozen=True)
class Sender:
    """Whom a form comes from: a member wherever they are, anybody else by their address."""

    source: str
    network: str
    address: str
    is_member: bool = False


def digest(kind: str, words: str) -> str:
    """Tells two apart, and tells nothing else."""
    return salted_hmac(f"{SALT}.{kind}", words).hexdigest()[:32]


def sender_of(request) -> Sender:
    address = address_of(request)
    network, place = digest("network", network_of(address)), digest("address", address)
    if request.user.is_authenticated:
        return Sender(digest("member", str(request.user.pk)), network, place, is_member=True)
    return Sender(place, network, place)


def network_of(address: str) -> str:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{ip}/{NETWORK[ip.version]}", strict=False))


def take(door: Door, sender: Sender, *, about: str, is_doubtful: bool = False) -> bool:
    """Whether one more form is taken at this door; then it is counted. At most 3 queries.

    Members have a limit of their own, which nobody else can use up.
    """
    now = timezone.now()
    key = digest("about", about)
    recent = Sending.objects.filter(door=door.name, created_at__gt=now - AN_HOUR)
    seen = recent.aggregate(
        everybody=Count("pk"),
        source=Count("pk", filter=Q(source=sender.source)),
        network=Count("pk", filter=Q(network=sender.network)),
        about=Count("pk", filter=Q(about=key)),
    )
    if not _is_within(door, sender, seen, is_doubtful):
        return False
    Sending.objects.filter(created_at__lt=now - KEPT_FOR).delete()
    Sending.objects.create(
        door=door.name, source=sender.source, network=sender.network, about=key, created_at=now
    )
    return True


def _is_within(door: Door, sender: Sender, seen: dict, is_doubtful: bool) -> bool:
    if sender.is_member:
        return seen["source"] < door.most
    is_full = seen["about"] >= door.about
    if is_full and door.is_about_person:
        return False
    is_crowd = is_full or seen["everybody"] >= door.calm
    own = min(door.narrow, door.most) if is_crowd or is_doubtful else door.most
    near = min(door.network, door.most) if is_crowd else door.network
    return seen["source"] < own and seen["network"] < near


def is_storm(door: Door) -> bool:
    """Whether more comes in than usual. One query."""
    since = timezone.now() - AN_HOUR
    return Sending.objects.filter(door=door.name, created_at__gt=since).count() >= door.calm


def links_in(text: str) -> int:
    return len(LINK.findall(text))


class Guarded(forms.Form):
    """Mixed into a form of an open door: a field that no person sees, and when it was drawn.

    Drawn by `{% component "trap" form=form %}`. Subclasses say whether they ask for a second
    press (`asks_again`) or look at `is_doubtful` themselves.
    """

    website = forms.CharField(
        label="Leave this empty",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    drawn = forms.CharField(required=False, widget=forms.HiddenInput)
    asks_again = True

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial["drawn"] = stamp()

    @property
    def is_trapped(self) -> bool:
        """Whether something filled in the field that no person sees."""
        return bool(self.data.get("website", "").strip())

    @property
    def is_doubtful(self) -> bool:
        """Whether no page of ours was read before it was sent, or not for long enough."""
        age = age_of(self.data.get("drawn", ""))
        return age is None or not TOO_QUICK <= age <= OLDEST

    def clean(self):
        cleaned = super().clean()
        was_doubtful, age = self.is_doubtful, age_of(self.data.get("drawn", ""))
        if age is None or age > OLDEST:
            self.data = self.data.copy()
            self.data["drawn"] = stamp()
        if self.asks_again and was_doubtful and not self.errors:
            self.add_error(None, ValidationError(AGAIN, code="once_more"))
        return cleaned


def stamp(seconds_ago: int = 0) -> str:
    """When the form was drawn, so that nobody can say it was earlier."""
    return signing.dumps(int(time.time()) - seconds_ago, salt=SALT)


def age_of(drawn: str) -> float | None:
    """In seconds; None of a stamp that is not ours."""
    try:
        return time.time() - signing.loads(drawn[:200], salt=SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return None
