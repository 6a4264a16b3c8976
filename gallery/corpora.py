"""What can be searched: the designs, and the lessons of all designs."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from .enums import Sort
from .facets import DESIGN_FACETS, INSIGHT_FACETS, Facet


@dataclass(frozen=True, eq=False, kw_only=True)
class Corpus:
    """One collection of numbered things with its facets, its orders and its words.

    `name` is also the name of its address, `noun` what one of it is called; `table` holds its
    words (models.SearchedText). `measures` are the orders beside newest and relevance: of each
    amount of a measure a set is kept, as of each choice of a facet.
    """

    name: str
    noun: str
    table: str
    facets: tuple[Facet, ...]
    measures: tuple[Sort, ...] = ()

    @cached_property
    def url(self) -> str:
        """The address of all of it."""
        return reverse(self.name)

    @property
    def sorts(self) -> tuple[Sort, ...]:
        return (Sort.RELEVANCE, Sort.NEWEST, *self.measures)


DESIGNS = Corpus(
    name="designs",
    noun="design",
    table="gallery_entrytext",
    facets=DESIGN_FACETS,
    measures=(Sort.PARTICIPANTS, Sort.BUILT_ON),
)
INSIGHTS = Corpus(
    name="insights", noun="insight", table="gallery_insighttext", facets=INSIGHT_FACETS
)
CORPORA = (DESIGNS, INSIGHTS)
