"""What is promised about writing, tried in full: `python -m benchmarks.writing`.

On a database of its own, with production settings and real server processes: 500 savings of four
people while the server is killed again and again, then 2,000 of fifty people in ten designs. It
fails when a word is lost.
"""

import argparse
import importlib
import json
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import trial
from benchmarks.pens import Pen, write_at_once, write_under_fire
from benchmarks.server import Server

SECTIONS = ("structure", "people", "calendar", "risks")
FAULTS = ("missing", "half_written", "repeated", "lost_updates", "errors")


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="writing-") as folder:
        found = _tried(options, Path(folder))
    print(json.dumps(found))
    return 1 if any(found[fault] for fault in FAULTS) else 0


def _options():
    parser = argparse.ArgumentParser(prog="python -m benchmarks.writing")
    parser.add_argument("--saves", type=int, default=500)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--editors", type=int, default=50)
    parser.add_argument("--designs", type=int, default=10)
    parser.add_argument("--edits", type=int, default=2_000)
    parser.add_argument("--database", default="", help="an empty PostgreSQL database; else SQLite")
    return parser.parse_args()


def _tried(options, folder: Path) -> dict:
    environment = trial.environment(folder, options.database)
    os.environ.update(environment)
    importlib.import_module("django").setup()
    server = Server(environment, folder=folder)
    server.start()
    try:
        fire = tried_under_fire(server, saves=options.saves, kills=options.kills)
        print(json.dumps(fire), file=sys.stderr, flush=True)
        together = tried_at_once(
            server, editors=options.editors, designs=options.designs, edits=options.edits
        )
    finally:
        server.kill()
    # An answer of the server's own that tells of a fault, in either part.
    errors = len(fire.pop("wrong")) + len(together.pop("strange"))
    return {
        "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
        "database": "postgresql" if options.database else "sqlite",
        "load": round(os.getloadavg()[0], 1),
        "ready_after": server.slowest,
        "errors": errors,
        **fire,
        **together,
    }


def tried_under_fire(server: Server, *, saves: int, kills: int) -> dict:
    """Four people, each with a section of one design, and a server that is killed."""
    from django.db import connection

    from communities.models import Section

    slugs, sessions = trial.people_and_designs(people=4, designs=1, name="fire")
    paths = [f"/studio/{slugs[0]}/document/{key}/" for key in SECTIONS]
    pens = [Pen(server, *pair) for pair in zip(sessions, paths, strict=True)]
    ours = Section.objects.filter(community__slug=slugs[0])

    def look() -> list[str]:
        texts = dict(ours.values_list("template__key", "body"))
        # The next to open it after a kill is to find it as it was left.
        connection.close()
        return [texts.get(key, "") for key in SECTIONS]

    found = write_under_fire(server, pens, saves=saves, kills=kills, seed=7, look=look)
    # One that was done twice would show in the count.
    counts = ours.values_list("revision", flat=True)
    found["repeated"] = sum(count != saves // len(pens) for count in counts)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found["integrity"] = cursor.fetchone()[0]
    return found


def tried_at_once(server: Server, *, editors: int, designs: int, edits: int) -> dict:
    """So many people in the same three sections of so many designs."""
    from communities.models import Section

    slugs, sessions = trial.people_and_designs(people=editors, designs=designs, name="many")
    pens = []
    for place, session in enumerate(sessions):
        design = f"/studio/{slugs[place % len(slugs)]}/document"
        pens.append([Pen(server, session, f"{design}/{key}/") for key in SECTIONS[:3]])
    found = write_at_once(pens, saves=edits, seed=11)
    rows = Section.objects.filter(community__slug__in=slugs)
    texts = {
        f"/studio/{row.community.slug}/document/{row.template.key}/": set(row.body.split())
        for row in rows.select_related("community", "template")
    }
    words = found.pop("words")
    lost = [word for path, word in words if word not in texts[path]]
    return {**found, "together": len(words), "lost_updates": len(lost)}


if __name__ == "__main__":
    sys.exit(main())
