"""Text search by PostgreSQL's tsvector and GIN."""

import sys
from array import array
from dataclasses import dataclass

from django.db import connection
from pyroaring import FrozenBitMap

from .parts import COLUMNS, MARKED_CHARACTERS
from .passages import START, STOP, Marked, spans_of
from .query import Term

# Functions of migration 0002: all numbers in one value.
HOLDING = "SELECT {table}_holding_{depth}(%s)"
MARKED = "SELECT number, {columns}, parts FROM {table} WHERE number = ANY(%s)"
MARKED_COLUMN = (
    "left({column}, {length}), "
    "ts_headline('gallery', gallery_words(left({column}, {length})), to_tsquery('gallery', %s), "
    '\'HighlightAll=true, StartSel="{start}", StopSel="{stop}"\')'
)
INDEX = "{table}_depth_{depth}"
DEPTHS = range(1, len(COLUMNS) + 1)


@dataclass(frozen=True)
class PostgreSQLText:
    table: str

    def holding(self, terms: tuple[Term, ...], depth: int) -> FrozenBitMap:
        return self._numbers(" & ".join(map(_term, terms)), depth)

    def holding_any(self, terms: tuple[Term, ...]) -> FrozenBitMap:
        return self._numbers(_any_of(terms), len(COLUMNS))

    def holding_each(self, terms: tuple[Term, ...]) -> dict[Term, FrozenBitMap]:
        one = f"({HOLDING.format(table=self.table, depth=len(COLUMNS))})"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join([one] * len(terms))}", [*map(_term, terms)])
            return {term: _set(found) for term, found in zip(terms, cursor.fetchone(), strict=True)}

    def marked(self, terms: tuple[Term, ...], numbers: list[int]) -> list[Marked]:
        columns = ", ".join(
            MARKED_COLUMN.format(column=name, length=MARKED_CHARACTERS, start=START, stop=STOP)
            for name in COLUMNS
        )
        wanted = [_any_of(terms)] * len(COLUMNS)
        with connection.cursor() as cursor:
            sql = MARKED.format(table=self.table, columns=columns)
            cursor.execute(sql, [*wanted, numbers])
            return [_marked(row) for row in cursor.fetchall()]

    def prepare(self) -> None:
        # Inside a transaction its own changes must be checked first.
        connection.check_constraints()
        with connection.cursor() as cursor:
            for depth in DEPTHS:
                cursor.execute(
                    f"DROP INDEX IF EXISTS {INDEX.format(table=self.table, depth=depth)}"
                )

    def settle(self) -> None:
        connection.check_constraints()
        with connection.cursor() as cursor:
            for depth in DEPTHS:
                name = INDEX.format(table=self.table, depth=depth)
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS {name} ON {self.table} USING gin (depth_{depth})"
                )

    def _numbers(self, wanted: str, depth: int) -> FrozenBitMap:
        with connection.cursor() as cursor:
            cursor.execute(HOLDING.format(table=self.table, depth=depth), [wanted])
            (found,) = cursor.fetchone()
        return _set(found)


def _set(found: bytes | None) -> FrozenBitMap:
    """From numbers of four bytes, the highest byte first."""
    numbers = array("I", bytes(found or b""))
    if sys.byteorder == "little":
        numbers.byteswap()
    return FrozenBitMap(numbers)


def _marked(row) -> Marked:
    number, *columns, parts = row
    texts = dict(zip(COLUMNS, columns[::2], strict=True))
    spans = {name: spans_of(column) for name, column in zip(COLUMNS, columns[1::2], strict=True)}
    return Marked.from_row(number, texts, spans, parts)


def _any_of(terms: tuple[Term, ...]) -> str:
    return " | ".join(map(_term, terms))


def _term(term: Term) -> str:
    """Words that follow each other, the last one perhaps a beginning."""
    *words, last = term.words
    return f"({' <-> '.join([*words, f'{last}:*' if term.is_beginning else last])})"
