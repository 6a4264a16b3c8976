"""Temporary folders for ingests, on the storage's own file system where it has one."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.core.files.storage import FileSystemStorage, Storage

PREFIX = ".picture-ingest-"


@contextmanager
def workspace(storage: Storage) -> Iterator[Path]:
    """An empty private folder from which files can be moved into `storage`; gone afterwards."""
    base = _base(storage)
    base.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=base, ignore_cleanup_errors=True) as path:
        yield Path(path)


def delete_abandoned(storage: Storage, older_than: timedelta) -> int:
    """Delete the folders of ingests that were killed; returns how many there were."""
    latest = time.time() - older_than.total_seconds()
    abandoned = [path for path in _base(storage).glob(f"{PREFIX}*") if _changed(path) < latest]
    for path in abandoned:
        shutil.rmtree(path, ignore_errors=True)
    return len(abandoned)


def delete_stranded_uploads(folder: str | Path, older_than: timedelta) -> int:
    """Delete files that a killed request left where Django receives them; returns how many.

    They are as they were sent, with all that a camera writes into them.
    """
    latest = time.time() - older_than.total_seconds()
    stranded = [path for path in Path(folder).glob("*.upload*") if _changed(path) < latest]
    for path in stranded:
        path.unlink(missing_ok=True)
    return len(stranded)


def _base(storage: Storage) -> Path:
    is_local = isinstance(storage, FileSystemStorage)
    return Path(storage.location if is_local else tempfile.gettempdir())


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # its ingest ended just now
        return time.time()
