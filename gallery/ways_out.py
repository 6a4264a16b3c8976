"""What to do when a search finds nothing: other words, or one choice less."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.text import Truncator
from pyroaring import BitMap

from .enums import Match
from .filters import Clause
from .names import fold
from .search import Search, SearchState
from .spelling import WordList, corrections, word_list
from .text import TextQuery, parse, text_index
from .text.query import PIECE, WORD, Term

MOST_CHOICES = 24
MOST_PIECES = 8
MOST_OFFERED = 8


@dataclass(frozen=True, kw_only=True)
class WayOut:
    """A search near this one, and how many designs or insights it finds."""

    label: str
    state: SearchState
    total: int


class WaysOut:
    """Of a search that finds nothing. At most four queries, whatever was asked."""

    def __init__(self, search: Search, clauses: list[Clause]):
        self.search = search
        self.state = search.state
        self.clauses = clauses
        self._sets: dict[Term, BitMap] = {}

    @cached_property
    def did_you_mean(self) -> WayOut | None:
        """The same with its unknown words corrected, where that finds something."""
        if not (unknown := self._unknown_words):
            return None
        states = [replace(self.state, q=q, page=1) for q in self._corrected(unknown)]
        return next((way for way in self._tried([(one.q, one) for one in states])), None)

    @cached_property
    def broader(self) -> list[WayOut]:
        """With one choice less, those that find most first."""
        found = self._tried([*self._without_one(), *self._without_one_word()])
        return sorted(found, key=lambda way: -way.total)[:MOST_OFFERED]

    @cached_property
    def broadest(self) -> list[WayOut]:
        """For when no single choice is to blame: the words alone, the filters alone."""
        if not (self.state.words and self.state.chosen):
            return []
        return self._tried(
            [
                ("Keep the words and clear the filters", self.state.without_filters()),
                ("Keep the filters and clear the words", self.state.without_words()),
            ]
        )

    def _without_one(self) -> Iterator[tuple[str, SearchState]]:
        chips = [chip for clause in self.clauses for chip in clause.chips]
        for chip in chips[:MOST_CHOICES]:
            yield f"Without {chip.label}", chip.without
        if self.state.match == Match.ALL and len(self.state.of("value")) > 1:
            yield "Any of the values instead of all", replace(self.state, match=Match.ANY, page=1)
        for clause in self.clauses:
            # Where any of several would do, taking one of them away finds no more.
            if len(clause.chips) > 1 and clause.joint == "or":
                names = f" {clause.joint} ".join(chip.label for chip in clause.chips)
                yield f"Without {names}", self.state.without_facet(clause.facet)

    def _without_one_word(self) -> Iterator[tuple[str, SearchState]]:
        pieces = [p for p in PIECE.finditer(self.state.q) if WORD.search(p[0])]
        if not 1 < len(pieces) <= MOST_PIECES:
            return
        for place, piece in enumerate(pieces):
            words = Truncator(piece["quoted"] or piece["plain"]).chars(40)
            lead = "Not leaving out" if piece["minus"] else "Without the word"
            others = " ".join(p[0] for p in pieces[:place] + pieces[place + 1 :])
            yield f"{lead} “{words}”", replace(self.state, q=others, page=1)

    def _tried(self, ways: list[tuple[str, SearchState]]) -> list[WayOut]:
        """Those of them that find something. One query at most."""
        queries = [state.words for _, state in ways]
        self._learn(term for query in queries for term in query.terms + query.without)
        tried = [
            WayOut(label=label, state=state, total=self._total(state, query))
            for (label, state), query in zip(ways, queries, strict=True)
        ]
        return [way for way in tried if way.total and way.state.query]

    @cached_property
    def _unknown_words(self) -> list[str]:
        terms = parse(self.state.q).terms
        self._learn(terms)
        return [
            word
            for term in terms
            if not self._sets[term]
            for word in term.words
            if len(term.words) == 1 or fold(word) not in self._list.known
        ]

    @cached_property
    def _list(self) -> WordList:
        return word_list(self.search.catalogue)

    def _corrected(self, unknown: list[str]) -> list[str]:
        return corrections(self.state.q, unknown, self._list)

    def _learn(self, terms) -> None:
        wanted = tuple(dict.fromkeys(term for term in terms if term not in self._sets))
        if wanted:
            self._sets |= text_index(self.state.corpus.table).holding_each(wanted)

    def _total(self, state: SearchState, query: TextQuery) -> int:
        found = Search(state.without_words(), self.search.catalogue).found
        for term in query.terms:
            found = found & self._sets[term]
        for term in query.without:
            found = found - self._sets[term]
        return len(found)
