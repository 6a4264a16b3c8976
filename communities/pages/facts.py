"""The title block of a design: what can be said in a word or two, only where it is known."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from django.urls import reverse
from django.utils import timezone

from ..enums import Audience, Kind, Mode, Outcome
from ..snapshot import ImplementationNote, Snapshot
from .dates import date_range, day

NOT_HELD = (Outcome.NOT_YET_RUN, Outcome.DID_NOT_HAPPEN)


@dataclass(frozen=True, kw_only=True)
class Word:
    """A word or name, with the address it leads to, if any."""

    text: str
    href: str = ""
    is_outside: bool = False


@dataclass(frozen=True, kw_only=True)
class Fact:
    label: str
    words: tuple[Word, ...]
    is_wide: bool = False


@dataclass(frozen=True, kw_only=True)
class Reach:
    """People who took part, within the institution and beyond it; None where nobody counted."""

    within: int | None
    beyond: int | None

    @property
    def total(self) -> int:
        return (self.within or 0) + (self.beyond or 0)

    @property
    def sentence(self) -> str:
        parts = []
        if self.within is not None:
            parts.append(f"{self.within} from the institution")
        if self.beyond is not None:
            parts.append(f"{self.beyond} beyond it" if parts else f"{self.beyond} from beyond it")
        return ", ".join(parts)

    @property
    def has_bar(self) -> bool:
        return bool(self.within and self.beyond)

    @property
    def within_percent(self) -> int:
        """Of the bar's length; at least something of each is always drawn."""
        return min(max(round(100 * (self.within or 0) / (self.total or 1)), 2), 97)

    @property
    def beyond_percent(self) -> int:
        return 99 - self.within_percent


def reach_of(snapshot: Snapshot) -> Reach | None:
    """Of the runs that took place; a nought beside one that did not would be no count."""
    runs = [run for run in snapshot.implementations if run.outcome not in NOT_HELD]
    within = [run.participants_within for run in runs if run.participants_within is not None]
    beyond = [run.participants_beyond for run in runs if run.participants_beyond is not None]
    if not within and not beyond:
        return None
    return Reach(
        within=sum(within) if within else None,
        beyond=sum(beyond) if beyond else None,
    )


def kind_of(snapshot: Snapshot) -> Word:
    """Its kind, leading to others of it; blank while it has none."""
    if snapshot.kind not in Kind.values:
        return Word(text="")
    return Word(text=Kind(snapshot.kind).label, href=_designs(kind=snapshot.kind))


def source_of(snapshot: Snapshot) -> tuple[Word, ...]:
    word = _outside(snapshot.source_url)
    return (word,) if word.text else ()


def facts_of(
    snapshot: Snapshot,
    *,
    number: int | None = None,
    version: int | None = None,
    published_at: datetime | None = None,
    handles: dict[str, str] | None = None,
) -> tuple[Fact, ...]:
    facts = [
        _fact("Kind", kind_of(snapshot)),
        _choice("Mode", Mode, snapshot.mode),
        *(_when(run) for run in snapshot.implementations),
        _fact("Cohort", *_cohort(snapshot)),
        *(_where(run) for run in snapshot.implementations),
        *(_room(run) for run in snapshot.implementations),
        _audience(snapshot),
        _team(snapshot, handles or {}),
        _fact("Topics", *(Word(text=t.name, href=_designs(topic=t.slug)) for t in snapshot.topics)),
        _catalogue(number, version, published_at),
    ]
    return tuple(fact for fact in dict.fromkeys(facts) if fact)


def _fact(label: str, *words: Word, is_wide: bool = False) -> Fact | None:
    words = tuple(word for word in words if word.text)
    return Fact(label=label, words=words, is_wide=is_wide) if words else None


def _designs(**filters: str) -> str:
    return f"{reverse('designs')}?{urlencode(filters)}"


def _choice(label: str, choices, value: str) -> Fact | None:
    return _fact(label, Word(text=choices(value).label)) if value in choices.values else None


_WHEN = {
    Outcome.RAN: "Ran",
    Outcome.STOPPED_EARLY: "Stopped early",
    Outcome.DID_NOT_HAPPEN: "Did not happen",
    Outcome.NOT_YET_RUN: "Planned for",
}


def _when(run: ImplementationNote) -> Fact | None:
    label = _WHEN.get(run.outcome, "When")
    dates = date_range(run.starts_on, run.ends_on)
    sessions = len(run.sessions)
    if dates and sessions:
        dates += f", {sessions} session{'s' if sessions > 1 else ''}"
    return _fact(label, Word(text=dates))


def _where(run: ImplementationNote) -> Fact | None:
    """The place, and the site it has or had, by its host name."""
    return _fact("Where", Word(text=run.place), _outside(run.link))


def _room(run: ImplementationNote) -> Fact | None:
    """How many there is room for, of what lies ahead."""
    if run.outcome != Outcome.NOT_YET_RUN or not run.capacity:
        return None
    return _fact("Room for", Word(text=f"{run.capacity:,}"))


def _outside(address: str) -> Word:
    """A link by its host name; blank for anything but a web address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return Word(text="")
    is_web = parts.scheme in ("http", "https")
    return Word(text=(parts.hostname or "") if is_web else "", href=address, is_outside=True)


def _cohort(snapshot: Snapshot) -> list[Word]:
    cohort = snapshot.cohort
    return [Word(text=cohort.name, href=_designs(cohort=cohort.slug))] if cohort else []


def _audience(snapshot: Snapshot) -> Fact | None:
    if snapshot.audience_note:
        return _fact("For", Word(text=snapshot.audience_note))
    return _choice("For", Audience, snapshot.audience)


def _team(snapshot: Snapshot, handles: dict[str, str]) -> Fact | None:
    """In the order of credit; those who show a profile lead to it."""
    urls = {name: reverse("person", args=[handle]) for name, handle in handles.items()}
    people = (Word(text=p.name, href=urls.get(p.name, "")) for p in snapshot.team)
    return _fact("Team", *people, is_wide=len(snapshot.team) > 1)


def _catalogue(number, version, published_at) -> Fact | None:
    if number is None:
        return None
    words = []
    if version is not None:
        words.append(Word(text=f"Version {version}"))
    if published_at is not None:
        words.append(Word(text=day(timezone.localdate(published_at))))
    return _fact(f"Catalogue no. {number}", *words)
