"""Reads that several pages share, bounded in queries whatever the number of rows."""

from .public import hidden_keys, published_snapshot, withheld_keys

__all__ = ["hidden_keys", "published_snapshot", "withheld_keys"]
