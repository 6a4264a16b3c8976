"""From raw rows to a plan, with what becomes of each row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from accounts.models import Cohort

from ..models import Value
from ..tagging import slug_for
from .plan import Fate, Plan
from .reading import COLUMNS, Unreadable
from .rows import Row, check


@dataclass
class Checked:
    """`rows` in the order of the file, each with its fate; `unread` are columns nobody reads."""

    plan: Plan = field(default_factory=Plan)
    rows: list[tuple[Row, Fate]] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    @property
    def broken(self) -> int:
        return sum(fate is Fate.WRONG for _, fate in self.rows)

    def complaints(self, *kinds: str) -> list[tuple[int, str]]:
        """(line, words) of the `errors` and `warnings` of all rows."""
        return [
            (row.line, words)
            for row, _ in self.rows
            for kind in kinds or ("errors", "warnings")
            for words in getattr(row, kind)
        ]


def check_rows(
    lines: Iterable[tuple[int, dict | Unreadable]],
    *,
    most: int | None = None,
    progress: Callable[[int], None] = lambda read: None,
) -> Checked:
    """Check every row and plan what to write. Raises Unreadable for the file as a whole.

    Five queries, however many rows. More rows than `most` are refused.
    """
    checked, today = Checked(), date.today()
    values, cohorts = _values(), _cohorts()
    for line, raw in lines:
        row = check(line, raw, values=values, cohorts=cohorts, today=today)
        checked.unread |= set(raw) - set(COLUMNS) if isinstance(raw, dict) else set()
        fate = Fate.WRONG if row.errors else checked.plan.add(row)
        checked.rows.append((row, fate))
        if most is not None and len(checked.rows) > most:
            raise Unreadable(f"The file has more than {most} rows.")
        progress(len(checked.rows))
    return checked


def _values() -> dict[str, Value]:
    found = {}
    for value in Value.objects.prefetch_related("aliases"):
        for name in (value.slug, value.name, *(alias.slug for alias in value.aliases.all())):
            found.setdefault(slug_for(name), value)
    return found


def _cohorts() -> dict[str, Cohort]:
    found = {}
    for cohort in Cohort.objects.all():
        found |= {slug_for(cohort.name): cohort, cohort.slug: cohort}
    return found
