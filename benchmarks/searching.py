"""Times the engines against each other: the same searches, in turns, in random order."""

import random
import statistics
from collections import defaultdict
from collections.abc import Iterable

from benchmarks.places import Place
from benchmarks.workers import Worker

# The plain way takes seconds at 100,000, so that it answers fewer searches, once each.
PLAIN_SEARCHES = {1_000: 60, 10_000: 24}
FEWEST = 12
# It takes seconds at 1,000 already.
MODELSEARCH_DESIGNS = 1_000


def measured(places: list[Place], *, rounds: int, peers: Iterable[str], tell) -> list[dict]:
    """One row for each database, engine, memory (cold or warm) and class: least and mean ms."""
    workers = {place: Worker(place) for place in places}
    try:
        return _rows(_times(workers, rounds, set(peers), tell))
    finally:
        for worker in workers.values():
            worker.__exit__()


def _times(workers: dict[Place, Worker], rounds: int, peers: set[str], tell):
    """(database, designs, engine, memory, class, query) → milliseconds of each round."""
    rng, times = random.Random(3), defaultdict(list)
    asked = {place: worker.ask("queries") for place, worker in workers.items()}
    for worker in workers.values():
        for _ in range(2):
            worker.ask("search", engine="ours", query=asked[worker.place][0])
    for round_ in range(rounds):
        tell(f"searches, round {round_ + 1} of {rounds}")
        for number in rng.sample(range(60), k=60):
            turns = [
                (place, *engine)
                for place in workers
                for engine in _engines(place, peers, round_, number)
            ]
            rng.shuffle(turns)
            for place, engine, memory in turns:
                query = asked[place][number]
                done = workers[place].ask(
                    "search", engine=engine, query=query, cold=memory == "cold"
                )
                key = (place.database, place.designs, engine, memory, query["kind"], query["id"])
                times[key].append(done["ms"])
    return times


def _engines(place: Place, peers: set[str], round_: int, number: int):
    yield "ours", "cold"
    yield "ours", "warm"
    if place.database != "sqlite":
        return
    if "tantivy" in peers:
        yield "tantivy", "cold"
    step = 60 // PLAIN_SEARCHES.get(place.designs, FEWEST)
    if "plain" in peers and round_ == 0 and number % step == 0:
        yield "plain", "cold"
    if "modelsearch" in peers and round_ == 0 and place.designs <= MODELSEARCH_DESIGNS:
        yield "modelsearch", "cold"


def _rows(times) -> list[dict]:
    """The median round of each search, and of these the mean over its class."""
    medians = defaultdict(list)
    for (*key, _query), spent in times.items():
        medians[tuple(key)].append(statistics.median(spent))
    names = ("database", "designs", "engine", "memory", "class")
    return [
        {**dict(zip(names, key, strict=True)), "ms": statistics.mean(ms), "searches": len(ms)}
        for key, ms in medians.items()
    ]


def mean(rows: list[dict], *, text: bool | None = None, classes=None, **where) -> float | None:
    """Mean ms of a search over the rows that fit; `text` restricts to searches with or without."""
    fitting = [
        row
        for row in rows
        if all(row[name] == value for name, value in where.items())
        and (text is None or has_text(row["class"]) is text)
        and (classes is None or row["class"] in classes)
    ]
    searches = sum(row["searches"] for row in fitting)
    return sum(row["ms"] * row["searches"] for row in fitting) / searches if searches else None


def has_text(kind: str) -> bool:
    return "word" in kind or kind == "prefix"
