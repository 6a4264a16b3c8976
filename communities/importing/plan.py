"""What an import will do, worked out before anything is written."""

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from ..models import Community, Implementation
from .rows import Row


class Fate(StrEnum):
    """What becomes of one row of a file."""

    NEW = "new"
    RUN = "further run"
    KNOWN = "here already"
    WRONG = "wrong"


@dataclass
class Design:
    """All rows about one design; writing gives a new one its `community`, and `made` its runs."""

    community: Community | None
    is_new: bool
    rows: list[Row] = field(default_factory=list)
    runs: list[Row] = field(default_factory=list)
    made: list[Implementation] = field(default_factory=list)

    @property
    def first(self) -> Row:
        return self.rows[0]

    @property
    def topics(self) -> list[str]:
        return list(dict.fromkeys(name for row in self.rows for name in row.topics))

    @property
    def values(self) -> list[tuple[object, str]]:
        """Each value once, with the first rationale that any row gives."""
        held: dict = {}
        for row in self.rows:
            for value, rationale in row.values:
                held[value] = held.get(value) or rationale
        return list(held.items())


class Plan:
    """Sorts rows into new designs, further runs of known ones, and what is here already."""

    def __init__(self):
        known = Community.objects.exclude(import_key=None)
        self._known = {community.import_key: community for community in known}
        self._begun: dict[int, set] = {}
        runs = Implementation.objects.filter(community__import_key__isnull=False)
        for pk, starts_on in runs.values_list("community_id", "starts_on"):
            self._begun.setdefault(pk, set()).add(starts_on)
        self._designs: dict[str, Design] = {}
        self.repeated = 0

    def add(self, row: Row) -> Fate:
        design = self._designs.get(row.identity)
        if design is None:
            known = self._known.get(row.identity)
            design = self._designs[row.identity] = Design(known, is_new=known is None)
        begun = self._begun.get(design.community.pk, set()) if design.community else set()
        is_repeated = row.starts in begun | {run.starts for run in design.runs}
        self.repeated += is_repeated
        design.rows.append(row)
        if is_repeated:
            return Fate.KNOWN
        design.runs.append(row)
        return Fate.NEW if design.is_new and len(design.runs) == 1 else Fate.RUN

    @property
    def digest(self) -> str:
        """The same for two plans that would write the same, whatever is in the database."""
        lines = [
            f"{key} {design.is_new} {row!r}"
            for key, design in sorted(self._designs.items())
            for row in design.runs
        ]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @property
    def new(self) -> list[tuple[str, Design]]:
        return [(key, design) for key, design in self._designs.items() if design.is_new]

    @property
    def grown(self) -> list[Design]:
        """Known designs that ran again."""
        return [d for d in self._designs.values() if not d.is_new and d.runs]

    @property
    def added_runs(self) -> int:
        """Runs beyond the first of each new design."""
        return sum(len(d.runs) for d in self._designs.values()) - len(self.new)
