"""What a section of the document holds besides its free text, described once for each layout.

    plan = from_json(section.structure)     # a Structure, or None
    shown_of(plan)                          # tables, facts and notes, ready for a page
    as_markdown(plan), as_lines(plan)       # for exports; for search and comparison

A layout is one class of `layouts.py`: its rows and cells say how they are called, how long they
may be and what may be chosen. The form, the page, the exports, the search text and the comparison
of versions are all made from that. Nothing here reads the database.
"""

from .cells import Cell, CellKind, Group, Row, Structure, cells_of, groups_of, plain_cells_of
from .layouts import STRUCTURES, AnyStructure, from_json, structure_of
from .shown import Shown, Table, as_lines, as_markdown, shown_of, words_of

__all__ = [
    "STRUCTURES",
    "AnyStructure",
    "Cell",
    "CellKind",
    "Group",
    "Row",
    "Shown",
    "Structure",
    "Table",
    "as_lines",
    "as_markdown",
    "cells_of",
    "from_json",
    "groups_of",
    "plain_cells_of",
    "shown_of",
    "structure_of",
    "words_of",
]
