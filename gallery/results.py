"""A page of results: what was found, what narrows it, and what to do when nothing was."""

from dataclasses import replace
from functools import cached_property
from typing import Self

from django.contrib.humanize.templatetags.humanize import intcomma

from communities.enums import Kind

from .cards import CARD_FIELDS, Card, card_of, is_over
from .catalogue import Catalogue, current_catalogue
from .corpora import DESIGNS, INSIGHTS, Corpus
from .enums import Sort
from .filters import Clause, Filter, Labels, clauses_of, filters_of
from .forms import SearchForm
from .models import Entry, EntryInsight
from .paging import page_numbers
from .search import Search, SearchState
from .text import Passage, text_index
from .vocabulary import KIND_MEANINGS, Word
from .ways_out import WaysOut


class ResultsPage:
    """What the page shows of one search. At most ten queries, however much there is."""

    corpus: Corpus
    size: int

    def __init__(self, state: SearchState, hints: list[str], catalogue: Catalogue):
        self.hints = hints
        self.catalogue = catalogue
        self.search = Search(state, catalogue)
        self.total = self.search.total
        self.last_page = max(1, -(-self.total // self.size))
        self.state = state.on_page(min(state.page, self.last_page))
        self._labels = Labels(catalogue)

    @classmethod
    def of(cls, query, *, generation: str | None = None) -> Self:
        """For the query string of a request, whatever is in it.

        `generation` is the state of the index where it was just asked for.
        """
        catalogue = current_catalogue(cls.corpus, generation=generation)
        form = SearchForm(query, catalogue=catalogue)
        return cls(form.state, form.hints, catalogue)

    @cached_property
    def numbers(self) -> list[int]:
        """Those on this page, in their order."""
        start = (self.state.page - 1) * self.size
        return self.search.numbers(start, start + self.size)

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
    def heading(self) -> str:
        """How much was found."""
        noun = self.corpus.noun
        if not self.total:
            return f"No {noun}s match"
        return f"{intcomma(self.total)} {noun}{'' if self.total == 1 else 's'}"

    @property
    def title(self) -> str:
        """The same with what was asked for, as the window and a bookmark say it."""
        found = self.heading if self.total else f"No {self.corpus.noun}s"
        page = f", page {self.state.page}" if self.state.page > 1 else ""
        return f"{found}{f' {self.sentence}' if self.sentence else ''}{page}"

    @property
    def definitions(self) -> tuple[Word, ...]:
        return tuple(word for word in self.catalogue.words.values() if not word.is_retired)

    @property
    def kind_meanings(self) -> tuple[tuple[Kind, str], ...]:
        return tuple(KIND_MEANINGS.items())

    @property
    def suggests(self) -> str:
        """Where suggestions for this page's fields come from."""
        return f"{self.corpus.url}suggest"

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        """Value, label and whether it is in force. The order that suits the search has no value."""
        state = self.state
        offered = [sort for sort in self.corpus.sorts if sort is not Sort.RELEVANCE]
        if state.words.terms:
            offered.insert(0, Sort.RELEVANCE)
        return [
            (
                "" if sort is state.fitting_sort else sort.value,
                sort.label,
                sort is self.state.sorted_by,
            )
            for sort in offered
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
        return min(self.size, self.total - self.state.page * self.size)

    @property
    def pages(self) -> list[tuple[int, SearchState | None]]:
        numbers = page_numbers(self.state.page, self.last_page)
        return [(n, self.state.on_page(n) if n else None) for n in numbers]

    @property
    def is_filtered(self) -> bool:
        return bool(self.state.query)

    @cached_property
    def ways_out(self) -> WaysOut:
        return WaysOut(self.search, self.clauses)


class DesignsPage(ResultsPage):
    corpus = DESIGNS
    size = 12

    @cached_property
    def cards(self) -> list[Card]:
        """Those on this page with their passages."""
        cards = {card.number: card for card in self.cards_of(self.numbers)}
        return [
            replace(cards[number], passage=self.passages.get(number))
            for number in self.numbers
            if number in cards
        ]

    def cards_of(self, numbers) -> list[Card]:
        """Without passages and in any order; they answer for the values chosen. One query."""
        entries = Entry.objects.only(*CARD_FIELDS).filter(number__in=list(numbers)).order_by()
        return [card_of(entry, values=self.state.of("value")) for entry in entries]

    @property
    def card_keys(self) -> dict[int, tuple]:
        """For each design on the page what changes when its card does.

        A picture may be hidden, and an address changed, without a new version. One query, for
        those that this generation was not asked for before.
        """
        known = self.catalogue.remembered.setdefault("card keys", {})
        missing = [number for number in self.numbers if number not in known]
        if missing:
            rows = Entry.objects.filter(number__in=missing).order_by()
            columns = ("number", "version", "slug", "card__cover__key", "card__cover__until")
            known.update((row[0], row) for row in rows.values_list(*columns))
        found = {number: known[number] for number in self.numbers if number in known}
        return {number: (*key, is_over(key[-1] or "")) for number, key in found.items()}

    @cached_property
    def passages(self) -> dict[int, Passage | None]:
        """Of the designs on this page that hold the words."""
        terms, numbers = self.state.words.terms, self.numbers
        if not terms or not numbers:
            return {}
        marked = text_index(self.corpus.table).marked(terms, numbers)
        return {one.number: one.passage() for one in marked}


class InsightsPage(ResultsPage):
    corpus = INSIGHTS
    size = 20

    @cached_property
    def insights(self) -> list[EntryInsight]:
        """Those on this page."""
        found = {insight.number: insight for insight in self.insights_of(self.numbers)}
        return [found[number] for number in self.numbers if number in found]

    def insights_of(self, numbers) -> list[EntryInsight]:
        """In any order. One query."""
        rows = EntryInsight.objects.filter(number__in=list(numbers)).select_related("entry")
        return list(rows.defer("entry__card", "entry__excerpts", "entry__found_under").order_by())
