"""Puts finished files into a storage: all of them, or none."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage

log = logging.getLogger(__name__)


class _FinishedFile(File):
    """A file that Django's local storage moves into place instead of copying it."""

    def temporary_file_path(self) -> str:
        return self.file.name


def save_all(storage: Storage, finished: Iterable[tuple[str, Path]]) -> list[str]:
    """Save each (name, path) and return the names given by the storage, which are new ones.

    On a local storage the files are moved and outlive a power cut from here on. If one
    cannot be saved, those already saved are deleted and the error passes through.
    """
    saved: list[str] = []
    try:
        for name, path in finished:
            with path.open("rb") as file:
                os.fsync(file.fileno())
                saved.append(storage.save(name, _FinishedFile(file, name=name)))
        if isinstance(storage, FileSystemStorage):
            _sync_folders(storage, saved)
    except BaseException:
        delete_all(storage, saved)
        raise
    return saved


def delete_all(storage: Storage, names: Iterable[str]) -> None:
    """Delete what can be deleted; what cannot is logged and left to the sweep."""
    for name in names:
        try:
            storage.delete(name)
        except Exception:
            log.exception("could not delete %r", name)


def _sync_folders(storage: FileSystemStorage, names: Iterable[str]) -> None:
    """Sync the folders up to the storage's own, as any of them may be new."""
    root = Path(storage.location)
    folders = {folder for name in names for folder in Path(storage.path(name)).parents}
    for folder in folders:
        if folder == root or root in folder.parents:
            _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
