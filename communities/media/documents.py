"""Documents to go with a design: looked at, never opened, and kept as they were sent.

Nothing here is shown in a page; the application gives them away as downloads only. What a file is
called must agree with what it is, and nothing that could run by being opened is taken.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePath

from django.core.files import File
from django.core.files.storage import Storage

from .picture import Refused
from .storing import save_all
from .workspace import workspace

ACCEPTED = "We take PDF, plain text, Markdown, CSV, ODT, ODS, ODP, DOCX, XLSX and PPTX."
# What a text may be called; the first is the one it keeps.
TEXTS = {"txt": ("txt", "text"), "md": ("md", "markdown"), "csv": ("csv",)}
OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
OFFICE = "application/vnd.openxmlformats-officedocument."
OFFICE_DOCUMENTS = {
    f"{OFFICE}wordprocessingml.document.main+xml": "docx",
    f"{OFFICE}spreadsheetml.sheet.main+xml": "xlsx",
    f"{OFFICE}presentationml.presentation.main+xml": "pptx",
}
# Parts of an office document that hold programs.
PROGRAMS = re.compile(
    r"(^|/)(basic|scripts)/|vbaproject|vbadata|activex|macrosheets|\.(exe|dll|js|vbs|bat|cmd|jar)$",
    re.IGNORECASE,
)
# What a text must not be, whatever it is called: it would be a page, a drawing or a program.
NOT_A_TEXT = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*(?:<!doctype|<html|<head|<body|<script|<svg|<\?|#!|%!ps|\{\\rtf|mz\x90)",
    re.IGNORECASE | re.DOTALL,
)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
# All that reading a damaged package may raise.
UNREADABLE = (zipfile.BadZipFile, zlib.error, ValueError, EOFError, OSError, RuntimeError, KeyError)
MOST_ENTRIES = 2_000
MOST_UNPACKED = 64 * 1024 * 1024
MOST_CONTENT_TYPES = 1024 * 1024
NAME_CHARACTERS = 100


@dataclass(frozen=True)
class Document:
    """A stored document. `type` is one of the endings above, `name` what a person sees."""

    file: str
    name: str
    type: str
    bytes: int
    sha256: str


def receive_document(upload: File, *, storage: Storage, folder: str, max_bytes: int) -> Document:
    """Store `upload` as it is below `folder`, if it may be given to others; else Refused.

    As with pictures: durable on return, nothing left when anything is raised, and not to be called
    inside a transaction.
    """
    called = PurePath((getattr(upload, "name", "") or "").replace("\\", "/")).name
    with workspace(storage) as work:
        path = work / "document"
        size, digest = _spool(upload, path, max_bytes)
        kind = kind_of(path)
        name, type_ = _agreed_name(called, kind)
        (stored,) = save_all(storage, [(f"{folder}/{digest[:16]}.{type_}", path)])
    return Document(file=stored, name=name, type=type_, bytes=size, sha256=digest)


def kind_of(path: Path) -> str:
    """The ending that says what the file is; "txt" for any kind of text. Raises Refused."""
    with path.open("rb") as file:
        head = file.read(1024)
    if head.startswith(b"%PDF-"):
        return _pdf(path)
    if head.startswith(b"PK\x03\x04"):
        return _office(path)
    if _is_text(path.read_bytes()):
        return "txt"
    raise Refused("not_a_document", f"This file is not a document that we take. {ACCEPTED}")


def _spool(upload: File, path: Path, max_bytes: int) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with path.open("wb") as file:
        for chunk in upload.chunks():
            size += len(chunk)
            if size > max_bytes:
                words = f"This file is larger than {max_bytes / 1024**2:.3g} MB."
                raise Refused("too_large", f"{words} Make it smaller and upload that.")
            digest.update(chunk)
            file.write(chunk)
    if not size:
        raise Refused("empty", "This file is empty. Choose it again and upload it once more.")
    return size, digest.hexdigest()


def _broken() -> Refused:
    return Refused(
        "broken",
        "This file is damaged or incomplete. Open it on your device, save it again and upload"
        " the new copy.",
    )


def _pdf(path: Path) -> str:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2048))
        if b"%%EOF" not in file.read():
            raise _broken()
    return "pdf"


def _office(path: Path) -> str:
    """The kind of a zipped document. Everything in it is read once, so that damage shows."""
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            if (
                len(entries) > MOST_ENTRIES
                or sum(entry.file_size for entry in entries) > MOST_UNPACKED
            ):
                raise Refused("too_large", "This document is too large inside. Split it in two.")
            kind = _kind_of_package(package, entries)
            if package.comment or not _ends_there(path) or package.testzip():
                raise _broken()
            return kind
    except UNREADABLE as error:
        raise _broken() from error


def _ends_there(path: Path) -> bool:
    """Nothing is hidden behind the package."""
    with path.open("rb") as file:
        file.seek(-22, 2)
        return file.read(4) == b"PK\x05\x06"


def _kind_of_package(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> str:
    names = [entry.filename for entry in entries]
    if any(PROGRAMS.search(name) for name in names):
        raise Refused(
            "has_macros", "This document holds a program (macros). Save it without and upload that."
        )
    if names[:1] == ["mimetype"] and entries[0].file_size < 200:
        kind = OPEN_DOCUMENTS.get(package.read("mimetype").strip())
    elif "[Content_Types].xml" in names:
        kind = _kind_of_office(package)
    else:
        kind = None
    if kind is None:
        raise Refused("unsupported", f"This is a packed file that we do not take. {ACCEPTED}")
    return kind


def _kind_of_office(package: zipfile.ZipFile) -> str | None:
    if package.getinfo("[Content_Types].xml").file_size > MOST_CONTENT_TYPES:
        return None
    types = package.read("[Content_Types].xml").decode("utf-8", "replace")
    if "macroenabled" in types.lower():
        raise Refused(
            "has_macros", "This document holds a program (macros). Save it without and upload that."
        )
    return next((kind for words, kind in OFFICE_DOCUMENTS.items() if words in types), None)


def _is_text(data: bytes) -> bool:
    """Readable as text in an encoding that people use, and nothing that a program would run."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not CONTROLS.search(text) and not NOT_A_TEXT.match(text.encode()[:65536])
    return False


def _agreed_name(called: str, kind: str) -> tuple[str, str]:
    """What it is called from now on and its type; Refused if its ending says something else."""
    stem, dot, ending = called.rpartition(".")
    if not dot:
        stem, ending = called, kind
    ending = ending.lower()
    known = {kind: (kind,)} if kind != "txt" else TEXTS
    type_ = next((key for key, endings in known.items() if ending in endings), None)
    if type_ is None:
        words = "a text" if kind == "txt" else f"{kind.upper()}"
        raise Refused(
            "misnamed",
            f"This file is {words}, but its name ends in .{ending[:20]}. Give it the ending"
            f" .{kind} if that is what it is, and upload it again. {ACCEPTED}",
        )
    stem = re.sub(r"[\x00-\x1f\x7f<>:\"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", stem)
    return f"{stem.strip(' .')[:NAME_CHARACTERS] or 'document'}.{type_}", type_
