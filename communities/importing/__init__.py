"""Designs from elsewhere: CSV or JSON Lines in, drafts or published designs out.

reading (file → raw rows) → rows (raw → checked row) → plan (rows → what is new) → writing.
"""

from .identity import identity_of
from .plan import Plan
from .reading import COLUMNS, Unreadable, read_rows
from .rows import Row, check
from .writing import write

__all__ = ["COLUMNS", "Plan", "Row", "Unreadable", "check", "identity_of", "read_rows", "write"]
