"""`make bench`: what searching and pages cost, as ratios within one run.

    python -m benchmarks [--designs 1000 10000] [--quick] [--verify] [--only search pages …]

Everything is measured in worker processes (benchmarks.worker), one for each database, of which
one works at a time. The databases are made by `manage.py seed` under var/bench and reused.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import comparing, report, searching
from benchmarks.places import RESULTS, ROOT, Place, empty_postgresql, postgresql_is_there
from benchmarks.workers import Worker

PARTS = ("search", "http", "ready", "publish", "pages", "writing", "pictures", "comparing")
# What these cost does not depend on how many designs there are.
WITHOUT_DESIGNS = {"writing", "pictures", "comparing"}
DEFAULT = [1_000, 10_000]
# The plain way and the brute force hold for so many designs in reasonable time.
MOST_VERIFIED = 10_000


def main() -> int:
    options = _options()
    why_not = postgresql_is_there()
    if why_not:
        print(f"PostgreSQL takes no part: {why_not}")
    databases = ["sqlite"] if why_not else ["sqlite", "postgresql"]
    sizes = sorted(set(options.designs)) if set(options.only) - WITHOUT_DESIGNS else []
    places = [Place(database, n) for n in sizes for database in databases]
    for place in places:
        print(f"{place.database} with {place.designs} designs:")
        place.make()
    if options.verify:
        return _verify([place for place in places if place.designs <= MOST_VERIFIED])
    found = {"at": f"{datetime.now(UTC):%Y-%m-%d %H:%M}", "machine": _machine()}
    found |= {"postgresql": why_not or "took part", "quick": options.quick}
    target = RESULTS / f"bench-{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    for part, rows in _measured(places, databases, options):
        found[part] = rows
        _write(found, target)
    print(report.text(found))
    print(
        f"Written to {target.relative_to(ROOT)}; as Markdown: python -m benchmarks.report {target}"
    )
    # What writing promises holds on any machine; how quick things are does not.
    promises = report.goals({"writing": found.get("writing", [])})
    return 1 if any(is_kept is False for *_, is_kept in promises) else 0


def _options():
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--designs", type=int, nargs="+", default=DEFAULT, metavar="N")
    parser.add_argument("--quick", action="store_true", help="one round, without the plain way")
    parser.add_argument("--verify", action="store_true", help="compare all answers, time nothing")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    return parser.parse_args()


def _verify(places: list[Place]) -> int:
    wrong = 0
    for place in places:
        with Worker(place) as worker:
            faults = worker.ask("verify")
        print(f"{place.database}, {place.designs}: {len(faults) or 'nothing'} differs")
        print("\n".join(f"  {fault}" for fault in faults[:20]))
        # What a peer takes for the same word is its own affair.
        wrong += sum(fault.startswith("ours") for fault in faults)
    return 1 if wrong else 0


def _measured(places: list[Place], databases: list[str], options):
    """Each part with its rows, as soon as it is done."""
    rounds = 1 if options.quick else 5
    if "search" in options.only:
        peers = _peers(options.quick)
        yield "search", searching.measured(places, rounds=rounds, peers=peers, tell=_tell)
    for part, ask in _ASKED.items():
        if part in options.only:
            asked = ask(options.quick)
            yield part, [row for place in places for row in _asked(part, place, asked)]
    if "pages" in options.only:
        with Worker(places[0]) as worker:
            yield "pages", worker.ask("site_pages", rounds=rounds * 4)
    for part in ("writing", "pictures"):
        rows = []
        for database in databases if part in options.only else ():
            rows.append(_tried(part, database, options.quick))
            yield part, rows
    if "comparing" in options.only:
        _tell("comparing")
        yield "comparing", comparing.measured()


def _tried(part: str, database: str, quick: bool) -> dict:
    """What benchmarks.writing or .pictures finds in a process and a database of its own."""
    _tell(f"{part}, {database}")
    command = [sys.executable, "-m", f"benchmarks.{part}", *(_QUICK[part] if quick else ())]
    if database == "postgresql":
        command += ["--database", empty_postgresql()]
        # What a photograph costs has nothing to do with the database, and takes two minutes.
        command += ["--only", "crowd", "kills"] if part == "pictures" else []
    # It ends with an error where something was lost, and says so in what it found.
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if not done.stdout:
        raise RuntimeError(f"{part} on {database} found nothing and ended with {done.returncode}")
    return json.loads(done.stdout)


_QUICK = {
    "writing": ("--saves", "100", "--kills", "5", "--edits", "200"),
    "pictures": ("--rounds", "1", "--photos", "6", "--uploads", "20", "--kills", "4"),
}


def _asked(part: str, place: Place, asked: dict) -> list[dict]:
    _tell(f"{part}, {place.database}, {place.designs}")
    with Worker(place) as worker:
        return _with_place(place, worker.ask(**asked))


_ASKED = {
    "http": lambda quick: {"do": "pages", "rounds": 2 if quick else 8, "count": 24},
    "ready": lambda quick: {"do": "ready"},
    "publish": lambda quick: {"do": "publications", "count": 5 if quick else 20},
}


def _with_place(place: Place, answer) -> list[dict]:
    rows = answer if isinstance(answer, list) else [answer]
    return [{"database": place.database, "designs": place.designs, **row} for row in rows]


def _peers(quick: bool) -> list[str]:
    return ["tantivy"] if quick else ["plain", "tantivy", "modelsearch"]


def _machine() -> dict:
    model = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    return {
        "processor": model[0] if model else platform.processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
    }


def _write(found: dict, target: Path) -> None:
    RESULTS.mkdir(exist_ok=True)
    target.write_text(json.dumps(found, indent=1) + "\n")


def _tell(text: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {text}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
