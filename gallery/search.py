"""One search: what a visitor asked for, its address, and what it finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from itertools import islice
from operator import and_
from urllib.parse import urlencode

from django.urls import reverse
from pyroaring import BitMap, FrozenBitMap

from .catalogue import NOTHING, Catalogue
from .enums import Match, Sort
from .facets import FACETS, Facet
from .text import TextQuery, parse


@dataclass(frozen=True)
class SearchState:
    """What is asked for. Its address names only what differs from the default, in one order.

    `chosen` are the choices by filter, each known to exist; `sort` is empty for the order that
    suits the search.
    """

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    match: str = Match.ANY
    sort: str = ""
    page: int = 1

    def of(self, facet: str) -> tuple[str, ...]:
        return self.chosen.get(facet, ())

    def with_(self, facet: str, choice: str) -> "SearchState":
        return self._choosing(facet, {*self.of(facet), choice})

    def without_(self, facet: str, choice: str) -> "SearchState":
        return self._choosing(facet, {*self.of(facet)} - {choice})

    def without_words(self) -> "SearchState":
        return replace(self, q="", page=1)

    def without_filters(self) -> "SearchState":
        return replace(self, chosen={}, match=Match.ANY, page=1)

    def on_page(self, page: int) -> "SearchState":
        return replace(self, page=page)

    @property
    def words(self) -> TextQuery:
        return parse(self.q)

    @property
    def sorted_by(self) -> Sort:
        """The order in force: relevance only where there are words."""
        fitting = Sort.RELEVANCE if self.words else Sort.NEWEST
        wanted = Sort(self.sort) if self.sort else fitting
        return fitting if wanted is Sort.RELEVANCE else wanted

    @property
    def number_chosen(self) -> int:
        return sum(map(len, self.chosen.values()))

    @property
    def query(self) -> str:
        """The canonical query string, empty for the default."""
        fitting = Sort.RELEVANCE if self.words else Sort.NEWEST
        pairs = [("q", self.q)] if self.q else []
        for facet in FACETS:
            pairs += [(facet.name, choice) for choice in sorted(self.of(facet.name))]
            if facet.can_match_all and self.match == Match.ALL:
                pairs.append(("match", Match.ALL.value))
        if self.sorted_by is not fitting:
            pairs.append(("sort", self.sorted_by.value))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return urlencode(pairs)

    @property
    def url(self) -> str:
        return f"{reverse('designs')}?{self.query}".rstrip("?")

    def _choosing(self, facet: str, choices: set[str]) -> "SearchState":
        chosen = {**self.chosen, facet: tuple(sorted(choices))}
        return replace(self, chosen={f: c for f, c in chosen.items() if c}, page=1)


class Search:
    """What `state` finds in `catalogue`. Costs one query, and that only for words not asked yet."""

    def __init__(self, state: SearchState, catalogue: Catalogue):
        self.state = state
        self.catalogue = catalogue

    @cached_property
    def found(self) -> BitMap:
        return self._narrowed(FACETS)

    @property
    def total(self) -> int:
        return len(self.found)

    def numbers(self, start: int, stop: int) -> list[int]:
        """A stretch of what was found, in the order in force."""
        order = self.state.sorted_by
        if order is Sort.NEWEST:
            total = self.total
            return list(self.found[max(0, total - stop) : max(0, total - start)])[::-1]
        ordered = self._ranked[0] if order is Sort.RELEVANCE else self.catalogue.orders[order]
        return list(islice((n for n in ordered if n in self.found), start, stop))

    def counts(self, facet: Facet) -> dict[str, int]:
        """For each choice how many designs there would be with it, given all else.

        Under any-of the other choices of the same filter do not narrow it; under all-of they do.
        """
        if self._asks_for_all(facet):
            among = self.found
        else:
            among = self._narrowed(other for other in FACETS if other is not facet)
        choices = self.catalogue.choices.get(facet.name, {})
        return {choice: among.intersection_cardinality(ns) for choice, ns in choices.items()}

    @cached_property
    def _ranked(self):
        words = self.state.words
        return self.catalogue.ranked(words) if words else ((), self.catalogue.everything)

    def _narrowed(self, facets) -> BitMap:
        within = self.catalogue.everything & self._ranked[1]
        sets = (self._selected[f.name] for f in facets if f.name in self._selected)
        return reduce(and_, sets, within)

    @cached_property
    def _selected(self) -> dict[str, BitMap]:
        """For each filter in use what its choices allow."""
        return {f.name: self._allowed(f) for f in FACETS if self.state.of(f.name)}

    def _allowed(self, facet: Facet) -> BitMap:
        sets = [self.catalogue.under(facet.name, c) for c in self.state.of(facet.name)]
        if self._asks_for_all(facet):
            return reduce(and_, sets)
        return FrozenBitMap.union(NOTHING, *sets)

    def _asks_for_all(self, facet: Facet) -> bool:
        return facet.can_match_all and self.state.match == Match.ALL
