"""Finds and deletes picture files that no record points to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.core.files.storage import Storage
from django.utils import timezone

from .workspace import PREFIX, delete_abandoned

AN_HOUR = timedelta(hours=1)


def unreferenced(
    storage: Storage, root: str, referenced: set[str], older_than: timedelta = AN_HOUR
) -> Iterator[str]:
    """Names below `root` that are not in `referenced` and were last changed long enough ago.

    The age spares uploads whose record is about to be committed. One listing per folder, and
    one question for the time per unreferenced file.
    """
    latest = timezone.now() - older_than
    for name in _names_below(storage, root):
        if name not in referenced and _changed_before(storage, name, latest):
            yield name


def delete_unreferenced(
    storage: Storage, root: str, referenced: set[str], older_than: timedelta = AN_HOUR
) -> list[str]:
    """Delete the unreferenced files and return their names; also clears killed ingests."""
    names = list(unreferenced(storage, root, referenced, older_than))
    for name in names:
        storage.delete(name)
    delete_abandoned(storage, older_than)
    return names


def _names_below(storage: Storage, root: str) -> Iterator[str]:
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            folders, files = storage.listdir(folder)
        except FileNotFoundError:
            continue
        prefix = f"{folder}/" if folder else ""
        yield from (prefix + name for name in sorted(files))
        waiting += [prefix + name for name in folders if not name.startswith(PREFIX)]


def _changed_before(storage: Storage, name: str, latest) -> bool:
    try:
        return storage.get_modified_time(name) < latest
    except FileNotFoundError:
        return False
