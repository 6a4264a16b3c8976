"""What changed between two snapshots, typed and ready to show.

    changes = compare(before, after)

Pure: no query, no HTML. Every comparison is bounded in work and in what it shows by its `Budget`;
where a text is too long to be compared to the end, its change says so (`is_cut_short`), and where
paragraphs could not be compared word by word, the whole does (`is_rough`).
"""

from .design import Differences, FactChange, PictureChange, ValueChange, compare, explained
from .size import change_of_words
from .text import Block, Budget, Fold, Piece, TextChange, compare_texts

__all__ = [
    "Block",
    "Budget",
    "Differences",
    "FactChange",
    "Fold",
    "PictureChange",
    "Piece",
    "TextChange",
    "ValueChange",
    "change_of_words",
    "compare",
    "compare_texts",
    "explained",
]
