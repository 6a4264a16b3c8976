"""Full-text search by the database itself, behind one interface.

Whatever the database, a text query finds designs in which all its words stand, in any form of an
English word, in any case and without regard to accents; quoted words stand side by side, words
after a minus do not stand there, and the last word may be the beginning of one. The order is by
where a design must be read to find all words: its title, then summary and big purpose, then values
and insights, then the rest; within that by the database's own measure, the newest first.
"""

from typing import Protocol

from django.db import connection

from .parts import PART_BREAK
from .passages import Marked, Passage
from .postgresql import PostgreSQLText
from .query import TextQuery, parse
from .sqlite import SQLiteText

__all__ = ["PART_BREAK", "Marked", "Passage", "TextIndex", "TextQuery", "parse", "text_index"]


class TextIndex(Protocol):
    def ranked(self, query: TextQuery) -> list[int]:
        """The numbers of all entries that match, the best first. One query, never an error."""

    def marked(self, query: TextQuery, numbers: list[int]) -> list[Marked]:
        """The columns of these entries with the places of the words found. One query."""


def text_index() -> TextIndex:
    """That of the database in use."""
    return PostgreSQLText() if connection.vendor == "postgresql" else SQLiteText()
