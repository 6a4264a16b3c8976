"""Telling people something: once each, on the site, and by letter to those who want it.

Other apps say what kinds of letters there are, and what is told; nothing here knows about it.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from .models import Notice, UnwantedLetters, User

log = logging.getLogger(__name__)
MAX_TRIES = 5
AN_HOUR = timedelta(hours=1)
AT_ONCE = 200


@dataclass(frozen=True)
class Kind:
    """A kind of letter that people may choose not to get. `hint` says when it comes."""

    key: str
    label: str
    hint: str
    is_for_staff: bool = False


KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    KINDS.update({kind.key: kind for kind in kinds})


def kinds_for(user) -> list[Kind]:
    return [kind for kind in KINDS.values() if user.is_staff or not kind.is_for_staff]


@transaction.atomic
def tell(
    people,
    *,
    kind: str,
    key: str,
    title: str,
    path: str,
    text: str = "",
    letter: str = "",
    due_at: datetime | None = None,
    most_letters: int | None = None,
) -> None:
    """Make one notice for each of `people`; whoever was told of `key` already is not told again.

    Inside of a transaction the notices stand or fall with it. The letter is sent after commit, or
    by `manage.py letters` once `due_at` is past. Whoever had `most_letters` of this kind in the
    last hour finds what follows on the site alone. 1 query, with `most_letters` 2.
    """
    now = timezone.now()
    people = list(people)
    spared = _had(people, kind, most_letters, now) if letter and most_letters else set()
    Notice.objects.bulk_create(
        (
            Notice(
                user=person,
                kind=KINDS[kind].key,
                key=key,
                title=title[:300],
                text=text,
                path=path,
                letter="" if person.pk in spared else letter,
                letter_due_at=due_at or now,
                created_at=now,
            )
            for person in people
        ),
        ignore_conflicts=True,
    )
    if due_at is None or due_at <= now:
        # A function of its own: Django cannot name a partial in the log when it fails.
        transaction.on_commit(lambda: deliver(key=key), robust=True)


def _had(people, kind: str, most: int, now: datetime) -> set[int]:
    """Who had so many letters of this kind in the last hour, or is about to get them."""
    recent = Notice.objects.filter(user__in=people, kind=kind, created_at__gt=now - AN_HOUR)
    letters = recent.exclude(letter="", mailed_at=None).order_by().values("user")
    counted = letters.annotate(count=Count("pk")).filter(count__gte=most)
    return set(counted.values_list("user", flat=True))


def take_back(key: str) -> None:
    """What was told is not so any more, and its letters were not sent yet."""
    Notice.objects.filter(key=key, mailed_at=None).delete()


def deliver(*, key: str | None = None) -> int:
    """Send the letters that are due, each at most once; returns how many were sent.

    Several processes may do so at the same time. What the mail server refuses waits for the next
    time, five times at most.
    """
    due = Notice.objects.filter(letter_due_at__lte=timezone.now()).exclude(letter="")
    if key is not None:
        due = due.filter(key=key)
    unwanted = set(UnwantedLetters.objects.values_list("user_id", "kind"))
    sent = 0
    for notice in due.select_related("user").order_by("pk")[:AT_ONCE]:
        is_wanted = notice.user.is_active and (notice.user_id, notice.kind) not in unwanted
        if _take(notice, mailed_at=timezone.now() if is_wanted else None) and is_wanted:
            sent += _send(notice)
    return sent


def _take(notice: Notice, *, mailed_at: datetime | None) -> bool:
    """Whether this process is the one that takes the letter out."""
    waiting = Notice.objects.filter(pk=notice.pk).exclude(letter="")
    return bool(waiting.update(letter="", mailed_at=mailed_at))


def _send(notice: Notice) -> bool:
    subject = f"[{settings.SITE_NAME}] {' '.join(notice.title.split())}"
    try:
        EmailMessage(subject, notice.letter, to=[notice.user.email]).send()
    except Exception:
        tries = notice.letter_tries + 1
        log.exception("Letter of notice %s was not sent, try %s", notice.pk, tries)
        again = {"letter": notice.letter} if tries < MAX_TRIES else {}
        Notice.objects.filter(pk=notice.pk).update(mailed_at=None, letter_tries=tries, **again)
        return False
    return True


@transaction.atomic
def choose_letters(user: User, *, wanted: set[str]) -> None:
    """Keep which kinds `user` wants to get; kinds not offered to them stay as they are."""
    offered = {kind.key for kind in kinds_for(user)}
    UnwantedLetters.objects.filter(user=user, kind__in=offered & wanted).delete()
    UnwantedLetters.objects.bulk_create(
        (UnwantedLetters(user=user, kind=kind) for kind in sorted(offered - wanted)),
        ignore_conflicts=True,
    )


def unwanted_by(user: User) -> set[str]:
    return set(UnwantedLetters.objects.filter(user=user).values_list("kind", flat=True))


def mark_read(user: User, *, pk: int | None = None) -> None:
    """One notice of theirs, or all of them."""
    unread = Notice.objects.filter(user=user, read_at=None)
    (unread if pk is None else unread.filter(pk=pk)).update(read_at=timezone.now())
