"""Two texts: first which paragraphs differ, then which words within those that were edited."""

import re
from collections import Counter
from dataclasses import dataclass

from .sequences import same_stretches, shortest_edit

# How many of the next paragraphs may be the edited form of one.
WINDOW = 6
ALIKE = 0.45
# Of paragraphs that stayed between two changes so many can be unfolded.
MOST_UNFOLDED = 40
# A kept word of so few letters between two changes is swallowed by them.
SHORT_WORD = 3

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_PARTS = re.compile(r"\n[ \t]*\n+|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])")


@dataclass(frozen=True)
class Piece:
    """Words that stayed (change ""), were added ("add") or cut ("cut")."""

    change: str
    text: str


@dataclass(frozen=True)
class Block:
    """A paragraph that was edited ("edit"), added ("add") or cut ("cut").

    One that stands elsewhere now is there twice: where it went from ("went") and where it came
    to ("came"), and `moved` says the other place.
    """

    change: str
    pieces: tuple[Piece, ...]
    moved: str = ""

    @property
    def before(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.change != "add")

    @property
    def after(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.change != "cut")


@dataclass(frozen=True)
class Fold:
    """Paragraphs that stayed as they were: how many, and the first of them to unfold."""

    count: int
    texts: tuple[str, ...]
    change = "same"


