"""People who write through a real server: what the trials of writing are made of.

Knows the site only by its pages and answers; who the people are is told from outside.
"""

import html
import json
import random
import re
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from benchmarks.server import PATIENCE, Server

HIDDEN = re.compile(
    '<(?:input type="hidden"|select) name="(revision|seen|csrfmiddlewaretoken|drawn_for)"'
    '(?: multiple hidden><option)? value="([^"]*)"'
)
SIDE = re.compile(r'<pre class="clash-text"[^>]*>(.*?)</pre>', re.S)
TEXT = re.compile(r'<textarea name="body"[^>]*>\n?(.*?)</textarea>', re.S)


class Pen:
    """Somebody with a session who writes in one section, as the script of the page does."""

    def __init__(self, server: Server, session: str, path: str):
        self.server, self.path = server, path
        self.cookies = {"sessionid": session}
        self.fields: dict[str, str] = {}
        self.text = ""
        # All that was ever sent, and how much of it was acknowledged.
        self.sent: list[str] = []
        self.known = 0
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
                self.close()
                time.sleep(0.05)

    def close(self) -> None:
        if self.line is not None:
            self.line.close()
            self.line = None

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


def write_under_fire(
    server: Server, pens: list[Pen], *, saves: int, kills: int, seed: int, look
) -> dict:
    """Each pen has a section to itself and saves in turn, while the server is killed at random.

    `look()` reads what is saved, in the order of the pens. It is asked in the end, and after every
    other kill, while the server is dead: else the server is the first to find what was left.
    """
    chance, share, wrong = random.Random(seed), saves // len(pens), []

    def write(place: int, pen: Pen) -> None:
        for number in range(share):
            words = f"w{number} " * random.Random(number).randrange(4000)
            pen.sent.append(f"{place}-{number} {words}end")
            status, told = pen.insist(pen.sent[-1])
            if status != 200:
                wrong.append((place, number, status, told.get("state")))
                break
            pen.known = number + 1
        pen.close()

    for pen in pens:
        pen.open()
    # Killed whenever so many more were saved, at a moment of its own.
    marks = sorted(chance.sample(range(1, share * len(pens) - 1), kills))
    writers, faults = _begun(write, enumerate(pens)), Counter()
    for turn, mark in enumerate(marks):
        while sum(pen.known for pen in pens) < mark and any(w.is_alive() for w in writers):
            time.sleep(0.005)
        time.sleep(chance.random() * 0.05)
        server.kill()
        if turn % 2:
            faults += _faults(pens, look)
        server.start()
    for writer in writers:
        writer.join()
    faults += _faults(pens, look)
    acknowledged = sum(pen.known for pen in pens)
    return {
        "acknowledged": acknowledged,
        "kills": len(marks),
        "missing": faults["missing"],
        "half_written": faults["half_written"],
        "wrong": wrong,
    }


def _faults(pens: list[Pen], look) -> Counter:
    """What is saved must be something that was sent, and nothing older than was acknowledged."""
    known, faults = [pen.known for pen in pens], Counter()
    for pen, least, text in zip(pens, known, look(), strict=True):
        if text and text not in pen.sent:
            faults["half_written"] += 1
        elif least and text not in pen.sent[least - 1 :]:
            faults["missing"] += 1
    return faults


def write_at_once(pens: list[list[Pen]], *, saves: int, seed: int) -> dict:
    """Each person has a pen for every section they may write in and adds a word of their own.

    Whoever is beaten adds their word to the other text and saves that. A word that was
    acknowledged must be there in the end: `words` are those, with the address of their section.
    """
    words: list[tuple[str, str]] = []
    statuses: dict[int, int] = {}
    strange, times, lock = [], [], threading.Lock()
    share = saves // len(pens)

    def insist(pen: Pen, text: str) -> tuple[int, dict]:
        began = time.monotonic()
        status, told = pen.insist(text)
        with lock:
            times.append(time.monotonic() - began)
            statuses[status] = statuses.get(status, 0) + 1
        return status, told

    def add(person: int, pen: Pen, word: str) -> None:
        while True:
            text = f"{pen.text} {word}".strip()
            status, told = insist(pen, text)
            if status == 200:
                pen.text = text
                with lock:
                    words.append((pen.path, word))
                return
            both = [_plain(text) for text in SIDE.findall(told.get("conflict", ""))]
            if status != 409 or len(both) != 2 or both[0] != text:
                with lock:
                    strange.append((person, word, status))
                return
            pen.text = both[1]

    def write(person: int, own: list[Pen]) -> None:
        chance = random.Random(seed + person)
        for number in range(share):
            pen = chance.choice(own)
            if not pen.fields:
                pen.open()
            add(person, pen, f"p{person}n{number}")
        _close(own)

    began = time.monotonic()
    for writer in _begun(write, enumerate(pens)):
        writer.join()
    seconds = round(time.monotonic() - began, 1)
    slowest = {"median": _at(times, 0.5), "95 %": _at(times, 0.95), "most": max(times)}
    return {
        "statuses": statuses,
        "strange": strange,
        "words": words,
        "seconds": seconds,
        "answered_in": {name: round(took, 2) for name, took in slowest.items()},
    }


def _close(pens: list[Pen]) -> None:
    for pen in pens:
        pen.close()


def _begun(work, each) -> list[threading.Thread]:
    threads = [threading.Thread(target=work, args=arguments) for arguments in each]
    for thread in threads:
        thread.start()
    return threads


def _at(times: list[float], share: float) -> float:
    return sorted(times)[int(share * (len(times) - 1))]
