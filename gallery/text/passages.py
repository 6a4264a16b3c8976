"""The one passage that shows best why a design was found."""

import json
import re
from dataclasses import dataclass

from .parts import COLUMNS, PART_BREAK

# Stand around found words in what the databases return; cleaned text has no control characters.
START, STOP = "\x02", "\x03"
MARK = re.compile(f"[{START}{STOP}]")
BEFORE, LENGTH = 60, 220
# A card shows these whole already.
ON_THE_CARD = ("Title", "Summary", "Value", "Kind")

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Passage:
    """Pieces of one part of a design, in order, each with whether it was searched for."""

    part: str
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Part:
    name: str
    text: str
    spans: Spans

    @property
    def words_found(self) -> int:
        return len({self.text[start:end].casefold() for start, end in self.spans})


@dataclass(frozen=True)
class Marked:
    """An entry's parts in which something was found, those of more weight first."""

    number: int
    parts: tuple[Part, ...]

    @classmethod
    def from_row(cls, number, texts: dict[str, str], spans: dict[str, Spans], names) -> "Marked":
        names = json.loads(names) if isinstance(names, str) else names
        parts = [
            part
            for column in COLUMNS
            for part in _parts(texts[column], spans[column], names[column])
        ]
        return cls(number, tuple(parts))

    def passage(self) -> Passage | None:
        """From the part with most of the words; None when the card itself shows them all."""
        best = max((part.words_found for part in self.parts), default=0)
        candidates = [part for part in self.parts if part.words_found == best]
        if not candidates or candidates[0].name == "Title":
            return None
        chosen = next((part for part in candidates if part.name not in ON_THE_CARD), candidates[0])
        return None if chosen.name == "Summary" else _cut(chosen)


def spans_of(marked: str) -> Spans:
    """Where the marked words stand once the marks are taken away."""
    places = [match.start() - count for count, match in enumerate(MARK.finditer(marked))]
    return list(zip(places[::2], places[1::2], strict=True))


def _parts(whole: str, spans: Spans, names: list[str]) -> list[Part]:
    """Those in which something was found; `spans` are in order."""
    if not spans:
        return []
    parts, start, place = [], 0, 0
    for name, text in zip(names, whole.split(PART_BREAK), strict=False):
        end, inside = start + len(text), []
        while place < len(spans) and spans[place][1] <= end:
            inside.append((spans[place][0] - start, spans[place][1] - start))
            place += 1
        if inside:
            parts.append(Part(name, text, inside))
        start = end + len(PART_BREAK)
    return parts


def _cut(part: Part) -> Passage:
    first, last = _window(part)
    inside = [(a, b) for a, b in part.spans if first <= a and b <= last]
    pieces, place = [], first
    for start, end in inside:
        pieces += [(part.text[place:start], False), (part.text[start:end], True)]
        place = end
    pieces.append((part.text[place:last], False))
    if first > 0:
        pieces.insert(0, ("… ", False))
    if last < len(part.text):
        pieces.append((" …", False))
    return Passage(part.name, tuple(piece for piece in pieces if piece[0]))


def _window(part: Part) -> tuple[int, int]:
    """The stretch with the most marks, beginning and ending between words."""
    starts = [start for start, _ in part.spans]

    def marks_from(start):
        return sum(start <= other < start + LENGTH - BEFORE for other in starts)

    start = max(starts[:50], key=marks_from)
    first = max(0, start - BEFORE)
    if first:
        space = part.text.find(" ", first, start)
        first = space + 1 if space >= 0 else start
    last = min(len(part.text), first + LENGTH)
    if last < len(part.text):
        space = part.text.rfind(" ", first, last)
        last = max(space if space > start else last, next(b for a, b in part.spans if a == start))
    return first, last
