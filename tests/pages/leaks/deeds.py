"""What a browser does at an address: look, and send the forms that it was shown, or one made up."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin

from django.db import transaction
from django.test import TestCase
from django.urls import resolve

# What forms ask for, with answers that they take: for empty fields, and where no form was seen.
PLAUSIBLE = {
    "title": "Forged",
    "name": "Forged",
    "body": "Forged",
    "text": "We tried it too, on Tuesday.",
    "kind": "question",
    "summary": "Forged",
    "headline": "Forged",
    "type": "worked",
    "basis": "counted",
    "outcome": "ran",
    "action": "approve",
    "decision": "approve",
    "deed": "hide",
    "reason": "Because.",
    "note": "Forged",
    "words": "I do not like it.",
    "problem": "other",
    "email": "somebody@example.org",
    "handle": "forged",
    "confirm": "on",
    "agree": "on",
    "revision": "1",
    "save_version": "1",
    "member": "1",
    "way": "link",
    "role": "lead",
    "days": "14",
    "value": "care",
    "short": "Forged",
    "why": "Forged",
    "code": "FORGED",
    "password": "a long enough password",
}
AUTOSAVE = {"X-Autosave": "1"}
FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL | re.IGNORECASE)
# Filled by machines only.
TRAPS = ("website", "csrfmiddlewaretoken")
SAMPLES = {"number": "1", "date": "2025-05-05", "email": "somebody@example.org"}
SIGN_IN = "/accounts/login/"


@dataclass(frozen=True)
class Form:
    """What is sent: `fields` and the `button` that was pressed."""

    fields: tuple[tuple[str, str], ...]
    button: str = ""
    saves_itself: bool = False

    @property
    def shape(self) -> tuple:
        return (self.button, frozenset(name for name, _ in self.fields))

    def sent_to(self, client, address: str, **headers):
        kind = "application/x-www-form-urlencoded"
        return client.post(address, urlencode(self.fields), content_type=kind, headers=headers)


MADE_UP = Form(tuple(PLAUSIBLE.items()))


def look(client, method: str, address: str):
    return getattr(client, method)(address)


def send(client, address: str, form: Form, followed: set) -> Iterator:
    """(what was done, its answer) of the POST, of the page it leads to, and of its saving itself.

    What waits for a commit is done; afterwards rows and session are as they were before. Where one
    form of a route leads is looked at once: `followed` holds those that were.
    """
    with undone(client):
        with TestCase.captureOnCommitCallbacks(execute=True):
            answer = form.sent_to(client, address)
        yield "post", answer
        place = answer.headers.get("Location", "")
        kind = (resolve(address.partition("?")[0]).view_name, form.shape)
        if place.startswith("/") and not place.startswith(SIGN_IN) and kind not in followed:
            followed.add(kind)
            yield "then", client.get(place)
    if form.saves_itself:
        with undone(client):
            yield "autosave", form.sent_to(client, address, **AUTOSAVE)


@contextmanager
def undone(client):
    cookies = dict(client.cookies)
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)


def forms_on(address: str, page: bytes, found: dict[str, list[Form]]) -> None:
    """Add the forms on a page to `found`, by where they lead: once with each of their buttons."""
    for source in FORM.findall(page.decode("utf-8", "replace")):
        drawn = _Drawn(address)
        drawn.feed(source)
        for place, form in drawn.forms():
            known = found.setdefault(place, [])
            if form.shape not in {one.shape for one in known}:
                known.append(form)


class _Drawn(HTMLParser):
    """One form as a browser would send it, its empty fields filled."""

    def __init__(self, address: str):
        super().__init__()
        self.address = self.place = address
        self.fields: dict[tuple[str, str], str] = {}
        self.buttons: list[tuple[str, str, str]] = []
        self.inside = ""
        self.saves_itself = False

    def forms(self) -> Iterator[tuple[str, Form]]:
        """(where it leads, what is sent)"""
        fields = [(name, value) for (name, _), value in self.fields.items() if name not in TRAPS]
        for place, name, value in self.buttons or [(self.place, "", "")]:
            if name:
                yield place, Form((*fields, (name, value)), f"{name}={value}")
            else:
                yield place, Form(tuple(fields), saves_itself=self.saves_itself)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "form":
            self.place = self._place(given.get("action"))
            self.saves_itself = "data-autosave" in given
        elif tag == "button" and given.get("type", "submit") == "submit":
            self.buttons.append((self._place(given.get("formaction"), self.place), name, value))
        elif tag == "input" and name:
            self._input(given.get("type", "text"), name, value)
        elif tag in ("textarea", "select") and name:
            self.inside = name
            self.fields[name, ""] = ""
        elif tag == "option" and self.inside and value and not self.fields[self.inside, ""]:
            self.fields[self.inside, ""] = value

    def handle_data(self, data):
        if self.lasttag == "textarea" and self.inside:
            self.fields[self.inside, ""] += data

    def handle_endtag(self, tag):
        if tag not in ("textarea", "select") or not self.inside:
            return
        if tag == "textarea":
            written = self.fields[self.inside, ""]
            self.fields[self.inside, ""] = written or PLAUSIBLE.get(self.inside, "Forged")
        elif not self.fields[self.inside, ""]:
            # There is nothing to choose.
            del self.fields[self.inside, ""]
        self.inside = ""

    def _input(self, kind: str, name: str, value: str) -> None:
        if kind in ("hidden", "checkbox"):
            self.fields[name, value] = value
        elif kind == "radio":
            self.fields.setdefault((name, ""), value)
        elif kind == "submit":
            self.buttons.append((self.place, name, value))
        elif kind != "file":
            self.fields[name, ""] = value or PLAUSIBLE.get(name, SAMPLES.get(kind, "Forged"))

    def _place(self, action: str | None, otherwise: str = "") -> str:
        place = urljoin(self.address, action) if action else otherwise or self.address
        return place.partition("#")[0]
