"""Cells, rows and groups of rows: the parts that layouts are made of.

The limits of a cell are those of its type, so that no structure can be read that breaks them.
Raise them freely, but never lower them: versions that were frozen under the old ones stay.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, ClassVar, get_args, get_type_hints

from django.db.models import TextChoices
from msgspec import Meta, Struct, to_builtins
from msgspec.structs import replace as replace_fields

MOST_MONEY = Decimal("99999999.99")


class CellKind(StrEnum):
    LINE = "line"
    CHOICE = "choice"
    DAY = "day"
    COUNT = "count"
    AMOUNT = "amount"
    TICK = "tick"

    @property
    def is_number(self) -> bool:
        return self in (CellKind.COUNT, CellKind.AMOUNT)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """`most` is how many characters, or how large a number."""

    title: str
    kind: CellKind
    most: int = 0
    hint: str = ""
    choices: type[TextChoices] | None = None
    name: str = ""

    def label_of(self, value: str) -> str:
        """The word for a choice; one that is no longer offered stands as it was stored."""
        return self.choices(value).label if value in self.choices.values else value


@dataclass(frozen=True, kw_only=True)
class Group:
    """Rows of one kind. `one` is what one of them is called; `blanks` how many stand ready."""

    title: str
    one: str
    most: int
    hint: str = ""
    blanks: int = 2
    name: str = ""
    row: type = Struct

    @property
    def cells(self) -> tuple[Cell, ...]:
        return cells_of(self.row)


def line(title: str, most: int = 200, **words):
    """One line of text."""
    cell = Cell(title=title, kind=CellKind.LINE, most=most, **words)
    return Annotated[str, Meta(max_length=most), cell]


def choice(title: str, choices: type[TextChoices], **words):
    cell = Cell(title=title, kind=CellKind.CHOICE, choices=choices, **words)
    return Annotated[str, Meta(max_length=40), cell]


def day(title: str, **words):
    return Annotated[date | None, Cell(title=title, kind=CellKind.DAY, **words)]


def count(title: str, most: int, **words):
    """A whole number from 0."""
    number = Annotated[int, Meta(ge=0, le=most)]
    return Annotated[number | None, Cell(title=title, kind=CellKind.COUNT, most=most, **words)]


def amount(title: str, **words):
    """Money or hours, exact to the hundredth."""
    return Annotated[Decimal | None, Cell(title=title, kind=CellKind.AMOUNT, **words)]


def tick(title: str, **words):
    return Annotated[bool, Cell(title=title, kind=CellKind.TICK, **words)]


def rows(row: type, title: str, *, one: str, most: int = 24, **words):
    group = Group(title=title, one=one, most=most, row=row, **words)
    return Annotated[tuple[row, ...], Meta(max_length=most), group]


class Row(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`id` tells rows apart while two people edit them; versions and exports are without it."""

    id: Annotated[str, Meta(max_length=24)] = ""

    @property
    def is_empty(self) -> bool:
        return all(getattr(self, cell.name) in ("", None, False) for cell in cells_of(type(self)))


class Structure(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="layout"):
    """What one section holds in rows and cells. Subclasses are the layouts.

    `suggests` names the group that suggestions are for, and its cells for their kind, text and
    answer; empty where none are kept.
    """

    suggests: ClassVar[tuple[str, ...]] = ()

    def to_json(self) -> dict:
        return to_builtins(self)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was filled in at all."""
        cells = (getattr(self, cell.name) for cell in plain_cells_of(type(self)))
        groups = (getattr(self, group.name) for group in groups_of(type(self)))
        return all(value in ("", None, False) for value in cells) and not any(groups)

    def without_ids(self) -> "Structure":
        """As versions keep it."""
        plain = {
            group.name: tuple(replace_fields(row, id="") for row in getattr(self, group.name))
            for group in groups_of(type(self))
        }
        return replace_fields(self, **plain)

    def notes(self) -> tuple[str, ...]:
        """What follows from the rows, in sentences: sums and lengths."""
        return ()

    def doubts(self) -> tuple[str, ...]:
        """What is not yet specific or does not add up, in sentences to the team."""
        return ()


@cache
def cells_of(row: type) -> tuple[Cell, ...]:
    """The cells of a row, in order."""
    return tuple(replace(cell, name=name) for name, cell in _annotated(row, Cell))


@cache
def plain_cells_of(structure: type) -> tuple[Cell, ...]:
    """The cells that a layout has besides its rows."""
    return cells_of(structure)


@cache
def groups_of(structure: type) -> tuple[Group, ...]:
    return tuple(replace(group, name=name) for name, group in _annotated(structure, Group))


def _annotated(holder: type, wanted: type):
    for name, hint in get_type_hints(holder, include_extras=True).items():
        for words in get_args(hint)[1:]:
            if isinstance(words, wanted):
                yield name, words
