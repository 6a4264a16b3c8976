"""Text search by SQLite's FTS5."""

import json
from dataclasses import dataclass

import msgspec
from django.db import connection
from pyroaring import FrozenBitMap

from .parts import COLUMNS, MARKED_CHARACTERS
from .passages import START, STOP, Marked, spans_of
from .query import Term

# All numbers in one text: making a row of each would take four times as long.
HOLDING = "SELECT group_concat(rowid) FROM {table}_fts WHERE {table}_fts MATCH %s"
# Whole words lead straight to each number, however many others have them.
MARKED_EACH = """
SELECT fts.rowid, {columns}, (SELECT parts FROM {table} WHERE number = fts.rowid)
FROM json_each(%s) AS wanted CROSS JOIN {table}_fts AS fts
WHERE {table}_fts MATCH %s AND fts.rowid = wanted.value
"""
# Where a word goes on, SQLite gathers all words that begin with it, so that is done but once: the
# range bounds what is read of them.
MARKED_IN_RANGE = """
SELECT rowid, {columns}, (SELECT parts FROM {table} WHERE number = fts.rowid)
FROM {table}_fts AS fts
WHERE {table}_fts MATCH %s AND rowid BETWEEN %s AND %s AND +rowid IN ({numbers})
"""
OPTIMIZE = "INSERT INTO {table}_fts ({table}_fts) VALUES ('optimize')"
CONFIGURE = "INSERT INTO {table}_fts ({table}_fts, rank) VALUES (%s, %s)"
# How much is kept in memory before it is written as one more segment, and how many of these may be
# before they are merged: SQLite's own figures, and those for very many texts.
USUAL = {"hashsize": 1 << 20, "automerge": 4, "crisismerge": 16}
HURRIED = {"hashsize": 64 << 20, "automerge": 0, "crisismerge": 1_000}


@dataclass(frozen=True)
class SQLiteText:
    table: str

    def holding(self, terms: tuple[Term, ...], depth: int) -> FrozenBitMap:
        wanted = " AND ".join(map(_term, terms))
        within = f"{{{' '.join(COLUMNS[:depth])}}} : " if depth < len(COLUMNS) else ""
        return self._numbers(f"{within}({wanted})")

    def holding_any(self, terms: tuple[Term, ...]) -> FrozenBitMap:
        return self._numbers(_any_of(terms))

    def holding_each(self, terms: tuple[Term, ...]) -> dict[Term, FrozenBitMap]:
        each = " UNION ALL ".join([HOLDING.format(table=self.table)] * len(terms))
        with connection.cursor() as cursor:
            cursor.execute(each, [_term(term) for term in terms])
            return {
                term: _set(found) for term, (found,) in zip(terms, cursor.fetchall(), strict=True)
            }

    def marked(self, terms: tuple[Term, ...], numbers: list[int]) -> list[Marked]:
        columns = ", ".join(
            f"highlight({self.table}_fts, {place}, '{START}', '{STOP}')"
            for place in range(len(COLUMNS))
        )
        wanted = _any_of(terms)
        if any(term.is_beginning for term in terms):
            sql, asked = MARKED_IN_RANGE, [wanted, min(numbers), max(numbers), *numbers]
        else:
            sql, asked = MARKED_EACH, [json.dumps(numbers), wanted]
        places = ", ".join(["%s"] * len(numbers))
        with connection.cursor() as cursor:
            cursor.execute(sql.format(table=self.table, columns=columns, numbers=places), asked)
            return [_marked(row) for row in cursor.fetchall()]

    def prepare(self) -> None:
        self._configure(HURRIED)

    def settle(self) -> None:
        self._configure(USUAL)
        with connection.cursor() as cursor:
            cursor.execute(OPTIMIZE.format(table=self.table))

    def _configure(self, settings: dict[str, int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(CONFIGURE.format(table=self.table), settings.items())

    def _numbers(self, wanted: str) -> FrozenBitMap:
        with connection.cursor() as cursor:
            cursor.execute(HOLDING.format(table=self.table), [wanted])
            (found,) = cursor.fetchone()
        return _set(found)


def _set(numbers: str | None) -> FrozenBitMap:
    """From numbers with commas between them, which is how a list is written in JSON."""
    return FrozenBitMap(msgspec.json.decode(f"[{numbers or ''}]", type=list[int]))


def _marked(row) -> Marked:
    number, *columns, parts = row
    texts, spans = {}, {}
    for name, column in zip(COLUMNS, columns, strict=True):
        found = spans_of(column) if START in column else []
        texts[name] = column.replace(START, "").replace(STOP, "") if found else column
        spans[name] = [span for span in found if span[1] <= MARKED_CHARACTERS]
    return Marked.from_row(number, texts, spans, parts)


def _any_of(terms: tuple[Term, ...]) -> str:
    return " OR ".join(map(_term, terms))


def _term(term: Term) -> str:
    """Quoted, so that no word is taken for an operator."""
    return f'"{" ".join(term.words)}"{" *" if term.is_beginning else ""}'
