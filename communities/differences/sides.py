"""Two texts beside each other, each whole, with the words marked that the other does not have."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from .text import Piece

# Lines compared with each other; texts of more are marked between their equal ends.
MAX_LINES = 300
# Words of both sides compared one by one in one place, and in all of a text.
MAX_WORDS, ALL_WORDS = 1_600, 20_000

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Sides:
    """The pieces of each side, in order, are exactly its text; change is "" or "add".

    `union` is one text with both: what they share once, and where they differ both, each line of
    difference marked with whose it is.
    """

    yours: tuple[Piece, ...]
    theirs: tuple[Piece, ...]
    union: str


def beside(yours: str, theirs: str, *, by: str) -> Sides:
    """Compare line by line and, where lines differ, word by word. `by` names the other person.

    Texts of very many lines are marked as a whole between their equal beginning and end.
    """
    budget = [ALL_WORDS]
    mine, other = _LINE.findall(yours), _LINE.findall(theirs)
    left: list[Piece] = []
    right: list[Piece] = []
    union: list[str] = []
    for is_same, ours, others in _runs(mine, other):
        if is_same:
            left.append(Piece("", "".join(ours)))
            right.append(Piece("", "".join(ours)))
            union += ours
            continue
        pair = _words("".join(ours), "".join(others), budget)
        left += pair[0]
        right += pair[1]
        union += [*_marked(ours, "Yours"), *_marked(others, by)]
    return Sides(_joined(left), _joined(right), _whole_lines(union))


def _runs(mine: list[str], other: list[str]):
    """(whether both have it, lines of mine, lines of theirs), from the beginning to the end."""
    shortest = min(len(mine), len(other))
    start = next((i for i in range(shortest) if mine[i] != other[i]), shortest)
    most = shortest - start
    end = next((i for i in range(most) if mine[-1 - i] != other[-1 - i]), most)
    if start:
        yield True, mine[:start], other[:start]
    ours, others = mine[start : len(mine) - end], other[start : len(other) - end]
    if len(ours) > MAX_LINES or len(others) > MAX_LINES:
        yield False, ours, others
    else:
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, ours, others, False).get_opcodes():
            yield tag == "equal", ours[i1:i2], others[j1:j2]
    if end:
        yield True, mine[-end:], other[-end:]


def _words(ours: str, others: str, budget: list[int]) -> tuple[list[Piece], list[Piece]]:
    if not ours or not others:
        return [Piece("add", ours)], [Piece("add", others)]
    # What no word comparison has room for is not even taken apart.
    if len(ours) + len(others) > 40_000:
        return [Piece("add", ours)], [Piece("add", others)]
    mine, theirs = _WORD.findall(ours), _WORD.findall(others)
    count = len(mine) + len(theirs)
    if count > min(MAX_WORDS, budget[0]):
        return [Piece("add", ours)], [Piece("add", others)]
    budget[0] -= count
    left, right = [], []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, mine, theirs, False).get_opcodes():
        change = "" if tag == "equal" else "add"
        left.append(Piece(change, "".join(mine[i1:i2])))
        right.append(Piece(change, "".join(theirs[j1:j2])))
    return left, right


def _marked(lines: list[str], name: str) -> list[str]:
    return [f"[{name}] {line}" if line.strip() else line for line in lines]


def _whole_lines(lines: list[str]) -> str:
    """Lines put one after the other each end, but for the last."""
    ended = [line if line.endswith("\n") else f"{line}\n" for line in lines[:-1]]
    return "".join([*ended, *lines[-1:]])


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Without empty pieces, and neighbours of one kind in one."""
    result: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if result and result[-1].change == piece.change:
            result[-1] = Piece(piece.change, result[-1].text + piece.text)
        else:
            result.append(piece)
    return tuple(result)
