"""What is promised about pictures, tried in full: `python -m benchmarks.pictures`.

Three parts: what photographs of twelve megapixels cost against plain Pillow (`cost`), twenty of
them sent at once while somebody looks at pages (`crowd`), and uploads during which the server is
killed again and again (`kills`). The last two have a database of their own, production settings
and real server processes. It ends with an error when a promise about files is broken.
"""

import argparse
import importlib
import json
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

from benchmarks import trial
from benchmarks.cameras import Camera, faults, send_under_fire
from benchmarks.photographs import as_jpeg, compared, photograph
from benchmarks.server import PATIENCE, Server

PARTS = ("cost", "crowd", "kills")
# The first two are answered from memory, the last two never.
PAGES = ("/", "/designs/", "/healthz", "/studio/", "/studio/{slug}/")


def main() -> int:
    options = _options()
    found = {"at": f"{datetime.now(UTC):%Y-%m-%d %H:%M}", "load": round(os.getloadavg()[0], 1)}
    found["database"] = "postgresql" if options.database else "sqlite"
    for part, figures in _tried(options):
        found[part] = figures
        print(json.dumps({part: figures}), file=sys.stderr, flush=True)
    print(json.dumps(found))
    return 1 if any(found.get("kills", {}).get("faults", {}).values()) else 0


def _options():
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pictures")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--rounds", type=int, default=7, help="of the cost")
    parser.add_argument("--photos", type=int, default=20, help="sent at once")
    parser.add_argument("--uploads", type=int, default=200, help="under fire")
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--database", default="", help="an empty PostgreSQL database; else SQLite")
    return parser.parse_args()


def _tried(options) -> Iterator[tuple[str, dict]]:
    if "cost" in options.only:
        yield "cost", compared(options.rounds)
    if {"crowd", "kills"} & set(options.only):
        with _site(options.database) as server:
            if "crowd" in options.only:
                yield "crowd", tried_in_a_crowd(server, options.photos)
            if "kills" in options.only:
                yield (
                    "kills",
                    tried_under_fire(server, uploads=options.uploads, kills=options.kills),
                )


@contextmanager
def _site(database: str) -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        environment = trial.environment(Path(folder), database)
        environment |= {"PHOTOS_PER_COMMUNITY": "1000"}
        os.environ.update(environment)
        importlib.import_module("django").setup()
        server = Server(environment, folder=Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.kill()


def tried_in_a_crowd(server: Server, photos: int) -> dict:
    """Memory of the web processes and what pages take, while photographs arrive."""
    cameras, (onlooker,) = _cameras(server, "crowd", photos), _cameras(server, "onlooker", 1)
    photo = as_jpeg(photograph(2))
    usual = {page: [] for page in PAGES}
    for _ in range(40):
        for page in PAGES:
            usual[page].append(_seconds(onlooker, page))
    meanwhile, began = {page: [] for page in PAGES}, time.monotonic()
    # In a process of their own, or whoever looks at pages would wait for them and not for the site.
    with ProcessPoolExecutor(1) as pool:
        sent = pool.submit(_send_at_once, cameras, photo)
        while not sent.done():
            for page in PAGES:
                meanwhile[page].append(_seconds(onlooker, page))
            time.sleep(0.01)
    statuses = sent.result()
    return {
        "photos": photos,
        "megabytes_each": round(len(photo) / 1e6, 1),
        "statuses": {str(status): statuses.count(status) for status in set(statuses)},
        "seconds": round(time.monotonic() - began, 1),
        "web_megabytes_at_most": _memory(server.process.pid),
        "pages": {page: _beyond(usual[page][10:], meanwhile[page]) for page in PAGES},
    }


def _send_at_once(cameras: list[Camera], photo: bytes) -> list[int]:
    with ThreadPoolExecutor(len(cameras)) as pool:
        return [status for status, _ in pool.map(lambda c: c.send(photo, uuid.uuid4()), cameras)]


def _cameras(server: Server, name: str, number: int) -> list[Camera]:
    """So many people who have opened the page, all in the same moment, each of an own design."""
    slugs, sessions = trial.people_and_designs(people=number, designs=number, name=name)
    cameras = [Camera(server, *pair) for pair in zip(sessions, slugs, strict=True)]
    with ThreadPoolExecutor(number) as pool:
        list(pool.map(Camera.open, cameras))
    return cameras


def _seconds(camera: Camera, page: str) -> float:
    """How long a page takes: those of the studio for a member, the others for a visitor."""
    page = page.format(slug=camera.slug)
    cookie = {"Cookie": f"sessionid={camera.cookies['sessionid']}"} if "studio" in page else {}
    began = time.monotonic()
    line = HTTPConnection("127.0.0.1", camera.port, timeout=PATIENCE)
    line.request("GET", page, headers=cookie)
    answer = line.getresponse()
    answer.read()
    line.close()
    if answer.status != 200:
        raise RuntimeError(f"{page} answered {answer.status}")
    return time.monotonic() - began


def _beyond(usual: list[float], meanwhile: list[float]) -> dict:
    middle = statistics.median(usual)
    more = sorted((seconds - middle) * 1000 for seconds in meanwhile)
    return {
        "usual_ms": round(middle * 1000, 1),
        "views": len(more),
        "more_ms_median": round(statistics.median(more), 1),
        "more_ms_95": round(more[int(len(more) * 0.95)], 1),
        "more_ms_most": round(more[-1], 1),
    }


def _memory(master: int) -> list[float]:
    """The most that each process of the server ever held, decoders left out: those have ended."""
    pids = [master, *_children(master)]
    status = [Path(f"/proc/{pid}/status").read_text() for pid in pids]
    return [round(int(text[text.index("VmHWM:") :].split()[1]) / 1024, 1) for text in status]


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in found.split()]


def tried_under_fire(server: Server, *, uploads: int, kills: int) -> dict:
    """What is wrong with rows and files after uploads, kills and one sweep."""
    from django.conf import settings

    from communities.models import Photo

    before = [key.hex for key in Photo.objects.values_list("key", flat=True)]
    cameras = _cameras(server, "fire", 4)
    found = send_under_fire(server, cameras, pictures=small_photographs(uploads), kills=kills)
    made = found.pop("acknowledged")
    trial.manage(server.environment, "sweep", "--minutes", "0")
    received = Path(server.environment["VAR_DIR"]) / "tmp"
    return {
        "uploads": uploads,
        "acknowledged": len(made),
        **found,
        "ready_after": server.slowest,
        "faults": {
            "other answers": len(found.pop("wrong")),
            **faults([*before, *made], media=Path(settings.MEDIA_ROOT), received=received),
        },
    }


def small_photographs(number: int) -> list[bytes]:
    """Small pictures, every fourth so long that it comes in by way of the disk."""
    chance = random.Random(3)
    photo = as_jpeg(photograph(3, (900, 600)))
    return [
        photo + chance.randbytes(8) + b"\0" * (3_000_000 if place % 4 == 0 else 0)
        for place in range(number)
    ]


if __name__ == "__main__":
    sys.exit(main())
