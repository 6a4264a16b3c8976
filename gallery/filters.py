"""The filters beside the results, and the sentence of what is chosen, ready to be drawn."""

from dataclasses import dataclass

from django.utils.text import Truncator

from .catalogue import Catalogue
from .enums import Match, Order
from .facets import FACETS, Facet
from .search import Search, SearchState
from .vocabulary import Word

TOPICS_BEYOND_SHOWN = 60


@dataclass(frozen=True, kw_only=True)
class Option:
    choice: str
    label: str
    count: int
    is_chosen: bool
    mark: str = ""

    @property
    def is_quiet(self) -> bool:
        """Nothing would be found with it; it stays in its place."""
        return not self.count and not self.is_chosen


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One facet with its options; `more` stand folded below those `shown`."""

    facet: Facet
    shown: tuple[Option, ...]
    more: tuple[Option, ...]

    @property
    def is_open(self) -> bool:
        return self.facet.is_open or any(option.is_chosen for option in self.shown + self.more)

    @property
    def is_more_open(self) -> bool:
        return any(option.is_chosen for option in self.more)


@dataclass(frozen=True, kw_only=True)
class Chip:
    """One thing that is chosen; its address is the search without it."""

    label: str
    without: SearchState
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Clause:
    """What is chosen of one filter, as part of the sentence: "and are" In person "or" Hybrid."""

    lead: str
    joint: str
    chips: tuple[Chip, ...]

    def __str__(self):
        return f"{self.lead} {f' {self.joint} '.join(chip.label for chip in self.chips)}"


class Labels:
    """What the choices of each filter are called."""

    def __init__(self, catalogue: Catalogue, words: dict[str, Word]):
        self.catalogue = catalogue
        self.words = words

    def of(self, facet: Facet, choice: str) -> str:
        if facet.choices and choice in facet.choices.values:
            return facet.choices(choice).label
        if facet.name == "value" and choice in self.words:
            return self.words[choice].name
        return self.catalogue.labels.get(facet.name, {}).get(choice) or choice

    def mark(self, facet: Facet, choice: str) -> str:
        word = self.words.get(choice) if facet.name == "value" else None
        return word.mark if word else ""


def filters_of(search: Search, labels: Labels) -> list[Filter]:
    return [found for facet in FACETS if (found := _filter(facet, search, labels))]


def _filter(facet: Facet, search: Search, labels: Labels) -> Filter | None:
    chosen, counts = search.state.of(facet.name), search.counts(facet)
    options = tuple(
        Option(
            choice=choice,
            label=labels.of(facet, choice),
            count=counts.get(choice, 0),
            is_chosen=choice in chosen,
            mark=labels.mark(facet, choice),
        )
        for choice in _in_order(facet, labels)
    )
    if not options:
        return None
    shown, rest = options[: facet.shown], options[facet.shown :]
    # Of hundreds of topics the page offers the most used; words find the designs of the others.
    more = tuple(o for place, o in enumerate(rest) if o.is_chosen or place < TOPICS_BEYOND_SHOWN)
    return Filter(facet=facet, shown=shown, more=more)


def _in_order(facet: Facet, labels: Labels) -> list[str]:
    """The choices in an order that does not change while a visitor filters."""
    found = labels.catalogue.choices.get(facet.name, {})
    offered = facet.choices.values if facet.choices else _offered_words(facet, labels)
    choices = [*offered, *sorted(choice for choice in found if choice not in offered)]
    if facet.order == Order.MOST:
        choices.sort(key=lambda choice: -len(found.get(choice, ())))
    elif facet.order == Order.LATEST:
        choices.sort(key=lambda choice: -found[choice].max())
    elif facet.order == Order.DESCENDING:
        choices.sort(reverse=True)
    return choices


def _offered_words(facet: Facet, labels: Labels) -> list[str]:
    if facet.name != "value":
        return []
    return [slug for slug, word in labels.words.items() if not word.is_retired]


def clauses_of(state: SearchState, labels: Labels) -> list[Clause]:
    """The sentence "Showing designs …", one clause for each filter in use and one for words."""
    clauses = []
    if state.words:
        words = Truncator(state.q).chars(40)
        label = words if '"' in words else f"“{words}”"
        chip = Chip(label=label, without=state.without_words())
        clauses.append(Clause(lead="that mention", joint="", chips=(chip,)))
    for facet in FACETS:
        chips = tuple(
            Chip(
                label=labels.of(facet, choice),
                without=state.without_(facet.name, choice),
                mark=labels.mark(facet, choice),
            )
            for choice in state.of(facet.name)
        )
        if chips:
            lead = f"{'and' if clauses else 'that'} {facet.verb}"
            clauses.append(Clause(lead=lead, joint=_joint(facet, state), chips=chips))
    return clauses


def _joint(facet: Facet, state: SearchState) -> str:
    return "and" if facet.can_match_all and state.match == Match.ALL else "or"
