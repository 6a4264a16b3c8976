"""All published designs as bitmaps of their numbers, kept in memory by each process.

A request asks once which generation of the index is in the database. Only when that is another
than the one in memory is a new catalogue loaded, beside the old one, and put in its place whole:
a thread that still works with the old one is not disturbed.
"""

import threading
from array import array
from collections import defaultdict
from functools import lru_cache

from pyroaring import BitMap, FrozenBitMap

from .enums import Sort
from .models import Entry, EntryFacet, Generation
from .text import TextQuery, text_index

REMEMBERED_TEXTS = 64
NOTHING = FrozenBitMap()


class Catalogue:
    """One generation of the index. Nothing of it changes once it is made.

    `choices` holds for each filter the numbers under each choice, `labels` the names that were
    published with them, `orders` the numbers by participants and by how often they are built on.
    """

    def __init__(self, key: str, entries, facet_rows):
        """`entries` are (number, participants, built on), `facet_rows` EntryFacet as tuples."""
        entries = list(entries)
        self.key = key
        self.everything = FrozenBitMap(number for number, *_ in entries)
        self.orders = {
            Sort.PARTICIPANTS: _ordered(entries, by=1),
            Sort.BUILT_ON: _ordered(entries, by=2),
        }
        collected = defaultdict(lambda: defaultdict(list))
        labels = defaultdict(dict)
        for number, facet, choice, label in facet_rows:
            collected[facet][choice].append(number)
            labels[facet][choice] = label
        self.labels = dict(labels)
        self.choices = {
            facet: {choice: FrozenBitMap(numbers) for choice, numbers in choices.items()}
            for facet, choices in collected.items()
        }
        self.ranked = lru_cache(REMEMBERED_TEXTS)(_ranked)

    def under(self, facet: str, choice: str) -> BitMap:
        return self.choices.get(facet, {}).get(choice, NOTHING)


def current_catalogue() -> Catalogue:
    """That of the index as it is now. One query; three more when it changed since the last."""
    global _current
    key = Generation.current()
    if _current is None or _current.key != key:
        with _loading:
            # Asked again: whoever loaded while we waited may have found a newer one.
            key = Generation.current()
            if _current is None or _current.key != key:
                _current = _load(key)
    return _current


_current: Catalogue | None = None
_loading = threading.Lock()


def _load(key: str) -> Catalogue:
    entries = Entry.objects.values_list("number", "participants", "built_on_count")
    facets = EntryFacet.objects.order_by("entry_id").values_list(
        "entry_id", "facet", "choice", "label"
    )
    return Catalogue(key, entries.iterator(), facets.iterator())


def _ordered(entries, *, by: int) -> array:
    """The highest first; equals newest first."""
    return array("L", [row[0] for row in sorted(entries, key=lambda row: (-row[by], -row[0]))])


def _ranked(query: TextQuery) -> tuple[array, FrozenBitMap]:
    """What the words find, in order of relevance and as a set."""
    numbers = text_index().ranked(query)
    return array("L", numbers), FrozenBitMap(numbers)
