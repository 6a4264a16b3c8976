"""From one uploaded file, or from a clean master, to clean pictures in storage."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import Storage

from .kinds import HEAD_BYTES, accepted_kind, unsupported_kind
from .picture import Limits, Picture, PictureFile, refusal
from .sandbox import decode
from .storing import delete_all, save_all
from .workspace import workspace

DEFAULT_LIMITS = Limits()
# x, y, width and height, in pixels of the master.
Rectangle = tuple[int, int, int, int]


def ingest(
    upload: File, *, storage: Storage, folder: str, limits: Limits = DEFAULT_LIMITS
) -> Picture:
    """Store clean copies of `upload` below `folder`; see the package for the contract."""
    with workspace(storage) as work:
        source = work / "upload"
        head = _spool(upload, source, limits)
        kind = _accepted_kind(head, limits)
        # By the ending Pillow loads one format's code instead of all.
        source = source.rename(work / f"upload.{kind.lower()}")
        described = decode(source, kind, limits)
        return _stored_picture(described, work, storage, folder)


def remake(
    files: Iterable[PictureFile],
    *,
    storage: Storage,
    folder: str,
    blur: Iterable[Rectangle] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> Picture:
    """Store a new clean master and renditions, made from the master of `files`.

    What lies within the rectangles of `blur` is gone from all of them. The old files stay: delete
    them once the new ones are recorded. Otherwise as `ingest`; FileNotFoundError if the master is
    gone.
    """
    with workspace(storage) as work:
        source = _fetched_master(files, work, storage)
        described = decode(source, "WEBP", limits, blur=[list(map(int, box)) for box in blur])
        return _stored_picture(described, work, storage, folder)


def make_renditions(
    files: Iterable[PictureFile],
    missing: Iterable[tuple[str, int]],
    *,
    storage: Storage,
    folder: str,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[PictureFile, ...]:
    """Store what is `missing`, as (ending, width), made from the master of `files`."""
    with workspace(storage) as work:
        source = _fetched_master(files, work, storage)
        described = decode(source, "WEBP", limits, only=[list(pair) for pair in missing])
        stem = hashlib.sha256(source.read_bytes()).hexdigest()[:16]
        return _stored_files(described, work, storage, f"{folder}/{stem}")


def discard(picture: Picture, *, storage: Storage) -> None:
    """Delete the picture's files, for a caller that could not record it after all."""
    delete_all(storage, [file.name for file in picture.files])


def _spool(upload: File, path: Path, limits: Limits) -> bytes:
    """Write the upload to `path` and return its first bytes; stops at the size limit."""
    size, head = 0, b""
    with path.open("wb") as file:
        for chunk in upload.chunks():
            size += len(chunk)
            if size > limits.max_bytes:
                raise refusal("too_large", limits)
            head += chunk[: HEAD_BYTES - len(head)]
            file.write(chunk)
    if not size:
        raise refusal("empty", limits)
    return head


def _accepted_kind(head: bytes, limits: Limits) -> str:
    if kind := accepted_kind(head):
        return kind
    if words := unsupported_kind(head):
        raise refusal("unsupported", limits, kind=words)
    raise refusal("not_a_picture", limits)


def _fetched_master(files: Iterable[PictureFile], work: Path, storage: Storage) -> Path:
    path = work / "upload.webp"
    with storage.open(next(iter(files)).name) as master, path.open("wb") as copy:
        shutil.copyfileobj(master, copy)
    return path


def _stored_picture(
    described: dict[str, Any], work: Path, storage: Storage, folder: str
) -> Picture:
    master = work / described["files"][0][0]
    content_hash = hashlib.sha256(master.read_bytes()).hexdigest()
    return Picture(
        width=described["width"],
        height=described["height"],
        color=described["color"],
        content_hash=content_hash,
        files=_stored_files(described, work, storage, f"{folder}/{content_hash[:16]}"),
        frames_dropped=described["frames_dropped"],
    )


def _stored_files(
    described: dict[str, Any], work: Path, storage: Storage, stem: str
) -> tuple[PictureFile, ...]:
    made = [(work / name, name, width, height) for name, width, height in described["files"]]
    sizes = [path.stat().st_size for path, *_ in made]
    names = save_all(storage, [(f"{stem}-{name}", path) for path, name, _, _ in made])
    return tuple(
        PictureFile(name=name, width=width, height=height, bytes=size)
        for name, size, (_, _, width, height) in zip(names, sizes, made, strict=True)
    )
