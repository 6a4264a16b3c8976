"""What is promised about pictures, tried in full: `python -m benchmarks.pictures`.

Three parts: what one photograph of twelve megapixels costs against plain Pillow (`cost`), twenty
of them sent at once while somebody looks at pages (`crowd`), and uploads during which the server
is killed again and again (`kills`). The last two have a database of their own, production settings
and real server processes. It fails when a promise about files is broken.
"""

import argparse
import importlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.pens import PATIENCE, ROOT, Server

PARTS = ("cost", "crowd", "kills")
PAGES = ("/", "/designs/", "/healthz")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pictures")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--rounds", type=int, default=7, help="of the cost")
    parser.add_argument("--photos", type=int, default=20, help="sent at once")
    parser.add_argument("--uploads", type=int, default=200, help="under fire")
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--database", default="", help="an empty PostgreSQL database; else SQLite")
    options = parser.parse_args()
    found = measured(options)
    print(json.dumps(found, indent=1))
    return 1 if any(found.get("kills", {}).get("faults", {}).values()) else 0


def measured(options) -> dict:
    from benchmarks.writing import _environment, people_and_designs

    found = {"at": f"{datetime.now(UTC):%Y-%m-%d %H:%M}", "load": round(os.getloadavg()[0], 1)}
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        environment = _environment(Path(folder), options.database)
        environment |= {"PHOTOS_PER_COMMUNITY": "1000"}
        os.environ.update(environment)
        importlib.import_module("django").setup()
        if "cost" in options.only:
            from benchmarks.photographs import compared

            found["cost"] = compared(options.rounds)
            print(json.dumps(found["cost"]), flush=True)
        server = Server(environment)
        for part, work in (("crowd", _crowd), ("kills", _kills)):
            if part in options.only:
                slugs, sessions = people_and_designs(people=4, designs=4, name=part)
                server.start()
                try:
                    found[part] = work(server, list(zip(slugs, sessions, strict=True)), options)
                finally:
                    server.kill()
                if part == "kills":
                    found[part]["faults"] = _faults(found[part].pop("made"), Path(folder))
                print(json.dumps(found[part]), flush=True)
    return found


def _crowd(server: Server, people: list, options) -> dict:
    """Memory of the web processes and what pages take, while photographs arrive."""
    from benchmarks.cameras import Camera
    from benchmarks.photographs import as_jpeg, photograph

    photo = as_jpeg(photograph(2))
    cameras = [Camera(server, session, slug) for slug, session in people]
    for camera in cameras:
        camera.open()
    usual = {page: [_seconds(server, page) for _ in range(40)][10:] for page in PAGES}
    statuses, done = [], threading.Event()

    def send(number: int) -> None:
        # What follows the picture in the file makes each another file.
        data = photo + number.to_bytes(4, "big")
        statuses.append(cameras[number % len(cameras)].send(data, uuid.uuid4())[0])

    senders = [threading.Thread(target=send, args=[n]) for n in range(options.photos)]
    meanwhile, began = {page: [] for page in PAGES}, time.monotonic()
    for sender in senders:
        sender.start()
    while any(sender.is_alive() for sender in senders):
        for page in PAGES:
            meanwhile[page].append(_seconds(server, page))
        done.wait(0.02)
    return {
        "photos": options.photos,
        "megabytes_each": round(len(photo) / 1e6, 1),
        "statuses": {status: statuses.count(status) for status in set(statuses)},
        "seconds": round(time.monotonic() - began, 1),
        "web_megabytes_at_most": _memory(server.process.pid),
        "pages": {page: _beyond(usual[page], meanwhile[page]) for page in PAGES},
    }


def _seconds(server: Server, page: str) -> float:
    began = time.monotonic()
    line = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    line.request("GET", page)
    line.getresponse().read()
    line.close()
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


def _kills(server: Server, people: list, options) -> dict:
    from benchmarks.cameras import Camera, send_under_fire

    cameras = [Camera(server, session, slug) for slug, session in people]
    found = send_under_fire(
        server, cameras, pictures=small_photographs(options.uploads), kills=options.kills
    )
    made = found.pop("acknowledged")
    return {**found, "acknowledged": len(made), "made": made}


def small_photographs(number: int) -> list[bytes]:
    """Small pictures, every fourth so long that it comes in by way of the disk."""
    from benchmarks.photographs import as_jpeg, photograph

    chance = random.Random(3)
    photo = as_jpeg(photograph(3, (900, 600)))
    return [
        photo + chance.randbytes(8) + b"\0" * (3_000_000 if place % 4 == 0 else 0)
        for place in range(number)
    ]


def _faults(made: list[str], folder: Path) -> dict:
    from benchmarks.cameras import faults

    sweep = [sys.executable, "manage.py", "sweep", "--minutes", "0"]
    subprocess.run(sweep, cwd=ROOT, env=os.environ, check=True, stdout=subprocess.DEVNULL)
    return faults(made, media=folder / "media", received=folder / "tmp")


if __name__ == "__main__":
    sys.exit(main())
