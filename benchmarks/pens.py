"""A real server and people who write through it: what the trials of writing are made of.

Knows the site only by its pages and answers; who the people are is told from outside.
"""

import html
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 90
HIDDEN = re.compile(
    r'<input type="hidden" name="(revision|seen|csrfmiddlewaretoken|drawn_for)" value="([^"]*)"'
)
SIDE = re.compile(r'<pre class="clash-text"[^>]*>(.*?)</pre>', re.S)
TEXT = re.compile(r'<textarea name="body"[^>]*>\n?(.*?)</textarea>', re.S)


class Server:
    """gunicorn with the project's configuration, in a process group that can be killed at once."""

    def __init__(self, environment: dict, *, workers: int = 2):
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        own = {"PORT": str(self.port), "HOST": "127.0.0.1", "WEB_WORKERS": str(workers)}
        self.environment = {**environment, **own}
        self.process = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "gallery/gunicorn.py"],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                line = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
                line.request("GET", "/healthz")
                if line.getresponse().status == 200:
                    return
            except (OSError, HTTPException):
                time.sleep(0.1)
        raise TimeoutError("The server did not start.")

    def kill(self) -> None:
        """Without a word to anybody: master and workers."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Pen:
    """Somebody with a session who writes in one section, as the script of the page does."""

    def __init__(self, server: Server, session: str, path: str):
        self.server, self.path = server, path
        self.cookies = {"sessionid": session}
        self.fields: dict[str, str] = {}
        self.text = ""
        self.line = None

    def open(self) -> None:
        """Read the page: its hidden fields and what is saved."""
        page = self._ask("GET")[1]
        self.fields = {name: html.unescape(value) for name, value in HIDDEN.findall(page)}
        self.text = html.unescape(TEXT.search(page)[1])

    def send(self, text: str) -> tuple[int, dict]:
        """One sending and its answer; a broken line or a dead server raises OSError."""
        status, answer = self._ask("POST", urlencode({**self.fields, "body": text}))
        told = json.loads(answer) if answer.startswith("{") else {}
        self.fields |= told.get("fields", {})
        return status, told

    def insist(self, text: str) -> tuple[int, dict]:
        """Send until there is an answer, word for word the same."""
        while True:
            try:
                return self.send(text)
            except (OSError, HTTPException):
                self.line = None
                time.sleep(0.05)

    def _ask(self, method: str, body: str | None = None) -> tuple[int, str]:
        if self.line is None:
            self.line = HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"X-Autosave": "1", "Content-Type": "application/x-www-form-urlencoded"}
        self.line.request(method, self.path, body, headers)
        answer = self.line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read().decode()


def _plain(markup: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", markup))


def write_under_fire(server: Server, pens: list[Pen], *, saves: int, kills: int, seed: int) -> dict:
    """Each pen has a section to itself and saves in turn, while the server is killed at random.

    Gives what was found: for each pen the last text that was acknowledged and how many were.
    """
    chance = random.Random(seed)
    done, acknowledged, wrong = threading.Event(), [0] * len(pens), []
    share = saves // len(pens)

    def write(place: int, pen: Pen) -> None:
        for number in range(share):
            pen.text = (
                f"{place}-{number} " + f"w{number} " * random.Random(number).randrange(4000) + "end"
            )
            status, told = pen.insist(pen.text)
            if status != 200:
                wrong.append((place, number, status, told.get("state")))
                return
            acknowledged[place] = number + 1

    for pen in pens:
        pen.open()
    writers = [threading.Thread(target=write, args=pair) for pair in enumerate(pens)]
    for writer in writers:
        writer.start()
    # Killed whenever so many more were saved, at a moment of its own.
    marks = sorted(chance.sample(range(1, share * len(pens) - 1), kills))
    killed = 0
    while any(writer.is_alive() for writer in writers):
        if marks and sum(acknowledged) >= marks[0]:
            marks.pop(0)
            time.sleep(chance.random() * 0.05)
            server.kill()
            killed += 1
            server.start()
        done.wait(0.005)
    for writer in writers:
        writer.join()
    return {"acknowledged": sum(acknowledged), "kills": killed, "wrong": wrong}


def write_at_once(pens: list[list[Pen]], *, saves: int, seed: int) -> dict:
    """Each person has a pen for every section they may write in and adds a word of their own.

    Whoever is beaten adds their word to the other text and saves that. A word that was
    acknowledged must be there in the end.
    """
    words: list[tuple[str, str]] = []
    statuses: dict[int, int] = {}
    strange, lock = [], threading.Lock()
    share = saves // len(pens)

    def write(person: int) -> None:
        chance = random.Random(seed + person)
        for number in range(share):
            pen = chance.choice(pens[person])
            if not pen.fields:
                pen.open()
            word = f"p{person}n{number}"
            while True:
                text = f"{pen.text} {word}".strip()
                status, told = pen.insist(text)
                with lock:
                    statuses[status] = statuses.get(status, 0) + 1
                if status == 200:
                    pen.text = text
                    with lock:
                        words.append((pen.path, word))
                    break
                both = [_plain(text) for text in SIDE.findall(told.get("conflict", ""))]
                if status != 409 or len(both) != 2 or both[0] != text:
                    with lock:
                        strange.append((person, number, status))
                    break
                pen.text = both[1]

    writers = [threading.Thread(target=write, args=(person,)) for person in range(len(pens))]
    began = time.monotonic()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    seconds = time.monotonic() - began
    return {"statuses": statuses, "strange": strange, "words": words, "seconds": round(seconds, 1)}
