"""What is asked: 60 searches in 12 classes, drawn from what the designs really say."""

import random
from collections import Counter
from dataclasses import asdict, dataclass, field

PER_CLASS = 5
PAGE = 24
DEEP = 500
# Up to this number the same designs stand in every database of the bench.
KNOWN = 1_000


@dataclass(frozen=True)
class Query:
    id: str
    kind: str
    q: str = ""
    chosen: dict[str, list[str]] = field(default_factory=dict)
    match: str = "any"
    page: int = 1

    @property
    def has_text(self) -> bool:
        return bool(self.q)

    def as_dict(self) -> dict:
        return asdict(self)


def workload(designs: int) -> list[Query]:
    """Needs Django and a seeded database; the same for all databases but for the deep pages."""
    from communities.models import Version
    from communities.snapshot import Snapshot

    rng = random.Random(7)
    rows = Version.objects.filter(
        community__slug__in=[f"synthetic-{rng.randrange(1, KNOWN)}" for _ in range(400)]
    ).order_by("community__catalogue_number")
    designs_known = [
        Snapshot.from_json(snapshot) for snapshot in rows.values_list("snapshot", flat=True)
    ]
    found = _Finder(rng, designs_known, designs)
    return [
        Query(id=f"{kind}-{number}", kind=kind, **found.one(kind))
        for kind in KINDS
        for number in range(PER_CLASS)
    ]


KINDS = (
    "none",
    "value",
    "two values all",
    "value + kind",
    "value + kind + mode",
    "any",
    "word",
    "two words",
    "word + value",
    "rare word",
    "prefix",
    "deep page",
)
# Quotes: the whole word. Without them the last word is the beginning of one.


class _Finder:
    def __init__(self, rng: random.Random, snapshots, designs: int):
        self.rng, self.snapshots, self.designs = rng, snapshots, designs
        texts = (_words(snapshot) for snapshot in snapshots)
        self.counts = Counter(word for words in texts for word in set(words))
        self.orders = iter(("newest", "participants", "built-on") * 20)

    def one(self, kind: str) -> dict:
        return getattr(self, "_" + kind.replace(" + ", "_").replace(" ", "_"))()

    def _design(self, values=1):
        fitting = [one for one in self.snapshots if len(one.values) >= values]
        return self.rng.choice(fitting)

    def _none(self) -> dict:
        return {}

    def _value(self) -> dict:
        return {"chosen": {"value": [self._design().values[0].slug]}}

    def _two_values_all(self) -> dict:
        values = [value.slug for value in self._design(values=2).values[:2]]
        return {"chosen": {"value": sorted(values)}, "match": "all"}

    def _value_kind(self) -> dict:
        design = self._design()
        return {"chosen": {"value": [design.values[0].slug], "kind": [design.kind]}}

    def _value_kind_mode(self) -> dict:
        design = self._design()
        chosen = {"value": [design.values[0].slug], "kind": [design.kind], "mode": [design.mode]}
        return {"chosen": chosen}

    def _any(self) -> dict:
        values = {value.slug for _ in range(3) for value in self._design().values[:1]}
        kinds = {self._design().kind for _ in range(2)}
        return {"chosen": {"value": sorted(values), "kind": sorted(kinds)}}

    def _word(self) -> dict:
        return {"q": f'"{self._pick(self._design(), 0.05, 0.6)}"'}

    def _two_words(self) -> dict:
        design = self._design()
        first, second = (self._pick(design, 0.05, 0.5) for _ in range(2))
        return {"q": f'{first} "{second}"'}

    def _word_value(self) -> dict:
        design = self._design()
        word = self._pick(design, 0.02, 0.5)
        return {"q": f'"{word}"', "chosen": {"value": [design.values[0].slug]}}

    def _rare_word(self) -> dict:
        return {"q": f'"{self._pick(self._design(), 0, 0.006)}"'}

    def _prefix(self) -> dict:
        return {"q": self._pick(self._design(), 0.01, 0.2)[:4]}

    def _deep_page(self) -> dict:
        """Page 500 of all or of what a value finds, or as deep as there is."""
        deepest = min(DEEP, max(2, self.designs // PAGE // 4))
        chosen = {} if self.rng.random() < 0.4 else {"value": [self._design().values[0].slug]}
        return {"chosen": chosen, "page": deepest}

    def _pick(self, design, least: float, most: float) -> str:
        """A word of the design that so many of the known designs have."""
        total = len(self.snapshots)
        words = sorted({word for word in _words(design) if len(word) > 4 and word.isalpha()})
        fitting = [word for word in words if least <= self.counts[word] / total <= most]
        return self.rng.choice(fitting or words)


def _words(snapshot) -> list[str]:
    texts = (snapshot.description, *(section.body for section in snapshot.sections))
    return " ".join(texts).lower().replace(".", " ").split()
