"""The gallery's own search, through the door that its pages use."""

from benchmarks.engines import TOP, Answer
from benchmarks.workload import PAGE, Query
from gallery.catalogue import current_catalogue
from gallery.corpora import DESIGNS
from gallery.search import Search, SearchState
from gallery.text import parse


def search(query: Query) -> Answer:
    chosen = {facet: tuple(choices) for facet, choices in query.chosen.items()}
    state = SearchState(q=query.q, chosen=chosen, match=query.match, page=query.page)
    found = Search(state, current_catalogue())
    start = (query.page - 1) * PAGE
    return Answer(
        numbers=list(found.numbers(start, start + PAGE)),
        total=found.total,
        counts={facet.name: _counts(found, facet) for facet in DESIGNS.facets},
    )


def _counts(found: Search, facet) -> dict[str, int]:
    """As the page needs them."""
    return found.most_found(facet, TOP[facet.name]) if facet.name in TOP else found.counts(facet)


def forget() -> None:
    """What this process remembers of the words that were searched for before."""
    catalogue = current_catalogue()
    for memory in (catalogue.holding, catalogue.holding_any, parse):
        memory.cache_clear()
