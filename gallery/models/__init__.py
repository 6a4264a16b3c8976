"""What visitors search: derived from published versions, and rebuilt from them at any time."""

from .entry import Entry, EntryFacet, EntryText
from .generation import Generation
from .insight import EntryInsight, EntryInsightValue

__all__ = [
    "Entry",
    "EntryFacet",
    "EntryInsight",
    "EntryInsightValue",
    "EntryText",
    "Generation",
]
