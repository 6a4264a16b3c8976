"""The lessons of all published designs: what a visitor asks for, and what that finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet, TextChoices
from django.urls import reverse
from django.utils.text import Truncator

from accounts.models import Cohort
from communities.enums import InsightBasis, InsightType, Kind

from .filters import Chip, Clause, Filter, Option
from .models import EntryInsight, EntryInsightValue
from .paging import page_numbers
from .vocabulary import Word, value_words

PAGE_SIZE = 20
# Words beyond these narrow nothing any more and cost a comparison each.
MOST_WORDS = 8


@dataclass(frozen=True, kw_only=True)
class InsightFacet:
    """A filter; `column` is where an insight says it. `verb` continues "Showing insights that"."""

    name: str
    title: str
    plural: str
    verb: str
    column: str = ""
    choices: type[TextChoices] | None = None
    is_open: bool = False
    shown: int = 8
    can_match_all: bool = False


VALUE = InsightFacet(name="value", title="Values", plural="values", verb="are about", is_open=True)
TYPE = InsightFacet(
    name="type",
    title="Type",
    plural="types",
    verb="are of type",
    column="type",
    choices=InsightType,
    is_open=True,
)
COHORT = InsightFacet(
    name="cohort",
    title="Cohort",
    plural="cohorts",
    verb="come from",
    column="entry__cohort_slug",
)
FACETS = (
    VALUE,
    TYPE,
    InsightFacet(
        name="basis",
        title="How we know",
        plural="grounds",
        verb="were",
        column="basis",
        choices=InsightBasis,
    ),
    InsightFacet(
        name="kind",
        title="Kind",
        plural="kinds",
        verb="come from a",
        column="entry__kind",
        choices=Kind,
    ),
    COHORT,
)


@dataclass(frozen=True)
class InsightState:
    """What is asked for; its address names only what differs from the default."""

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1

    def of(self, facet: str) -> tuple[str, ...]:
        return self.chosen.get(facet, ())

    def without_(self, facet: str, choice: str) -> "InsightState":
        left = tuple(one for one in self.of(facet) if one != choice)
        chosen = {**self.chosen, facet: left}
        return replace(self, chosen={f: c for f, c in chosen.items() if c}, page=1)

    def without_words(self) -> "InsightState":
        return replace(self, q="", page=1)

    def on_page(self, page: int) -> "InsightState":
        return replace(self, page=page)

    @property
    def number_chosen(self) -> int:
        return sum(map(len, self.chosen.values()))

    @property
    def query(self) -> str:
        pairs = [("q", self.q)] if self.q else []
        pairs += [(f.name, choice) for f in FACETS for choice in sorted(self.of(f.name))]
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return urlencode(pairs)

    @property
    def url(self) -> str:
        return f"{reverse('insights')}?{self.query}".rstrip("?")


@dataclass(frozen=True, kw_only=True)
class InsightNames:
    """What the choices of the filters are called. Three queries to make."""

    words: dict[str, Word]
    cohorts: dict[str, str]

    @classmethod
    def current(cls) -> "InsightNames":
        return cls(words=value_words(), cohorts=dict(Cohort.objects.values_list("slug", "name")))

    def choices(self, facet: InsightFacet) -> dict[str, str]:
        """All that may be chosen, with their names, in the order in which they stand."""
        if facet.choices:
            return dict(facet.choices.choices)
        if facet is VALUE:
            return {slug: word.name for slug, word in self.words.items()}
        return self.cohorts

    def mark(self, facet: InsightFacet, choice: str) -> str:
        return self.words[choice].mark if facet is VALUE and choice in self.words else ""


class InsightsPage:
    """What the page shows of one question: three queries for names, six for the rest."""

    def __init__(self, state: InsightState, hints: list[str], names: InsightNames):
        self.hints = hints
        self.names = names
        self._counts = {facet.name: _counts(facet, state) for facet in FACETS}
        types = self._counts[TYPE.name]
        # Each insight is of exactly one type, so that the total needs no query of its own.
        self.total = sum(types.get(choice, 0) for choice in state.of(TYPE.name) or types)
        self.last_page = max(1, -(-self.total // PAGE_SIZE))
        self.state = state.on_page(min(state.page, self.last_page))

    @cached_property
    def insights(self) -> list[EntryInsight]:
        start = (self.state.page - 1) * PAGE_SIZE
        rows = _narrowed(self.state, FACETS).select_related("entry")
        return list(rows.defer("entry__card")[start : start + PAGE_SIZE])

    @cached_property
    def filters(self) -> list[Filter]:
        return [found for facet in FACETS if (found := self._filter(facet))]

    @cached_property
    def clauses(self) -> list[Clause]:
        """The sentence of what is chosen, one clause for the words and one for each filter."""
        clauses = []
        if self.state.q:
            label = f"“{Truncator(self.state.q).chars(40)}”"
            chip = Chip(label=label, without=self.state.without_words())
            clauses.append(Clause(lead="that mention", joint="", chips=(chip,)))
        for facet in FACETS:
            if self.state.of(facet.name):
                lead = f"{'and' if clauses else 'that'} {facet.verb}"
                clauses.append(Clause(lead=lead, joint="or", chips=self._chips(facet)))
        return clauses

    @property
    def sentence(self) -> str:
        return " ".join(map(str, self.clauses))

    @property
    def pages(self) -> list[tuple[int, InsightState | None]]:
        numbers = page_numbers(self.state.page, self.last_page)
        return [(number, self.state.on_page(number) if number else None) for number in numbers]

    @property
    def previous(self) -> InsightState | None:
        return self.state.on_page(self.state.page - 1) if self.state.page > 1 else None

    @property
    def next(self) -> InsightState | None:
        page = self.state.page
        return self.state.on_page(page + 1) if page < self.last_page else None

    @property
    def next_size(self) -> int:
        return min(PAGE_SIZE, self.total - self.state.page * PAGE_SIZE)

    def _chips(self, facet: InsightFacet) -> tuple[Chip, ...]:
        choices = self.names.choices(facet)
        return tuple(
            Chip(
                label=choices[choice],
                without=self.state.without_(facet.name, choice),
                mark=self.names.mark(facet, choice),
            )
            for choice in self.state.of(facet.name)
        )

    def _filter(self, facet: InsightFacet) -> Filter | None:
        counts, chosen = self._counts[facet.name], self.state.of(facet.name)
        options = tuple(
            Option(
                choice=choice,
                label=label,
                count=counts.get(choice, 0),
                is_chosen=choice in chosen,
                mark=self.names.mark(facet, choice),
            )
            for choice, label in self.names.choices(facet).items()
            if choice in chosen or self._is_offered(facet, choice)
        )
        if not options:
            return None
        return Filter(facet=facet, shown=options[: facet.shown], more=options[facet.shown :])

    def _is_offered(self, facet: InsightFacet, choice: str) -> bool:
        if facet is VALUE:
            return not self.names.words[choice].is_retired
        return facet is TYPE or choice in self._counts[facet.name]


def _narrowed(state: InsightState, facets) -> QuerySet[EntryInsight]:
    insights = EntryInsight.objects.all()
    for word in state.q.split()[:MOST_WORDS]:
        insights = insights.filter(
            Q(headline__icontains=word) | Q(body__icontains=word) | Q(entry__title__icontains=word)
        )
    for facet in facets:
        if not (chosen := state.of(facet.name)):
            continue
        if facet is VALUE:
            tagged = EntryInsightValue.objects.filter(value__in=chosen)
            insights = insights.filter(pk__in=tagged.values("insight"))
        else:
            insights = insights.filter(**{f"{facet.column}__in": chosen})
    return insights


def _counts(facet: InsightFacet, state: InsightState) -> dict[str, int]:
    """For each choice how many insights there would be with it, given all else. One query."""
    among = _narrowed(state, [other for other in FACETS if other is not facet]).order_by()
    if facet is VALUE:
        rows = EntryInsightValue.objects.filter(insight__in=among).values_list("value")
    else:
        rows = among.values_list(facet.column)
    return dict(rows.annotate(Count("pk")))
