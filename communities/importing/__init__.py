"""Designs from elsewhere: CSV or JSON Lines in, drafts or published designs out.

reading (file → raw rows) → rows (raw → checked row) → plan (rows → what is new) → checking (the
whole file) → writing → noting; browser (what was sent, previewed, confirmed) → undoing.
"""

from .browser import Changed, Gone, confirm, look_again, preview_of, receive
from .checking import Checked, check_rows
from .identity import identity_of
from .noting import write_noted
from .plan import Fate, Plan
from .reading import COLUMNS, UnknownColumn, Unreadable, column_map, read_rows
from .rows import Row, check
from .undoing import undo, what_stays
from .writing import write

__all__ = [
    "COLUMNS",
    "Changed",
    "Checked",
    "Fate",
    "Gone",
    "Plan",
    "Row",
    "UnknownColumn",
    "Unreadable",
    "check",
    "check_rows",
    "column_map",
    "confirm",
    "identity_of",
    "look_again",
    "preview_of",
    "read_rows",
    "receive",
    "undo",
    "what_stays",
    "write",
    "write_noted",
]
