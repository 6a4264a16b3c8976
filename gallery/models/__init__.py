"""What visitors search: derived from published versions, and rebuilt from them at any time."""

from .entry import Entry, EntryText
from .generation import Generation
from .insight import EntryInsight, InsightText
from .stored import FacetSet

__all__ = [
    "Entry",
    "EntryInsight",
    "EntryText",
    "FacetSet",
    "Generation",
    "InsightText",
]
