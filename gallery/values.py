"""The vocabulary as visitors read it: who holds a value, in what company, and why."""

from dataclasses import dataclass
from math import cos, radians, sin

from communities.enums import Kind
from communities.models import Value

from .cards import Card, card_of
from .catalogue import current_catalogue
from .corpora import DESIGNS, INSIGHTS
from .enums import Match
from .models import Entry, EntryInsight
from .search import Search, SearchState

VALUE, KIND = DESIGNS.facets[:2]
DESIGNS_SHOWN = 3
RATIONALES_SHOWN = 6
INSIGHTS_SHOWN = 3
# Among so many of the newest designs the rationales are looked for.
NEWEST = 24


@dataclass(frozen=True, kw_only=True)
class ValueCard:
    slug: str
    name: str
    mark: str
    short: str
    drawn_as: str
    designs: int


@dataclass(frozen=True, kw_only=True)
class Companion:
    """Another value, how many designs hold both, and that as a share of the highest such number."""

    slug: str
    name: str
    mark: str
    designs: int
    percent: int


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A companion's place in the drawing: its tile, the mark in it and the words below."""

    companion: Companion
    x: int
    y: int
    size: int

    @property
    def left(self) -> int:
        return self.x - self.size // 2

    @property
    def top(self) -> int:
        return self.y - self.size // 2

    @property
    def mark_size(self) -> int:
        return round(self.size * 0.72)

    @property
    def mark_left(self) -> int:
        return self.x - self.mark_size // 2

    @property
    def mark_top(self) -> int:
        return self.y - self.mark_size // 2

    @property
    def words_y(self) -> int:
        return self.y + self.size // 2 + 18


@dataclass(frozen=True, kw_only=True)
class Rationale:
    text: str
    title: str
    href: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class ValuePage:
    value: Value
    designs: int
    kinds: int
    all_designs: int
    company: tuple[Companion, ...]
    rationales: tuple[Rationale, ...]
    cards: tuple[Card, ...]
    insights: tuple[EntryInsight, ...]
    all_insights: int

    @property
    def drawn_as(self) -> str:
        return drawn_as(self.value)

    @property
    def all_kinds(self) -> int:
        return len(Kind)

    @property
    def seats(self) -> tuple[Seat, ...]:
        return seats_of(self.company)

    @property
    def rings(self) -> tuple[int, ...]:
        used = -(-len(self.seats) // SEATS_ON_A_RING)
        return tuple(ring.radius for ring in RINGS[:used])


@dataclass(frozen=True)
class Ring:
    radius: int
    first_angle: int
    size: int


# The nearest ring first; the drawing is 760 by 700 with its middle at (380, 350).
RINGS = (Ring(158, -90, 58), Ring(246, -54, 48), Ring(312, -77, 38))
SEATS_ON_A_RING = 5


def value_cards(*, generation: str | None = None) -> tuple[ValueCard, ...]:
    """Each value that is offered, and retired ones that a design still holds.

    One query, and one more where the `generation` of the index is not known.
    """
    held = current_catalogue(generation=generation).choices.get("value", {})
    cards = (
        ValueCard(
            slug=value.slug,
            name=value.name,
            mark=value.mark,
            short=value.short,
            drawn_as=drawn_as(value),
            designs=len(held.get(value.slug, ())),
        )
        for value in Value.objects.all()
        if not value.is_retired or value.slug in held
    )
    return tuple(cards)


def value_page(value: Value, *, generation: str | None = None) -> ValuePage:
    """Three queries, one for the value’s questions, two where the `generation` is not known."""
    held = {"value": (value.slug,)}
    designs = current_catalogue(generation=generation)
    lessons = current_catalogue(INSIGHTS, generation=generation)
    search = Search(SearchState(chosen=held, match=Match.ALL), designs)
    about = Search(SearchState(chosen=held, corpus=INSIGHTS), lessons)
    newest = list(Entry.objects.filter(number__in=search.numbers(0, NEWEST)))
    insights = EntryInsight.objects.filter(number__in=about.numbers(0, INSIGHTS_SHOWN))
    return ValuePage(
        value=value,
        designs=search.total,
        kinds=sum(map(bool, search.counts(KIND).values())),
        all_designs=len(designs.everything),
        company=_company(value, search.counts(VALUE)),
        rationales=_rationales(value, newest),
        cards=tuple(map(card_of, newest[:DESIGNS_SHOWN])),
        insights=tuple(insights.select_related("entry").defer("entry__card")),
        all_insights=about.total,
    )


def drawn_as(value: Value) -> str:
    """What the mark shows, as a sentence without its stop; empty where nobody said."""
    text = value.drawn_as.strip()
    return f"Drawn as {text[0].lower()}{text[1:]}" if text else ""


def seats_of(company: tuple[Companion, ...]) -> tuple[Seat, ...]:
    """The nearest seats go to those that are held together most often."""
    places = [(ring, number) for ring in RINGS for number in range(SEATS_ON_A_RING)]
    return tuple(
        _seat(companion, ring, number)
        for companion, (ring, number) in zip(company, places, strict=False)
    )


def _seat(companion: Companion, ring: Ring, number: int) -> Seat:
    angle = radians(ring.first_angle + number * 360 / SEATS_ON_A_RING)
    return Seat(
        companion=companion,
        x=round(380 + ring.radius * cos(angle)),
        # Tile and words together stand on the ring, so that the tile is a little above it.
        y=round(350 + ring.radius * sin(angle)) - 10,
        size=ring.size,
    )


def _company(value: Value, held_with: dict[str, int]) -> tuple[Companion, ...]:
    counts = {slug: count for slug, count in held_with.items() if count and slug != value.slug}
    most = max(counts.values(), default=0)
    values = sorted(Value.objects.filter(slug__in=counts), key=lambda row: -counts[row.slug])
    return tuple(
        Companion(
            slug=row.slug,
            name=row.name,
            mark=row.mark,
            designs=counts[row.slug],
            percent=round(100 * counts[row.slug] / most),
        )
        for row in values
    )


def _rationales(value: Value, entries: list[Entry]) -> tuple[Rationale, ...]:
    found = []
    for entry in entries:
        texts = [v["rationale"] for v in entry.card["values"] if v["slug"] == value.slug]
        found += [
            Rationale(
                text=text,
                title=entry.title,
                href=entry.get_absolute_url(),
                kind=entry.get_kind_display().lower(),
            )
            for text in texts
            if text.strip()
        ]
    return tuple(found[:RATIONALES_SHOWN])
