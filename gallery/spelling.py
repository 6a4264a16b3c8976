"""The words that designs are described with, and the nearest of them to one that finds nothing."""

import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice, product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .catalogue import Catalogue
from .corpora import Corpus
from .models import EntryInsight, EntryText
from .names import KIND_NAMES, Name, fold, topic_names, value_names
from .text.query import PIECE, QUOTES, WORD

# The newest designs speak for the others: beyond these there is hardly a new word.
MOST_ROWS = 20_000
MOST_WORDS = 60_000
SHORTEST, LONGEST = 3, 30
# Words of this length and more may differ in two places, shorter ones in one.
LONG = 6
NEAREST = 3
MOST_UNKNOWN = 4
MOST_TRIED = 6
# A change by less than one in so many designs needs no new list.
FRESH_EVERY = 200


class WordList:
    """Words, the most frequent first, in lower case."""

    def __init__(self, texts: Iterable[str]):
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(WORD.findall(text.lower()))
        fitting = (word for word, _ in counts.most_common() if SHORTEST <= len(word) <= LONGEST)
        self.words = list(islice(fitting, MOST_WORDS))
        self.folded = [fold(word) for word in self.words]
        self.known = frozenset(self.folded)

    def nearest(self, word: str) -> list[str]:
        """The best first: fewest changes, same first letter, most frequent."""
        typed = fold(word)
        if not SHORTEST <= len(typed) <= LONGEST:
            return []
        reach = 2 if len(typed) >= LONG else 1
        near = process.extract(
            typed, self.folded, scorer=OSA.distance, score_cutoff=reach, limit=None
        )
        near = sorted(
            (distance, found[0] != typed[0], place) for found, distance, place in near if distance
        )
        return [self.words[place] for *_, place in near[:NEAREST]]


def word_list(catalogue: Catalogue) -> WordList:
    """That of this catalogue. Two queries when it has to be made, which takes up to a second.

    Of many designs a few more or less change no spelling, so that one for nearly as many will do;
    what it offers is offered only where it finds something.
    """
    designs = len(catalogue.everything)
    with _making:
        key, size, known = _lists.get(catalogue.corpus, ("", 0, None))
        if known and (key == catalogue.key or abs(designs - size) < designs // FRESH_EVERY):
            return known
        known = WordList(_texts(catalogue))
        _lists[catalogue.corpus] = catalogue.key, designs, known
        return known


def corrections(q: str, unknown: Iterable[str], known: WordList) -> list[str]:
    """`q` with each of the `unknown` words replaced, the likeliest first.

    Quotes stay, and so does what is left out with a minus. Empty where a word has none near it.
    """
    unknown = list(dict.fromkeys(unknown))
    near = [known.nearest(word) for word in unknown]
    if not unknown or len(unknown) > MOST_UNKNOWN or not all(near):
        return []
    ways = sorted(product(*map(enumerate, near)), key=lambda way: sum(rank for rank, _ in way))
    return [
        _replaced(q, dict(zip(unknown, (word for _, word in way), strict=True)))
        for way in ways[:MOST_TRIED]
    ]


def nearest_name(typed: str, names: Iterable[Name]) -> str | None:
    """The label whose name is most like this, where one is at all."""
    names = list(names)
    wanted = " ".join(fold(typed[:LONGEST]).split())
    found = process.extractOne(
        wanted,
        [fold(name.text) for name in names],
        scorer=OSA.normalized_similarity,
        score_cutoff=0.6,
    )
    return names[found[2]].label if found else None


def _replaced(q: str, instead: dict[str, str]) -> str:
    def in_piece(piece):
        if piece["minus"]:
            return piece[0]
        return WORD.sub(lambda word: instead.get(word[0], word[0]), piece[0])

    return PIECE.sub(in_piece, unicodedata.normalize("NFKC", q).translate(QUOTES))


def _texts(catalogue: Catalogue) -> Iterator[str]:
    """Nothing of the documents themselves: they are long, and their words are found anyway."""
    for names in (value_names(catalogue.words), KIND_NAMES, topic_names(catalogue)):
        yield from (name.text for name in names)
    rows = EntryText.objects.order_by("-pk").values_list("title", "summary")
    for row in rows[:MOST_ROWS].iterator():
        yield from row
    yield from (
        EntryInsight.objects.order_by("-number")
        .values_list("headline", flat=True)[:MOST_ROWS]
        .iterator()
    )


# For each corpus the generation and the size that its words were taken from.
_lists: dict[Corpus, tuple[str, int, WordList]] = {}
_making = threading.Lock()
