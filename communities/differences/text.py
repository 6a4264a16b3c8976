"""Two texts: first which paragraphs differ, then which words within those that were edited."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

# Of what is left of a text when its unchanged beginning and end are set aside.
MAX_CHARACTERS = 60_000
MAX_BLOCKS = 300
# Words within one paragraph; in a longer one the whole paragraph is shown as replaced.
MAX_WORDS = 800
# How many of the next paragraphs may be the edited form of one.
WINDOW = 6
ALIKE = 0.45

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """Words that stayed (change ""), were added ("add") or cut ("cut")."""

    change: str
    text: str


@dataclass(frozen=True)
class Block:
    """A paragraph that was edited ("edit"), added ("add") or cut ("cut")."""

    change: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class TextChange:
    """`change` is "add" or "cut" when the whole text is new or gone, else "edit"."""

    title: str
    change: str
    blocks: tuple[Block, ...]
    unchanged: int = 0
    is_cut_short: bool = False


class Budget:
    """How many words may still be compared one by one; beyond, paragraphs are shown whole."""

    def __init__(self, words: int = 20_000):
        self.words = words

    def takes(self, count: int) -> bool:
        if count > self.words or count > 2 * MAX_WORDS:
            return False
        self.words -= count
        return True


def compare_texts(title: str, before: str, after: str, budget: Budget) -> TextChange | None:
    """None when nothing but the spacing of lines changed."""
    old, new = _blocks(before), _blocks(after)
    if old == new:
        return None
    start, end = _same_ends(old, new)
    kept_old, kept_new = old[start : len(old) - end], new[start : len(new) - end]
    short_old, short_new = _shortened(kept_old), _shortened(kept_new)
    blocks, same = _changed_blocks(short_old, short_new, budget)
    return TextChange(
        title=title,
        change="edit" if old and new else ("add" if new else "cut"),
        blocks=tuple(blocks),
        unchanged=start + end + same,
        is_cut_short=(short_old, short_new) != (kept_old, kept_new),
    )


def _blocks(text: str) -> list[str]:
    """Paragraphs and, so that a list is not one block, lines that begin an item."""
    parts = re.split(r"\n[ \t]*\n+|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])", text.replace("\r\n", "\n"))
    return [stripped for part in parts if (stripped := part.strip())]


def _same_ends(old: list[str], new: list[str]) -> tuple[int, int]:
    shortest = min(len(old), len(new))
    start = 0
    while start < shortest and old[start] == new[start]:
        start += 1
    end = 0
    while end < shortest - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, end


def _shortened(blocks: list[str]) -> list[str]:
    kept, room = [], MAX_CHARACTERS
    for block in blocks[:MAX_BLOCKS]:
        if room <= 0:
            break
        kept.append(block[:room])
        room -= len(block)
    return kept


def _changed_blocks(old: list[str], new: list[str], budget: Budget) -> tuple[list[Block], int]:
    blocks, same = [], 0
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            same += i2 - i1
        else:
            blocks += _replaced(old[i1:i2], new[j1:j2], budget)
    return blocks, same


def _replaced(old: list[str], new: list[str], budget: Budget) -> list[Block]:
    """Each new paragraph beside the old one it grew from, where there is one close by."""
    blocks, position = [], 0
    bags = [_bag(text) for text in old]
    for text in new:
        bag = _bag(text)
        near = range(position, min(position + WINDOW, len(old)))
        origin = next((i for i in near if _likeness(bags[i], bag) >= ALIKE), None)
        if origin is None:
            blocks.append(_whole("add", text))
            continue
        blocks += [_whole("cut", cut) for cut in old[position:origin]]
        blocks += _edited(old[origin], text, budget)
        position = origin + 1
    return [*blocks, *(_whole("cut", cut) for cut in old[position:])]


def _edited(before: str, after: str, budget: Budget) -> list[Block]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if not budget.takes(len(old) + len(new)):
        return [_whole("cut", before), _whole("add", after)]
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("", "".join(old[i1:i2])))
            continue
        if i1 < i2:
            pieces.append(Piece("cut", "".join(old[i1:i2])))
        if j1 < j2:
            pieces.append(Piece("add", "".join(new[j1:j2])))
    return [Block("edit", tuple(_joined(pieces)))]


def _joined(pieces: list[Piece]) -> list[Piece]:
    """A lone space between two changes belongs to both, so that phrases stay in one piece."""
    result: list[Piece] = []
    for index, piece in enumerate(pieces):
        between = 0 < index < len(pieces) - 1
        if piece.change == "" and piece.text.isspace() and between:
            result += [Piece("cut", piece.text), Piece("add", piece.text)]
        else:
            result.append(piece)
    return _grouped(result)


def _grouped(pieces: list[Piece]) -> list[Piece]:
    """Between two stretches that stayed: first everything cut, then everything added."""
    result: list[Piece] = []
    cut, added = "", ""
    for piece in [*pieces, Piece("", "")]:
        if piece.change == "cut":
            cut += piece.text
        elif piece.change == "add":
            added += piece.text
        else:
            result += [Piece(c, t) for c, t in (("cut", cut), ("add", added)) if t]
            result += [piece] if piece.text else []
            cut, added = "", ""
    return result


def _whole(change: str, text: str) -> Block:
    return Block(change, (Piece(change, text),))


def _bag(text: str) -> Counter:
    return Counter(text.lower().split())


def _likeness(one: Counter, other: Counter) -> float:
    """Shared words by all words, 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
