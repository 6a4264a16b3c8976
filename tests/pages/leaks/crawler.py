"""Asks every address as one role, and says what was told that is not for them."""

import re
from collections import Counter
from dataclasses import dataclass, field

from .addresses import open_to_all
from .deeds import MADE_UP, Form, forms_on, look, send
from .planting import Planted

WORD = re.compile("quokka[a-z]+word", re.IGNORECASE)


@dataclass
class Told:
    """What one walk came upon: `leaks` by address, every word that was `seen`, and the `forms`."""

    leaks: dict[str, set[str]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    statuses: Counter = field(default_factory=Counter)
    forms: dict[str, list[Form]] = field(default_factory=dict)


def crawl(client, role: str, planted: Planted, addresses: list[str], deed="get") -> Told:
    """`deed` is get or another method that sends nothing."""
    told = Told()
    for address in addresses:
        response = look(client, deed, address)
        data = listen(told, f"{deed} {address}", response, role, planted)
        if deed == "get":
            forms_on(address, data, told.forms)
    return told


def post(client, role: str, planted: Planted, addresses: list[str], forms=None) -> Told:
    """Every form of `forms` that leads to these addresses, and of those that nobody saw one that
    looks right. Each sending is undone, so that all of them meet the same."""
    told, followed = Told(), set()
    for address in addresses:
        for form in (forms or {}).get(address) or [MADE_UP]:
            for name, response in send(client, address, form, followed):
                listen(told, f"{name} {address} {form.button}".strip(), response, role, planted)
    return told


def warm(client) -> set[str]:
    """Have all that is public drawn and kept; returns the words on it."""
    return set().union(*(words_in(whole(client.get(address))) for address in open_to_all()))


def listen(told: Told, asked: str, response, role: str, planted: Planted) -> bytes:
    """Every planted word in the answer or its headers is one that the role may read, or asked for.

    And the bytes of a file, which are returned, are not those of one that it may not have.
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
    return data


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
