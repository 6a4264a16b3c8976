"""What changed between two snapshots, typed and ready to show.

    changes = compare(before, after)

Pure: no query, no HTML. Every comparison is bounded in time and in what it shows; where a text is
too long to be compared to the end, its change says so (`is_cut_short`).
"""

from .design import Differences, FactChange, PictureChange, ValueChange, compare
from .text import Block, Budget, Piece, TextChange, compare_texts

__all__ = [
    "Block",
    "Budget",
    "Differences",
    "FactChange",
    "PictureChange",
    "Piece",
    "TextChange",
    "ValueChange",
    "compare",
    "compare_texts",
]
