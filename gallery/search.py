"""One search: what a visitor asked for, its address, and what it finds."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from heapq import heappush, heappushpop
from operator import and_
from urllib.parse import urlencode

from pyroaring import BitMap

from .catalogue import Catalogue, Group, Ranked
from .corpora import DESIGNS, Corpus
from .enums import Match, Sort
from .facets import Facet
from .text import DEPTHS, TextQuery, parse

# A roaring bitmap holds at most one in so many numbers as a list.
FAR_APART = 16
LONG_LIST = 1_000


@dataclass(frozen=True)
class SearchState:
    """What is asked of a corpus. Its address names only what differs from the default, in order.

    `chosen` are the choices by filter, each known to exist; `sort` is empty for the order that
    suits the search.
    """

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    match: str = Match.ANY
    sort: str = ""
    page: int = 1
    corpus: Corpus = DESIGNS

    def of(self, facet: str) -> tuple[str, ...]:
        return self.chosen.get(facet, ())

    def with_(self, facet: str, choice: str) -> "SearchState":
        return self._choosing(facet, {*self.of(facet), choice})

    def without_(self, facet: str, choice: str) -> "SearchState":
        return self._choosing(facet, {*self.of(facet)} - {choice})

    def without_facet(self, facet: str) -> "SearchState":
        return self._choosing(facet, set())

    def without_words(self) -> "SearchState":
        return replace(self, q="", page=1)

    def without_filters(self) -> "SearchState":
        return replace(self, chosen={}, match=Match.ANY, page=1)

    def on_page(self, page: int) -> "SearchState":
        moved = replace(self, page=page)
        # The same search: what was worked out of it is good for its other pages.
        moved.__dict__["_question"] = self._question
        return moved

    @cached_property
    def words(self) -> TextQuery:
        return parse(self.q)

    @property
    def fitting_sort(self) -> Sort:
        """The order in which a visitor who asks for none gets the results."""
        return Sort.RELEVANCE if self.words.terms else Sort.NEWEST

    @property
    def sorted_by(self) -> Sort:
        """The order in force: relevance only where there are words."""
        wanted = Sort(self.sort) if self.sort else self.fitting_sort
        return self.fitting_sort if wanted is Sort.RELEVANCE else wanted

    @property
    def number_chosen(self) -> int:
        return sum(map(len, self.chosen.values()))

    @cached_property
    def _question(self) -> str:
        """The query string of the first page."""
        pairs = [("q", self.q)] if self.q else []
        for facet in self.corpus.facets:
            pairs += [(facet.name, choice) for choice in sorted(self.of(facet.name))]
            if facet.can_match_all and self.match == Match.ALL:
                pairs.append(("match", Match.ALL.value))
        if self.sorted_by is not self.fitting_sort:
            pairs.append(("sort", self.sorted_by.value))
        return urlencode(pairs)

    @property
    def query(self) -> str:
        """The canonical query string, empty for the default."""
        page = f"page={self.page}" if self.page > 1 else ""
        return "&".join(filter(None, (self._question, page)))

    @property
    def url(self) -> str:
        return f"{self.corpus.url}?{self.query}".rstrip("?")

    def _choosing(self, facet: str, choices: set[str]) -> "SearchState":
        chosen = {**self.chosen, facet: tuple(sorted(choices))}
        return replace(self, chosen={f: c for f, c in chosen.items() if c}, page=1)


class Search:
    """What `state` finds in `catalogue`.

    Costs a query for words that were not asked yet, one for words after a minus, and in the order
    of relevance up to three more, until the page is full.
    """

    def __init__(self, state: SearchState, catalogue: Catalogue):
        self.state = state
        self.catalogue = catalogue
        self.facets = state.corpus.facets

    @cached_property
    def found(self) -> BitMap:
        return self._narrowed(self.facets)

    @property
    def total(self) -> int:
        return len(self.found)

    def numbers(self, start: int, stop: int) -> list[int]:
        """A stretch of what was found, in the order in force."""
        sort = self.state.sorted_by
        if sort is Sort.NEWEST:
            return _newest(self.found, start, stop)
        if sort is Sort.RELEVANCE:
            return _newest_of_each(self._by_depth(), start, stop)
        amounts = self.catalogue.by_measure(sort)
        return _newest_of_each((self.found & amount for amount in amounts), start, stop)

    def counts(self, facet: Facet) -> dict[str, int]:
        """For each choice how many there would be with it, given all else.

        Under any-of the other choices of the same filter do not narrow it; under all-of they do.
        """
        choices = self.catalogue.choices.get(facet.name, {})
        among = self.among(facet)
        if among is self.catalogue.everything:
            return {choice: len(numbers) for choice, numbers in choices.items()}
        return {choice: among.intersection_cardinality(ns) for choice, ns in choices.items()}

    def count(self, facet: Facet, choice: str) -> int:
        """How many there would be with this choice, as in `counts`."""
        under = self.catalogue.under(facet.name, choice)
        return self.among(facet).intersection_cardinality(under)

    def most_found(self, facet: Facet, wanted: int) -> dict[str, int]:
        """The counts of the choices with most, at most `wanted` of them, the most first.

        Under the narrowest of what is chosen, nothing can be found more often than it is found
        there: looks at those first that are found there most, and stops where no more can follow.
        """
        best = _Best(wanted, self._counting(self.among(facet)))
        narrowest = self._narrowest(facet)
        if narrowest is None:
            best.look_at_groups(self.catalogue.groups(facet.name))
        else:
            best.look_at(self.catalogue.ranked(facet.name, *narrowest))
        return best.counts

    def _counting(self, among: BitMap) -> Callable[[BitMap], int]:
        """How many of some published numbers are in `among`.

        A bitmap holds numbers that lie far apart as a list, and those that lie close as bits. To
        compare a list with bits takes an eighth of the time of two long lists, so what is not in
        it is counted instead.
        """
        everything = self.catalogue.everything
        if not LONG_LIST < len(among) < len(everything) // FAR_APART:
            return among.intersection_cardinality
        rest = everything - among
        return lambda numbers: len(numbers) - rest.intersection_cardinality(numbers)

    def _narrowest(self, facet: Facet) -> tuple[str, str] | None:
        """Of the choices of which each narrows this facet, that with the least numbers."""
        narrowing = [
            other
            for other in self.facets
            if self._asks_for_all(other)
            or (len(self.state.of(other.name)) == 1 and other is not facet)
        ]
        chosen = [(one.name, choice) for one in narrowing for choice in self.state.of(one.name)]
        return min(chosen, key=lambda one: len(self.catalogue.under(*one)), default=None)

    def among(self, facet: Facet) -> BitMap:
        """What the counts of this facet's choices are counted in."""
        if self.state.of(facet.name) and not self._asks_for_all(facet):
            return self._narrowed(other for other in self.facets if other is not facet)
        return self.found

    def _by_depth(self) -> Iterator[BitMap]:
        """Those first that hold all words at the least depth."""
        terms, left = self.state.words.terms, self.found
        for depth in range(1, DEPTHS):
            here = left & self.catalogue.holding(terms, depth)
            yield here
            left = left - here
        yield left

    @cached_property
    def _mentioning(self) -> BitMap:
        """What holds the words that are wanted and none of those that are not."""
        words, catalogue = self.state.words, self.catalogue
        found = catalogue.everything
        if words.terms:
            found = found & catalogue.holding(words.terms, DEPTHS)
        if words.without:
            found = found - catalogue.holding_any(words.without)
        return found

    def _narrowed(self, facets) -> BitMap:
        sets = (self._selected[f.name] for f in facets if f.name in self._selected)
        return reduce(and_, sets, self._mentioning)

    @cached_property
    def _selected(self) -> dict[str, BitMap]:
        """For each filter in use what its choices allow."""
        return {f.name: self._allowed(f) for f in self.facets if self.state.of(f.name)}

    def _allowed(self, facet: Facet) -> BitMap:
        chosen = self.state.of(facet.name)
        if self._asks_for_all(facet):
            return reduce(and_, (self.catalogue.under(facet.name, choice) for choice in chosen))
        return self.catalogue.under_any(facet.name, chosen)

    def _asks_for_all(self, facet: Facet) -> bool:
        return facet.can_match_all and self.state.match == Match.ALL


