"""The gallery's own search, through the door that its pages use."""

import sys

from benchmarks.engines import TOP, Answer
from benchmarks.workload import PAGE, Query
from gallery.catalogue import current_catalogue
from gallery.corpora import DESIGNS
from gallery.search import Search, SearchState


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
    for holder in (current_catalogue(), *_modules("gallery.text", "gallery.catalogue")):
        _clear(holder)


def _modules(*beginnings: str):
    named = [(name, module) for name, module in sys.modules.items() if module is not None]
    return [module for name, module in named if name.startswith(beginnings)]


def _clear(holder) -> None:
    """Every lru_cache among its attributes."""
    for memory in list(vars(holder).values()):
        if callable(getattr(memory, "cache_clear", None)) and not isinstance(memory, type):
            memory.cache_clear()
