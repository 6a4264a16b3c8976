"""From one uploaded file to clean pictures in storage."""

from __future__ import annotations

import hashlib
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
        return _store(described, work, storage, folder)


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


def _store(described: dict[str, Any], work: Path, storage: Storage, folder: str) -> Picture:
    paths = [work / name for name, _, _ in described["files"]]
    sizes = [path.stat().st_size for path in paths]
    content_hash = hashlib.sha256(paths[0].read_bytes()).hexdigest()
    wanted = [f"{folder}/{content_hash[:16]}-{width}.webp" for _, width, _ in described["files"]]
    names = save_all(storage, zip(wanted, paths, strict=True))
    files = tuple(
        PictureFile(name=name, width=width, height=height, bytes=size)
        for name, size, (_, width, height) in zip(names, sizes, described["files"], strict=True)
    )
    return Picture(
        width=described["width"],
        height=described["height"],
        color=described["color"],
        content_hash=content_hash,
        files=files,
        frames_dropped=described["frames_dropped"],
    )
