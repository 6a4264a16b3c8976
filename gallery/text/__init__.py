"""Full-text search by the database itself, behind one interface.

Whatever the database, a text query finds designs in which all its words stand, in any form of an
English word, in any case and without regard to accents; quoted words stand side by side, words
after a minus do not stand there, and the last word may be the beginning of one.

Columns stand in the order of their weight (models.SearchedText). How deep one must read to find
all words is what relevance means: those that need the title alone come first, then those that
need the first two columns, and so on. Sets instead of scores, so that both databases answer alike
and an order of a hundred thousand designs costs no more than its first page.
"""

from typing import Protocol

from django.db import connection
from pyroaring import FrozenBitMap

from .parts import COLUMNS, PART_BREAK
from .passages import Marked, Passage
from .postgresql import PostgreSQLText
from .query import Term, TextQuery, parse
from .sqlite import SQLiteText

DEPTHS = len(COLUMNS)

__all__ = [
    "DEPTHS",
    "PART_BREAK",
    "Marked",
    "Passage",
    "Term",
    "TextIndex",
    "TextQuery",
    "parse",
    "text_index",
]


class TextIndex(Protocol):
    """The words of one table."""

    def holding(self, terms: tuple[Term, ...], depth: int) -> FrozenBitMap:
        """The numbers in whose first `depth` columns all terms stand. One query, never an error."""

    def holding_any(self, terms: tuple[Term, ...]) -> FrozenBitMap:
        """The numbers in which at least one of the terms stands anywhere. One query."""

    def holding_each(self, terms: tuple[Term, ...]) -> dict[Term, FrozenBitMap]:
        """For each term the numbers in which it stands anywhere. One query."""

    def marked(self, terms: tuple[Term, ...], numbers: list[int]) -> list[Marked]:
        """The columns of these numbers with the places of the words found. One query."""

    def prepare(self) -> None:
        """Very many texts are about to be written; searching is slow until `settle`."""

    def settle(self) -> None:
        """Bring the index into the form that is searched most quickly."""


def text_index(table: str) -> TextIndex:
    """That of the database in use."""
    made = PostgreSQLText if connection.vendor == "postgresql" else SQLiteText
    return made(table)
