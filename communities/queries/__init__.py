"""Reads that several pages share, bounded in queries whatever the number of rows."""

from .public import published_snapshot

__all__ = ["published_snapshot"]
