"""What two people wrote in one form, beside each other."""

from dataclasses import dataclass

from ..differences.sides import Sides


@dataclass(frozen=True)
class Difference:
    """One field that two people wrote: what this form holds, and what is saved meanwhile.

    `name` is the id of the field in the page, `field` its name there, by which one of the two or
    both can be chosen; without it there is nothing to choose. `sides` marks the words that differ.
    """

    label: str
    name: str
    yours: str
    theirs: str
    field: str = ""
    sides: Sides | None = None


@dataclass(frozen=True)
class Conflict:
    by: str
    at: str
    differences: tuple[Difference, ...]
