"""The entrance: values as rooms, the newest designs and what their teams found out."""

from dataclasses import dataclass

from .cards import CARD_FIELDS, Card, card_of
from .catalogue import Catalogue, current_catalogue
from .models import Entry, EntryInsight
from .vocabulary import Word
from .words import PROMPTS

CARDS = 3
EXCERPTS = INSIGHTS = 3
# How far back the entrance looks for three that differ.
LOOKED_THROUGH = 24
DRAWN_ROOMS = 16
# Where the walls between the rooms have openings.
DOORS = {1: "down", 2: "right", 4: "right", 7: "right", 9: "down", 11: "down", 15: "right"}


@dataclass(frozen=True, kw_only=True)
class Room:
    word: Word
    rank: str
    count: int
    door: str = ""


@dataclass(frozen=True, kw_only=True)
class Excerpt:
    """An answer to one of the prompts of reflection, and whose it is."""

    prompt: str
    text: str
    entry: Entry


@dataclass(frozen=True, kw_only=True)
class HomePage:
    total: int
    rooms: list[Room]
    lead: Card | None
    lead_description: str
    cards: list[Card]
    excerpts: list[Excerpt]
    insights: list[EntryInsight]
    insight_total: int


def home_page(*, generation: str | None = None) -> HomePage:
    """Three queries, one more where the `generation` is not known; more after a change of it."""
    catalogue = current_catalogue(generation=generation)
    entries = list(Entry.objects.only(*CARD_FIELDS, "kind", "excerpts")[:LOOKED_THROUGH])
    cards = [card_of(entry) for entry in entries[: CARDS + 1]]
    return HomePage(
        total=len(catalogue.everything),
        rooms=rooms_of(catalogue),
        lead=cards[0] if cards else None,
        lead_description=entries[0].excerpts.get("description", "") if entries else "",
        cards=cards[1:],
        excerpts=_excerpts(entries),
        insights=_insights(),
        insight_total=EntryInsight.objects.count(),
    )


def rooms_of(catalogue: Catalogue) -> list[Room]:
    """The offered values, those that most designs hold first; the rank decides the room's size."""
    offered = [word for word in catalogue.words.values() if not word.is_retired]
    counted = [(len(catalogue.under("value", word.slug)), word) for word in offered]
    counted.sort(key=lambda pair: -pair[0])
    return [
        Room(
            word=word,
            count=count,
            rank=str(rank) if rank <= DRAWN_ROOMS else "more",
            door=DOORS.get(rank, ""),
        )
        for rank, (count, word) in enumerate(counted, 1)
    ]


def _excerpts(entries: list[Entry]) -> list[Excerpt]:
    """Each from another design and, as long as there are any, to another prompt."""
    given = [
        Excerpt(prompt=PROMPTS[prompt], text=text, entry=entry)
        for entry in entries
        for prompt, text in entry.excerpts.get("reflections", {}).items()
        if prompt in PROMPTS
    ]
    return _differing(given, EXCERPTS, lambda one: one.entry.pk, lambda one: one.prompt)


def _insights() -> list[EntryInsight]:
    newest = EntryInsight.objects.select_related("entry").only(
        "headline", "body", "values", "entry__title", "entry__slug"
    )
    marked = [insight for insight in newest[:LOOKED_THROUGH] if insight.values]
    return _differing(marked, INSIGHTS, lambda one: one.entry_id, lambda one: one.values[0]["mark"])


def _differing(things, wanted: int, first_key, second_key) -> list:
    """The first `wanted` with neither key twice; if those are too few, the second may repeat."""
    chosen = []
    for may_repeat in (False, True):
        for thing in things:
            known = {first_key(one) for one in chosen}
            kinds = set() if may_repeat else {second_key(one) for one in chosen}
            if first_key(thing) not in known and second_key(thing) not in kinds:
                chosen.append(thing)
            if len(chosen) == wanted:
                return chosen
    return chosen
