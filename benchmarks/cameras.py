"""People who send pictures to a real server, and what must be true of the files afterwards."""

import hashlib
import html
import random
import re
import threading
import time
import uuid
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.pens import HIDDEN
from benchmarks.server import PATIENCE, Server

MADE = re.compile(r'data-picture="([0-9a-f]{32})"')


class Camera:
    """Somebody with a session who sends pictures to one design, as the script of the page does."""

    def __init__(self, server: Server, session: str, slug: str):
        self.port, self.slug, self.path = server.port, slug, f"/studio/{slug}/photos/"
        self.cookies = {"sessionid": session}
        self.fields: dict[str, str] = {}

    def open(self) -> None:
        page = self._ask("GET", self.path)[1]
        found = {name: html.unescape(value) for name, value in HIDDEN.findall(page)}
        self.fields = {name: found[name] for name in ("csrfmiddlewaretoken", "drawn_for")}

    def send(self, data: bytes, key: uuid.UUID) -> tuple[int, str]:
        """Status and key of the picture; a broken line or a dead server raises OSError."""
        edge = uuid.uuid4().hex
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in {**self.fields, "key": str(key)}.items()
        ]
        head = 'Content-Disposition: form-data; name="photos"; filename="a.jpg"'
        parts.append(f"--{edge}\r\n{head}\r\nContent-Type: image/jpeg\r\n\r\n")
        body = "".join(parts).encode() + data + f"\r\n--{edge}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        status, answer = self._ask("POST", f"{self.path}add/", body, kind)
        made = MADE.search(answer)
        return status, made[1] if made else answer[:200]

    def insist(self, data: bytes, key: uuid.UUID) -> tuple[int, str]:
        """Send until there is an answer, with the same key."""
        while True:
            try:
                return self.send(data, key)
            except (OSError, HTTPException):
                time.sleep(0.05)

    def _ask(self, method: str, path: str, body=None, headers=None) -> tuple[int, str]:
        line = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            line.request(method, path, body, {**(headers or {}), "Cookie": cookies})
            answer = line.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = cookie.split(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.read().decode()
        finally:
            line.close()


def send_under_fire(server: Server, cameras: list[Camera], *, pictures, kills: int) -> dict:
    """All `pictures` are sent by the cameras in turn, while the server is killed at random."""
    chance = random.Random(5)
    acknowledged, wrong, killed = [], [], 0
    waiting, lock = list(pictures), threading.Lock()
    marks = sorted(chance.sample(range(len(waiting)), kills))

    def work(camera: Camera) -> None:
        while True:
            with lock:
                if not waiting:
                    return
                data = waiting.pop()
            status, made = camera.insist(data, uuid.uuid4())
            with lock:
                (acknowledged if status == 201 else wrong).append(made)

    for camera in cameras:
        camera.open()
    people = [threading.Thread(target=work, args=[camera]) for camera in cameras]
    for person in people:
        person.start()
    while any(person.is_alive() for person in people):
        if marks and len(acknowledged) + len(wrong) >= marks[0]:
            marks.pop(0)
            # Anywhere in what a picture takes.
            time.sleep(chance.random() * 0.6)
            server.kill()
            killed += 1
            server.start()
        people[0].join(0.005)
    return {"acknowledged": acknowledged, "kills": killed, "wrong": wrong}


def faults(acknowledged: list[str], *, media: Path, received: Path) -> dict[str, int]:
    """What is wrong with rows and files, to be asked after a sweep. All 0 is as promised."""
    from communities.models import Photo

    rows = {photo.key.hex: photo for photo in Photo.objects.all()}
    named = {file["name"] for photo in rows.values() for file in photo.files}
    there = {str(path.relative_to(media)) for path in media.rglob("*") if path.is_file()}
    # Workspaces of uploads that were cut off have names with a dot.
    there |= {path.name for path in media.glob(".*")}
    return {
        "rows without file": sum(not _is_whole(photo, media) for photo in rows.values()),
        "files without row": len(there - named),
        "acknowledged and missing": len(set(acknowledged) - rows.keys()),
        "twice": len(rows) - len(set(acknowledged)),
        "uploads left": sum(path.is_file() for path in received.glob("*")),
    }


def _is_whole(photo, media: Path) -> bool:
    paths = [(media / file["name"], file["bytes"]) for file in photo.files]
    if not all(path.is_file() and path.stat().st_size == size for path, size in paths):
        return False
    return hashlib.sha256(paths[0][0].read_bytes()).hexdigest() == photo.content_hash
