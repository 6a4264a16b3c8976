"""Writes the stored sets of a corpus, inside the transaction of a change."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pyroaring import BitMap, FrozenBitMap

from .corpora import Corpus
from .models import FacetSet

# The names of choices that no list has, by facet and choice.
Labels = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Shelved:
    """One numbered thing: its choices by facet, its measures among them (Corpus.measures)."""

    number: int
    found_under: dict[str, list[str]]


def write_changes(
    corpus: Corpus, gone: list[Shelved], come: list[Shelved], labels: Labels, *, at: int
) -> None:
    """Take `gone` out of the sets and put `come` in; `at` is the generation's number.

    Reads and writes only what is touched: two queries.
    """
    removed, added = _by_key(corpus, gone), _by_key(corpus, come)
    names = {_key(corpus, *place): label for place, label in labels.items()}
    held = FacetSet.objects.in_bulk(sorted(removed.keys() | added.keys()))
    changed = []
    for key in sorted(removed.keys() | added.keys()):
        before = held.get(key)
        numbers = BitMap.deserialize(bytes(before.numbers)) if before else BitMap()
        numbers -= removed.get(key, BitMap())
        numbers |= added.get(key, BitMap())
        label = names.get(key, before.label if before else "")
        changed.append(FacetSet(key=key, label=label, numbers=_packed(numbers), changed_at=at))
    _write([row for row in changed if _differs(row, held.get(row.key))])


def write_anew(corpus: Corpus, things: list[Shelved], *, at: int) -> bool:
    """Make the stored sets those of exactly these things; says whether they differed."""
    sets = _by_key(corpus, things)
    held = {row.key: row for row in FacetSet.objects.filter(key__startswith=f"{corpus.name}/")}
    rows = [
        FacetSet(
            key=key,
            label=held[key].label if key in held else "",
            numbers=_packed(sets.get(key, BitMap())),
            changed_at=at,
        )
        for key in sorted(sets.keys() | held.keys())
    ]
    changed = [row for row in rows if _differs(row, held.get(row.key))]
    _write(changed)
    return bool(changed)


def name_choices(corpus: Corpus, things: list[Shelved], labels: Labels) -> None:
    """Keep the names of these things' choices for a later `write_anew`, where they have none."""
    keys = {
        (facet, choice)
        for thing in things
        for facet, choices in thing.found_under.items()
        for choice in choices
    }
    nothing = _packed(BitMap())
    FacetSet.objects.bulk_create(
        (
            FacetSet(key=_key(corpus, *key), label=labels[key], numbers=nothing, changed_at=0)
            for key in sorted(keys & labels.keys())
        ),
        ignore_conflicts=True,
    )


def _by_key(corpus: Corpus, things: list[Shelved]) -> dict[str, BitMap]:
    numbers = defaultdict(list)
    for thing in things:
        numbers[_key(corpus)].append(thing.number)
        for facet, choices in thing.found_under.items():
            for choice in choices:
                numbers[_key(corpus, facet, choice)].append(thing.number)
    return {key: BitMap(found) for key, found in numbers.items()}


def _key(corpus: Corpus, facet: str = "", choice: str = "") -> str:
    return f"{corpus.name}/{facet}/{choice}"


def _packed(numbers: BitMap) -> bytes:
    numbers.run_optimize()
    return numbers.serialize()


def _differs(row: FacetSet, before: FacetSet | None) -> bool:
    numbers = FrozenBitMap.deserialize(row.numbers)
    if before is None:
        return bool(numbers)
    # Not the bytes: one set can be written in several ways.
    return row.label != before.label or numbers != FrozenBitMap.deserialize(bytes(before.numbers))


def _write(rows: list[FacetSet]) -> None:
    FacetSet.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["label", "numbers", "changed_at"],
    )
