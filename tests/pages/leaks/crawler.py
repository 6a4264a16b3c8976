"""Asks every address as one role, and says what was told that is not for them."""

import re
from collections import Counter
from dataclasses import dataclass, field

from .addresses import open_to_all
from .planting import Planted

WORD = re.compile("quokka[a-z]+word", re.IGNORECASE)
# What forms ask for, with answers that they take.
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
# These end the walk, because they end the account or the session: never sent.
ENDS = re.compile("/accounts/(logout|erase)/|/admin/logout/")


@dataclass
class Told:
    """What one walk came upon: `leaks` by address, and every word that was `seen`."""

    leaks: dict[str, set[str]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    statuses: Counter = field(default_factory=Counter)


def crawl(client, role: str, planted: Planted, addresses: list[str], deed="get") -> Told:
    """`deed` is get, head, empty (a POST of nothing) or full (a POST that looks right)."""
    told = Told()
    for address in addresses:
        if deed in ("empty", "full") and ENDS.search(address):
            continue
        response = ask(client, deed, address)
        listen(told, f"{deed} {address}", response, role, planted)
    return told


def warm(client) -> set[str]:
    """Have all that is public drawn and kept; returns the words on it."""
    return set().union(*(words_in(whole(client.get(address))) for address in open_to_all()))


def ask(client, deed: str, address: str):
    if deed in ("get", "head"):
        return getattr(client, deed)(address)
    sent = {} if deed == "empty" else PLAUSIBLE
    return client.post(address, sent)


def listen(told: Told, asked: str, response, role: str, planted: Planted) -> None:
    """Every planted word in the answer or its headers is one that the role may read, or asked for.

    And the bytes of a file are not those of one that it may not have.
    """
    data = body_of(response)
    words = words_in(whole(response, data))
    told.seen |= words
    told.statuses[response.status_code] += 1
    found = forbidden(words - words_in(asked), role, planted)
    if role not in planted.files.get(data, {role}):
        found.add("a file")
    if found:
        told.leaks[asked] = found


def body_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def whole(response, data: bytes | None = None) -> str:
    """The answer with its headers."""
    data = body_of(response) if data is None else data
    return data.decode("utf-8", "replace") + str(dict(response.headers))


def words_in(text: str) -> set[str]:
    return {found.lower() for found in WORD.findall(text)}


def forbidden(words: set[str], role: str, planted: Planted) -> set[str]:
    return {one for one in words if role not in planted.readers.get(one, ())}


def words_in_letters(letters, address: str) -> set[str]:
    """What reached one address by letter."""
    mine = [letter for letter in letters if address in letter.recipients()]
    return set().union(*(words_in(letter.subject + letter.body) for letter in mine))


def letters_told(letters, planted: Planted) -> dict[str, set[str]]:
    """By the address and subject of each letter, what its reader may not read."""
    told: dict[str, set[str]] = {}
    for letter in letters:
        words = words_in("".join((letter.subject, letter.body, str(letter.extra_headers))))
        for address in letter.recipients():
            # Whoever is written to knows their own address.
            unknown = words - words_in(address) - planted.knows.get(address, set())
            found = set.intersection(
                *(forbidden(unknown, role, planted) for role in planted.roles_of(address))
            )
            if found:
                told[f"{address}: {letter.subject}"] = found
    return told
