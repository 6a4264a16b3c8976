"""All published things as bitmaps of their numbers, kept in memory by each process.

A request asks once which generation of the index is in the database. Only when that is another
than the one in memory are the sets that changed since loaded, and a new catalogue made of them
and put in the place of the old one whole: a thread that still works with that is not disturbed.
"""

import threading
from collections import defaultdict
from functools import cached_property, lru_cache, reduce
from operator import or_
from typing import Any

from django.db.models import Q
from pyroaring import BitMap, FrozenBitMap

from .corpora import DESIGNS, Corpus
from .enums import Sort
from .models import FacetSet, Generation
from .text import text_index
from .vocabulary import Word, value_words

REMEMBERED_TEXTS = 256
# Some 100 bytes for each topic that they rank.
REMEMBERED_RANKINGS = 32
IN_A_GROUP = 32
NOTHING = FrozenBitMap()


# How many of one choice stand under another, and that other with its numbers.
Ranked = tuple[int, str, FrozenBitMap]


class Group:
    """Some choices of about one size, that with most first; `all` is what any of them holds."""

    def __init__(self, sets: list[Ranked]):
        self.sets = sets
        self.most = sets[0][0]
        self.all = FrozenBitMap.union(*(numbers for *_, numbers in sets))


class Catalogue:
    """One generation of one corpus. Nothing of it changes once it is made.

    `everything` are all numbers, `choices` holds for each filter the numbers under each choice,
    `labels` the names that were published with them. A measure is held like a filter.
    """

    def __init__(self, key: str, corpus: Corpus, choices, labels):
        """`choices` and `labels` by facet and choice; "" is the facet and choice of all."""
        self.key = key
        self.corpus = corpus
        self.choices: dict[str, dict[str, FrozenBitMap]] = choices
        self.labels: dict[str, dict[str, str]] = labels
        self.everything: FrozenBitMap = choices.get("", {}).get("", NOTHING)
        # What pages work out from this generation alone, by their own names.
        self.remembered: dict[str, Any] = {}
        self._groups: dict[str, list[Group]] = {}
        self._by_measure: dict[str, list[FrozenBitMap]] = {}
        self.ranked = lru_cache(REMEMBERED_RANKINGS)(self._ranked)
        self.holding = lru_cache(REMEMBERED_TEXTS)(text_index(corpus.table).holding)
        self.holding_any = lru_cache(REMEMBERED_TEXTS)(text_index(corpus.table).holding_any)

    @cached_property
    def words(self) -> dict[str, Word]:
        """The vocabulary, which is part of the generation. Two queries, once."""
        return value_words()

    def under(self, facet: str, choice: str) -> BitMap:
        return self.choices.get(facet, {}).get(choice, NOTHING)

    def groups(self, facet: str) -> list[Group]:
        """The choices of a facet, those with most of everything first, some at a time."""
        if facet not in self._groups:
            sets = self._ranked(facet, "", "")
            self._groups[facet] = [Group(sets[at : at + IN_A_GROUP]) for at in _starts(len(sets))]
        return self._groups[facet]

    def _ranked(self, facet: str, other: str, choice: str) -> list[Ranked]:
        """The choices of a facet that are found under this choice of another, most first.

        `ranked` is the same, remembered.
        """
        among = self.under(other, choice)
        sets = [
            (among.intersection_cardinality(numbers), name, numbers)
            for name, numbers in self.choices.get(facet, {}).items()
        ]
        return sorted((row for row in sets if row[0]), key=lambda row: (-row[0], row[1]))

    def by_measure(self, sort: Sort) -> list[FrozenBitMap]:
        """What has one amount each, the highest amount first."""
        if sort not in self._by_measure:
            sets = self.choices.get(sort, {})
            self._by_measure[sort] = [
                sets[amount] for amount in sorted(sets, key=int, reverse=True)
            ]
        return self._by_measure[sort]

    def under_any(self, facet: str, choices) -> BitMap:
        return reduce(or_, (self.under(facet, choice) for choice in choices), NOTHING)


def _starts(total: int) -> range:
    return range(0, total, IN_A_GROUP)


def current_catalogue(corpus: Corpus = DESIGNS, *, generation: str | None = None) -> Catalogue:
    """That of the index as it is now. One query; two more when it changed since the last.

    Of a change, only the sets that it wrote are loaded. Who has just read the key of the
    `generation` spares that query.
    """
    held = _held.get(corpus)
    if held is None or held.key != (generation or Generation.current()):
        with _loading:
            # Asked anew: whoever loaded while we waited may have found a newer one.
            held = _held.get(corpus)
            state = Generation.objects.filter(pk=Generation.ONLY).first() or Generation()
            if held is None or held.key != str(state):
                held = _held[corpus] = _loaded(corpus, state, held)
    return held


def forget() -> None:
    """Load everything anew when it is next asked for."""
    _held.clear()


_held: dict[Corpus, Catalogue] = {}
_loading = threading.Lock()


def _loaded(corpus: Corpus, state: Generation, before: Catalogue | None) -> Catalogue:
    """The catalogue of this state, made from the one before where the state came from that."""
    begun = before if before and state.follows(before.key) else None
    since = Q(changed_at__gt=begun.key.partition("-")[0]) if begun else Q()
    of_corpus = FacetSet.objects.filter(key__startswith=f"{corpus.name}/")
    choices = defaultdict(dict, {f: {**sets} for f, sets in begun.choices.items()} if begun else {})
    labels = defaultdict(dict, {f: {**names} for f, names in begun.labels.items()} if begun else {})
    for key, label, stored in of_corpus.filter(since).values_list("key", "label", "numbers"):
        _, facet, choice = key.split("/", 2)
        numbers = FrozenBitMap.deserialize(bytes(stored))
        if numbers:
            choices[facet][choice] = numbers
            labels[facet][choice] = label
        else:
            choices[facet].pop(choice, None)
            labels[facet].pop(choice, None)
    return Catalogue(str(state), corpus, dict(choices), dict(labels))
