"""The page of designs: what was found, what narrows it, and what to do when nothing was."""

from dataclasses import dataclass
from functools import cached_property

from .cards import CARD_FIELDS, Card, card_of
from .catalogue import Catalogue, current_catalogue
from .enums import Sort
from .filters import Chip, Clause, Filter, Labels, clauses_of, filters_of
from .forms import SearchForm
from .models import Entry
from .paging import page_numbers
from .search import Search, SearchState
from .text import text_index
from .vocabulary import Word, value_words

PAGE_SIZE = 12
MOST_TRIED = 12


@dataclass(frozen=True, kw_only=True)
class Broader:
    """A search near this one, and how many designs it finds."""

    chip: Chip | None
    state: SearchState
    total: int


class DesignsPage:
    """What the page shows of one search. At most eight queries, however much there is."""

    def __init__(
        self, state: SearchState, hints: list[str], catalogue: Catalogue, words: dict[str, Word]
    ):
        self.hints = hints
        self.catalogue = catalogue
        self.words = words
        self.search = Search(state, catalogue)
        self.total = self.search.total
        self.last_page = max(1, -(-self.total // PAGE_SIZE))
        self.state = state.on_page(min(state.page, self.last_page))
        self._labels = Labels(catalogue, words)

    @classmethod
    def of(cls, query) -> "DesignsPage":
        """For the query string of a request, whatever is in it."""
        catalogue, words = current_catalogue(), value_words()
        form = SearchForm(query, catalogue=catalogue, words=words)
        return cls(form.state, form.hints, catalogue, words)

    @cached_property
    def filters(self) -> list[Filter]:
        return filters_of(self.search, self._labels)

    @cached_property
    def clauses(self) -> list[Clause]:
        return clauses_of(self.state, self._labels)

    @property
    def sentence(self) -> str:
        """The same in plain words, for the title of the page."""
        return " ".join(map(str, self.clauses))

    @property
    def definitions(self) -> list[Word]:
        return [word for word in self.words.values() if not word.is_retired]

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        """Value, label and whether it is in force. The order that suits the search has no value."""
        fitting = Sort.RELEVANCE if self.state.words else Sort.NEWEST
        offered = [sort for sort in Sort if self.state.words or sort is not Sort.RELEVANCE]
        return [
            ("" if sort is fitting else sort.value, sort.label, sort is self.state.sorted_by)
            for sort in offered
        ]

    @cached_property
    def cards(self) -> list[Card]:
        start = (self.state.page - 1) * PAGE_SIZE
        numbers = self.search.numbers(start, start + PAGE_SIZE)
        entries = Entry.objects.only(*CARD_FIELDS).in_bulk(numbers)
        passages = self._passages(numbers)
        values = self.state.of("value")
        return [
            card_of(entries[number], values=values, passage=passages.get(number))
            for number in numbers
            if number in entries
        ]

    @property
    def previous(self) -> SearchState | None:
        return self.state.on_page(self.state.page - 1) if self.state.page > 1 else None

    @property
    def next(self) -> SearchState | None:
        page = self.state.page
        return self.state.on_page(page + 1) if page < self.last_page else None

    @property
    def next_size(self) -> int:
        return min(PAGE_SIZE, self.total - self.state.page * PAGE_SIZE)

    @property
    def pages(self) -> list[tuple[int, SearchState | None]]:
        numbers = page_numbers(self.state.page, self.last_page)
        return [(n, self.state.on_page(n) if n else None) for n in numbers]

    @property
    def is_filtered(self) -> bool:
        return bool(self.state.query)

    @cached_property
    def broader(self) -> list[Broader]:
        """Searches with one choice less that find something, those that find most first."""
        chips = [chip for clause in self.clauses for chip in clause.chips][:MOST_TRIED]
        tried = [self._broader(chip.without, chip) for chip in chips]
        return sorted((one for one in tried if one.total), key=lambda one: -one.total)

    @cached_property
    def broadest(self) -> list[Broader]:
        """For when no single choice is to blame: the words alone, the filters alone."""
        states = [self.state.without_filters(), self.state.without_words()]
        tried = [self._broader(state) for state in states if state.query]
        return [one for one in tried if one.total and one.state != self.state]

    def _broader(self, state: SearchState, chip: Chip | None = None) -> Broader:
        return Broader(chip=chip, state=state, total=Search(state, self.catalogue).total)

    def _passages(self, numbers: list[int]):
        words = self.state.words
        if not words.terms:
            return {}
        return {one.number: one.passage() for one in text_index().marked(words, numbers)}
