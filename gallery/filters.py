"""The filters beside the results, and the sentence of what is chosen, ready to be drawn."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.text import Truncator

from .catalogue import Catalogue
from .enums import Match, Order
from .facets import Facet
from .search import Search, SearchState


class Offer(NamedTuple):
    """A choice as every page of one generation offers it."""

    choice: str
    label: str
    mark: str


class Option(NamedTuple):
    """An offer under one search. A page has some hundred of them."""

    choice: str
    label: str
    mark: str
    count: int
    is_chosen: bool

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
    """What is chosen of one filter, as part of the sentence: "and are" In person "or" Hybrid.

    `facet` is empty for the words.
    """

    facet: str = ""
    lead: str
    joint: str
    chips: tuple[Chip, ...]

    def __str__(self):
        return f"{self.lead} {f' {self.joint} '.join(chip.label for chip in self.chips)}"


class Labels:
    """What the choices of each filter are called."""

    def __init__(self, catalogue: Catalogue):
        self.catalogue = catalogue
        self.words = catalogue.words

    def of(self, facet: Facet, choice: str) -> str:
        if name := facet.names.get(choice):
            return name
        if facet.name == "value" and choice in self.words:
            return self.words[choice].name
        return self.catalogue.labels.get(facet.name, {}).get(choice) or choice

    def mark(self, facet: Facet, choice: str) -> str:
        word = self.words.get(choice) if facet.name == "value" else None
        return word.mark if word else ""

    def offer(self, facet: Facet, choice: str) -> Offer:
        return Offer(choice, self.of(facet, choice), self.mark(facet, choice))

    def offers(self, facet: Facet) -> list[Offer]:
        """All choices of a facet in their order; worked out once for each generation."""
        known = self.catalogue.remembered.setdefault("offers", {})
        if facet.name not in known:
            known[facet.name] = [self.offer(facet, choice) for choice in _in_order(facet, self)]
        return known[facet.name]


def filters_of(search: Search, labels: Labels) -> list[Filter]:
    return [found for facet in search.facets if (found := _filter(facet, search, labels))]


def _filter(facet: Facet, search: Search, labels: Labels) -> Filter | None:
    counts, chosen = _counts(facet, search), search.state.of(facet.name)
    if facet.has_finder:
        offers = [labels.offer(facet, choice) for choice in counts]
    else:
        offers = labels.offers(facet)
    options = tuple(
        Option(*offer, counts.get(offer.choice, 0), offer.choice in chosen) for offer in offers
    )
    if facet.has_finder:
        is_of_use = facet.name in search.catalogue.choices
        return Filter(facet=facet, shown=options, more=()) if is_of_use else None
    if not options:
        return None
    return Filter(facet=facet, shown=options[: facet.shown], more=options[facet.shown :])


def _counts(facet: Facet, search: Search) -> dict[str, int]:
    """What there would be with each choice that the page offers.

    All of them, or where a field finds the others only those that find most, and the chosen.
    """
    if not facet.has_finder:
        return search.counts(facet)
    chosen = {choice: search.count(facet, choice) for choice in search.state.of(facet.name)}
    return search.most_found(facet, facet.shown) | chosen


def _in_order(facet: Facet, labels: Labels) -> list[str]:
    """The choices in an order that does not change while a visitor filters."""
    found = labels.catalogue.choices.get(facet.name, {})
    offered = list(facet.names) or _offered_words(facet, labels)
    choices = [*offered, *sorted(found.keys() - set(offered))]
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
    for facet in state.corpus.facets:
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
            joint = _joint(facet, state)
            clauses.append(Clause(facet=facet.name, lead=lead, joint=joint, chips=chips))
    return clauses


def _joint(facet: Facet, state: SearchState) -> str:
    return "and" if facet.can_match_all and state.match == Match.ALL else "or"
