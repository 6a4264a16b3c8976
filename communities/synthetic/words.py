"""A vocabulary like that of a large library: few words everywhere, most of them hardly anywhere."""

import random
import re
from collections import Counter
from functools import cached_property
from itertools import accumulate

from ..demo import content

SIZE = 30_000
SENTENCES = 20_000
# Up to this rank only real words; further on every second one is made up.
PLAIN_RANKS = 200
STARTS = "b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sh sl sp st t tr v w z"
MIDDLES = "a e i o u ai ea ee io oa ou"
ENDS = "b d f g k l lm ln m n nd nt p r rd rk rm rn rt s sk st t th v x"
WORD = re.compile(r"[a-z]{2,}")


class Words:
    """The same for the same seed: single words by their frequency, and sentences made of them."""

    def __init__(self, seed: int):
        self._rng = random.Random(f"words of {seed}")  # noqa: S311  nothing secret
        self.ranked = self._ranked_words()
        # Zipf, flattened at the top as in running text.
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(SIZE)))

    @cached_property
    def sentences(self) -> list[str]:
        return [self.sentence(self._rng) for _ in range(SENTENCES)]

    def sentence(self, rng: random.Random) -> str:
        """One that nobody else says, with rare words where chance has it."""
        drawn = rng.choices(self.ranked, cum_weights=self._weights, k=rng.randrange(8, 17))
        return f"{drawn[0].capitalize()} {' '.join(drawn[1:])}."

    def text(self, rng: random.Random, count: int) -> str:
        """`count` sentences that others say as well."""
        return " ".join(rng.choices(self.sentences, k=count))

    def own_text(self, rng: random.Random, count: int) -> str:
        return f"{self.sentence(rng)} {self.text(rng, count - 1)}"

    def line(self, rng: random.Random, longest: int) -> str:
        """A sentence, cut between words."""
        text = rng.choice(self.sentences)
        return text if len(text) <= longest else text[:longest].rpartition(" ")[0] + "."

    def name(self, rng: random.Random, *, first: int, last: int) -> str:
        """Two or three words of the ranks between, as a title has them."""
        chosen = (self.ranked[rng.randrange(first, last)] for _ in range(rng.randrange(2, 4)))
        return " ".join(word.capitalize() for word in chosen)

    def _ranked_words(self) -> list[str]:
        real = _real_words()
        ranked = dict.fromkeys(real[:PLAIN_RANKS])
        further = iter(real[PLAIN_RANKS:])
        while len(ranked) < SIZE:
            ranked[next(further, None) or self._made_up()] = None
            ranked[self._made_up()] = None
        return list(ranked)[:SIZE]

    def _made_up(self) -> str:
        pick = self._rng.choice
        middle = "".join(pick(STARTS_) + pick(MIDDLES_) for _ in range(self._rng.randrange(1, 3)))
        return middle + pick(STARTS_) + pick(MIDDLES_) + pick(ENDS_)


STARTS_, MIDDLES_, ENDS_ = STARTS.split(), MIDDLES.split(), ENDS.split()


def _real_words() -> list[str]:
    """Those of the demo's designs, the most frequent first."""
    texts = (text for design in content.designs() for text in _texts(design))
    counts = Counter(word for text in texts for word in WORD.findall(text.lower()))
    return sorted(counts, key=lambda word: (-counts[word], word))


def _texts(part):
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for one in part.values():
            yield from _texts(one)
    elif isinstance(part, list):
        for one in part:
            yield from _texts(one)
