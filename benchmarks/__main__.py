"""`make bench`: what each page costs, as a multiple of an empty page through the same middleware.

Uses the demo content in a database of its own (var/bench). Pages take turns, so that whatever else
the machine does touches all alike; the smallest processor time of all rounds counts.
"""

import json
import os
import platform
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
ROUNDS = 25
EMPTY = "/healthz"
PAGES = (
    "/",
    "/designs/",
    "/designs/?value=belonging&value=play",
    "/designs/?value=belonging&value=play&match=all",
    "/designs/?q=table",
    "/designs/?q=table&value=care",
    "/designs/the-mending-circle/",
    "/designs/the-mending-circle/export.json",
    "/values/",
    "/values/belonging/",
    "/insights/",
    "/insights/?value=trust",
)


def prepare():
    """A site of its own with the demo content; returns its test client."""
    os.environ["VAR_DIR"] = str(ROOT / "var" / "bench")
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gallery.settings")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("demo", if_empty=True)
    return Client(SERVER_NAME="localhost")


def measured(client) -> dict[str, tuple[float, int]]:
    """Page → least milliseconds of processor time and queries, over all rounds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = {}
    for page in (EMPTY, *PAGES):
        assert client.get(page).status_code == 200, page
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        found[page] = (float("inf"), len(queries))
    for _ in range(ROUNDS):
        for page, (least, queries) in found.items():
            started = time.process_time()
            client.get(page)
            found[page] = (min(least, (time.process_time() - started) * 1000), queries)
    return found


def main() -> int:
    figures = measured(prepare())
    empty, _ = figures[EMPTY]
    rows = [
        {"page": page, "ms": round(ms, 2), "times_empty": round(ms / empty, 1), "queries": queries}
        for page, (ms, queries) in figures.items()
    ]
    print(f"{'page':<48} {'ms':>7} {'× empty':>8} {'queries':>8}")
    for row in rows:
        print(f"{row['page']:<48} {row['ms']:>7} {row['times_empty']:>8} {row['queries']:>8}")
    RESULTS.mkdir(exist_ok=True)
    now = datetime.now(UTC)
    machine = {"python": platform.python_version(), "cores": os.cpu_count()}
    report = {"at": now.isoformat(timespec="seconds"), "machine": machine, "pages": rows}
    target = RESULTS / f"pages-{now:%Y%m%d-%H%M%S}.json"
    target.write_text(json.dumps(report, indent=2) + "\n")
    print(f"Written to {target.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
