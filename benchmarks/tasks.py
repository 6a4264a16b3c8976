"""What a worker can be asked to do; each answers with plain data."""

import gc
import os
from array import array
from functools import cache
from pathlib import Path

from django.db import connection
from pyroaring import BitMap, BitMap64, FrozenBitMap, FrozenBitMap64

from benchmarks import workload
from benchmarks.brute import Reader
from benchmarks.engines import ours
from benchmarks.faults import faults
from benchmarks.places import BENCH
from benchmarks.worker import timed
from benchmarks.workload import Query
from gallery.catalogue import current_catalogue
from gallery.models import Entry

BITMAPS = (BitMap, FrozenBitMap, BitMap64, FrozenBitMap64)


_begun: set[str] = {"ours"}


def queries() -> list[dict]:
    return [query.as_dict() for query in workload.workload(_designs())]


def search(engine: str, query: dict, cold: bool = True) -> dict:
    """One operation: a page of numbers, the total and all counts."""
    asked = Query(**query)
    if engine == "ours" and cold:
        ours.forget()
        # The catalogue itself is at hand in any worker that has answered before.
        current_catalogue()
    if engine == "ours" and not cold:
        ours.search(asked)
    if engine not in _begun:
        # What an engine does but once, such as filling its index, is no part of a search.
        _engine(engine)(asked)
        _begun.add(engine)
    answer, spent = timed(_engine(engine), asked)
    return {**spent, "total": answer.total, "first": answer.numbers[:3]}


def verify() -> list[str]:
    """What differs from brute force, query by query; nothing when all is right."""
    reader = Reader()
    engines = ["ours"] + (["tantivy"] if _has_tantivy() else [])
    asked = [Query(**query) for query in queries()]
    return [
        f"{engine}, {query.id}: {fault}"
        for query in asked
        for engine in engines
        for fault in faults(
            reader, _engine(engine)(query), query, has_own_relevance=engine == "tantivy"
        )
    ]


def ready() -> dict:
    """Until a process that is connected has what it needs in memory; call it first of all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    before = _resident()
    catalogue, spent = timed(current_catalogue)
    entries = len(catalogue.everything)
    for query in workload.workload(_designs()):
        ours.search(query)
    gc.collect()
    return {
        **spent,
        "entries": entries,
        "bytes": _size_of(catalogue) / entries,
        "resident": (_resident() - before) / entries,
    }


def publications(count: int) -> list[dict]:
    from benchmarks import publishing

    return publishing.measured(count)


def pages(rounds: int, count: int) -> dict:
    from benchmarks import http

    asked = [Query(**query) for query in queries()]
    return http.measured(asked, rounds=rounds, count=count)


def site_pages(rounds: int) -> list[dict]:
    from benchmarks import http

    return http.site_pages(rounds)


def _designs() -> int:
    return Entry.objects.count()


def _engine(name: str):
    if name == "ours":
        return ours.search
    if name == "tantivy":
        return _tantivy().search
    if name == "modelsearch":
        from benchmarks.engines import wagtails

        return wagtails.search
    from benchmarks.engines import plain

    return plain.search


@cache
def _tantivy():
    from benchmarks.engines.rust import Tantivy

    return Tantivy(BENCH / f"tantivy-{_designs()}-{connection.vendor}")


def _has_tantivy() -> bool:
    return connection.vendor == "sqlite" and "BENCH_WITHOUT_TANTIVY" not in os.environ


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _size_of(thing, seen=None) -> int:
    """Bytes of the bitmaps, arrays and blobs that are reached from it."""
    seen = set() if seen is None else seen
    if id(thing) in seen:
        return 0
    seen.add(id(thing))
    if isinstance(thing, BITMAPS):
        return len(thing.serialize())
    if isinstance(thing, array | memoryview):
        return len(thing) * thing.itemsize
    if isinstance(thing, bytes | bytearray):
        return len(thing)
    if isinstance(thing, dict):
        return sum(_size_of(one, seen) for pair in thing.items() for one in pair)
    if isinstance(thing, list | tuple | set | frozenset):
        return sum(_size_of(one, seen) for one in thing)
    module = type(thing).__module__
    if module.startswith("gallery.") and not isinstance(thing, type):
        names = [n for c in type(thing).__mro__ for n in getattr(c, "__slots__", ())]
        parts = [*vars(thing).values()] if hasattr(thing, "__dict__") else []
        parts += [getattr(thing, name) for name in names if hasattr(thing, name)]
        return sum(_size_of(one, seen) for one in parts)
    return 0
