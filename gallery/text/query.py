"""What a visitor typed into the search box, understood without ever refusing it."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 200
MOST_WORDS = 16
SHORTEST_BEGINNING = 2

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"'))
PIECE = re.compile(r'(?P<minus>(?:(?<=\s)|^)-+)?(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]+))')
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Term:
    """Words that stand side by side; `is_beginning` if the last one may go on."""

    words: tuple[str, ...]
    is_beginning: bool = False


@dataclass(frozen=True)
class TextQuery:
    """All of `terms` and none of `without`. Words hold letters and digits only."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()

    def __bool__(self):
        return bool(self.terms or self.without)


@lru_cache(1024)
def parse(typed: str) -> TextQuery:
    """An empty query when there is no word in it. Remembered: each link of a page asks again."""
    text = unicodedata.normalize("NFKC", typed[:LONGEST]).translate(QUOTES)
    terms, without, count = [], [], 0
    for piece in PIECE.finditer(text):
        words = tuple(WORD.findall(piece["plain"] or piece["quoted"] or ""))
        words = words[: MOST_WORDS - count]
        if not words:
            continue
        count += len(words)
        if piece["minus"]:
            without.append(Term(words))
        else:
            terms.append(Term(words, is_beginning=_may_go_on(piece, words, text)))
    return TextQuery(tuple(terms), tuple(without))


def _may_go_on(piece, words, text) -> bool:
    """Only what a visitor may still be typing: the last word, unquoted."""
    is_last = not text[piece.end() :].strip()
    return bool(piece["plain"]) and is_last and len(words[-1]) >= SHORTEST_BEGINNING