class _Best:
    """The choices with the highest counts so far, at most `wanted`."""

    def __init__(self, wanted: int, count: Callable[[BitMap], int]):
        self.wanted, self.count = wanted, count
        self.least = 0
        self._heap: list[tuple[int, str]] = []

    def look_at(self, ranked: list[Ranked]) -> None:
        """Until none of the rest, of which each has at most what it is ranked by, can be more."""
        heap, wanted, count_in = self._heap, self.wanted, self.count
        for most, choice, numbers in ranked:
            if most <= self.least:
                break
            if count := count_in(numbers):
                push = heappush if len(heap) < wanted else heappushpop
                push(heap, (count, choice))
                self.least = heap[0][0] if len(heap) == wanted else 0

    def look_at_groups(self, groups: list[Group]) -> None:
        """Passes over a group that has fewer in all than the last of those wanted."""
        for group in groups:
            if group.most <= self.least:
                break
            if self.count(group.all) > self.least:
                self.look_at(group.sets)

    @property
    def counts(self) -> dict[str, int]:
        return {choice: count for count, choice in sorted(self._heap, key=lambda f: (-f[0], f[1]))}


def _newest(found: BitMap, start: int, stop: int) -> list[int]:
    """A stretch of the highest numbers; how deep it lies makes no difference."""
    total = len(found)
    return list(found[max(0, total - stop) : max(0, total - start)])[::-1]


def _newest_of_each(sets: Iterable[BitMap], start: int, stop: int) -> list[int]:
    """A stretch of all sets one after the other; those behind it are not asked for."""
    picked: list[int] = []
    for here in sets:
        picked += _newest(here, start, stop)
        start, stop = max(0, start - len(here)), stop - len(here)
        if stop <= 0:
            break
    return picked
