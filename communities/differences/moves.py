"""Paragraphs that stand elsewhere now, in the same text or another, verbatim or reworded."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from .text import Block, Budget, Piece, TextChange, bag_of, likeness, pieces_of

# Shorter ones are found in too many places by chance.
FEWEST_WORDS = 6
# Of what came and of what went so many, the longest, are looked at for rewording.
MOST_REWORDED = 80
LOOKED_AT = 2_000
ALIKE = 0.6

Place = tuple[int, int]


def with_moves(changes: Iterable[TextChange], budget: Budget) -> tuple[TextChange, ...]:
    """The same changes, with what was cut in one place and added in another said to be moved."""
    changes = list(changes)
    went, came = _lone(changes, "cut"), _lone(changes, "add")
    pairs = _word_for_word(went, came)
    pairs += _reworded(went, came)
    parts = {number: list(change.parts) for number, change in enumerate(changes)}
    for old, new in pairs:
        _say(changes, parts, old, new, budget)
    return tuple(
        replace(change, parts=tuple(parts[number])) for number, change in enumerate(changes)
    )


def _lone(changes: list[TextChange], change: str) -> dict[Place, str]:
    return {
        (number, at): part.pieces[0].text
        for number, text in enumerate(changes)
        for at, part in enumerate(text.parts)
        if part.change == change and _is_long_enough(part.pieces[0].text)
    }


def _is_long_enough(text: str) -> bool:
    return len(text.split(None, FEWEST_WORDS)) >= FEWEST_WORDS


def _word_for_word(went: dict[Place, str], came: dict[Place, str]) -> list[tuple[Place, Place]]:
    """Takes what it finds out of both."""
    by_words = defaultdict(list)
    for place, text in went.items():
        by_words[" ".join(text.lower().split())].append(place)
    pairs = []
    for place, text in list(came.items()):
        if waiting := by_words.get(" ".join(text.lower().split())):
            pairs.append((waiting.pop(0), place))
            del went[pairs[-1][0]], came[place]
    return pairs


def _reworded(went: dict[Place, str], came: dict[Place, str]) -> list[tuple[Place, Place]]:
    old = {place: bag_of(went[place][:LOOKED_AT]) for place in _longest(went)}
    pairs = []
    for place in _longest(came):
        bag = bag_of(came[place][:LOOKED_AT])
        best = max(old, key=lambda other: likeness(old[other], bag), default=None)
        if best is not None and likeness(old[best], bag) >= ALIKE:
            pairs.append((best, place))
            del old[best]
    return pairs


def _longest(texts: dict[Place, str]) -> list[Place]:
    return sorted(texts, key=lambda place: len(texts[place]), reverse=True)[:MOST_REWORDED]


def _say(changes, parts, old: Place, new: Place, budget: Budget) -> None:
    before, after = (parts[number][at].pieces[0].text for number, at in (old, new))
    pieces = (Piece("", after),) if before == after else pieces_of(before, after, budget)
    if pieces is None:
        return
    whence, whither = _titles(changes, old, new)
    parts[old[0]][old[1]] = Block("went", (Piece("cut", before),), moved=f"Moved {whither}")
    parts[new[0]][new[1]] = Block("came", pieces, moved=f"Moved here from {whence}")


def _titles(changes, old: Place, new: Place) -> tuple[str, str]:
    if old[0] != new[0]:
        return f"“{changes[old[0]].title}”", f"to “{changes[new[0]].title}”"
    return ("further up", "further down") if old[1] < new[1] else ("further down", "further up")