@dataclass(frozen=True)
class TextChange:
    """`change` is "add" or "cut" when the whole text is new or gone, else "edit"."""

    title: str
    change: str
    parts: tuple[Block | Fold, ...]
    is_cut_short: bool = False
    # Of a section: its key, and the reasons that were given for changing it.
    key: str = ""
    whys: tuple[str, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(part for part in self.parts if isinstance(part, Block))

    @property
    def unchanged(self) -> int:
        return sum(part.count for part in self.parts if isinstance(part, Fold))


@dataclass
class Budget:
    """What one comparison may still read and do, all its texts together.

    `characters` and `blocks` are of what is left of both sides when the unchanged beginning and
    end of each text are set aside; beyond them a text is cut, and says so. `steps` are those of
    comparing word by word; beyond them paragraphs are shown whole, and `is_rough` says so.
    """

    characters: int = 1_500_000
    blocks: int = 12_000
    steps: int = 2_000_000
    is_rough: bool = False

    def cut(self, old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
        """As much of both as may be read; each side has half of what is left."""
        blocks, characters = max(self.blocks, 0) // 2, self.characters // 2
        return self._cut(old[:blocks], characters), self._cut(new[:blocks], characters)

    def _cut(self, blocks: list[str], characters: int) -> list[str]:
        kept = []
        for block in blocks:
            if characters <= 0:
                break
            kept.append(block[:characters])
            characters -= len(kept[-1])
            self.characters -= len(kept[-1])
        self.blocks -= len(kept)
        return kept


def compare_texts(title: str, before: str, after: str, budget: Budget) -> TextChange | None:
    """None when nothing but the spacing of lines changed."""
    old, new = _blocks(before), _blocks(after)
    if old == new:
        return None
    start, end = _same_ends(old, new)
    kept_old, kept_new = old[start : len(old) - end], new[start : len(new) - end]
    short_old, short_new = budget.cut(kept_old, kept_new)
    parts = [
        *_folded(old[:start]),
        *_changed(short_old, short_new, budget),
        *_folded(old[len(old) - end :]),
    ]
    return TextChange(
        title=title,
        change="edit" if old and new else ("add" if new else "cut"),
        parts=tuple(_folds_joined(parts)),
        is_cut_short=(short_old, short_new) != (kept_old, kept_new),
    )


def _blocks(text: str) -> list[str]:
    """Paragraphs and, so that a list is not one block, lines that begin an item."""
    parts = _PARTS.split(text.replace("\r\n", "\n"))
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


def _folded(texts: list[str]) -> list[Fold]:
    return [Fold(len(texts), tuple(texts[:MOST_UNFOLDED]))] if texts else []


def _folds_joined(parts: list[Block | Fold]) -> list[Block | Fold]:
    joined: list[Block | Fold] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, Fold) and isinstance(last, Fold):
            texts = (*last.texts, *part.texts) if last.count == len(last.texts) else last.texts
            joined[-1] = Fold(last.count + part.count, texts[:MOST_UNFOLDED])
        else:
            joined.append(part)
    return joined


def _changed(old: list[str], new: list[str], budget: Budget) -> list[Block | Fold]:
    parts: list[Block | Fold] = []
    i = j = 0
    for i_same, j_same, length in [*same_stretches(old, new), (len(old), len(new), 0)]:
        parts += _replaced(old[i:i_same], new[j:j_same], budget)
        i, j = i_same + length, j_same + length
        parts += _folded(old[i_same:i])
    return parts


def _replaced(old: list[str], new: list[str], budget: Budget) -> list[Block | Fold]:
    """Each new paragraph beside the old one it grew from, where there is one close by."""
    parts: list[Block | Fold] = []
    added: list[Block] = []
    position = 0
    bags = [bag_of(text) for text in old]
    for text in new:
        bag = bag_of(text)
        near = range(position, min(position + WINDOW, len(old)))
        origin = max(near, key=lambda i: likeness(bags[i], bag), default=None)
        if origin is None or likeness(bags[origin], bag) < ALIKE:
            added.append(_whole("add", text))
            continue
        parts += [_whole("cut", cut) for cut in old[position:origin]]
        parts += [*added, *_edited(old[origin], text, budget)]
        position, added = origin + 1, []
    return [*parts, *(_whole("cut", cut) for cut in old[position:]), *added]


def _edited(before: str, after: str, budget: Budget) -> list[Block | Fold]:
    if before == after:
        return _folded([before])
    pieces = pieces_of(before, after, budget)
    if pieces is None:
        return [_whole("cut", before), _whole("add", after)]
    return [Block("edit", pieces)]


def pieces_of(before: str, after: str, budget: Budget) -> tuple[Piece, ...] | None:
    """The words of one paragraph that stayed, came and went; None when it is written anew."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    stretches, steps = shortest_edit(old, new, budget.steps)
    budget.steps -= steps
    if stretches is None:
        budget.is_rough = True
        return None
    pieces: list[Piece] = []
    i = j = 0
    for i_same, j_same, length in [*stretches, (len(old), len(new), 0)]:
        pieces += [Piece("cut", "".join(old[i:i_same]))] if i < i_same else []
        pieces += [Piece("add", "".join(new[j:j_same]))] if j < j_same else []
        i, j = i_same + length, j_same + length
        pieces += [Piece("", "".join(old[i_same:i]))] if length else []
    return tuple(_phrases(pieces))


def _phrases(pieces: list[Piece]) -> list[Piece]:
    """What stands alone between two changes belongs to both, so that phrases stay in one piece."""
    result: list[Piece] = []
    for index, piece in enumerate(pieces):
        between = 0 < index < len(pieces) - 1
        if piece.change == "" and between and _is_small(piece.text):
            result += [Piece("cut", piece.text), Piece("add", piece.text)]
        else:
            result.append(piece)
    return _grouped(result)


def _is_small(text: str) -> bool:
    """A lone space, or one short word between spaces."""
    word = text.strip()
    return not word or (len(word) <= SHORT_WORD and word.isalpha() and len(text) == len(word) + 2)


def _grouped(pieces: list[Piece]) -> list[Piece]:
    """Between two stretches that stayed: first everything cut, then everything added."""
    result: list[Piece] = []
    cut, added = [], []
    for piece in [*pieces, Piece("", "")]:
        if piece.change == "cut":
            cut.append(piece.text)
        elif piece.change == "add":
            added.append(piece.text)
        else:
            both = (("cut", "".join(cut)), ("add", "".join(added)))
            result += [Piece(change, text) for change, text in both if text]
            result += [piece] if piece.text else []
            cut, added = [], []
    return result


def _whole(change: str, text: str) -> Block:
    return Block(change, (Piece(change, text),))


def bag_of(text: str) -> Counter:
    return Counter(text.lower().split())


def likeness(one: Counter, other: Counter) -> float:
    """Shared words by all words, 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
