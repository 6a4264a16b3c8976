"""The values that go into an ingest and come out of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

ACCEPTED = "We take JPEG, PNG, WebP, AVIF, GIF and HEIC."
MESSAGES = {
    "empty": "This file is empty. Choose the picture again and upload it once more.",
    "too_large": (
        "This file is larger than {megabytes:.3g} MB. "
        "Save a smaller copy of the picture and upload that."
    ),
    "not_a_picture": f"This file is not a picture we can read. {ACCEPTED}",
    "unsupported": (
        f"This file is {{kind}}, which we do not take. {ACCEPTED} "
        "Save the picture as JPEG or PNG and upload that."
    ),
    "too_many_pixels": (
        "This picture has too many pixels. We take up to {megapixels:.3g} million in a still "
        "picture, and animations of up to {frames} frames. Save a smaller copy and upload that."
    ),
    "broken": (
        "This picture is damaged or incomplete. "
        "Open it on your device, save it again and upload the new copy."
    ),
    "too_slow": (
        "This picture takes too long to read. Save it as an ordinary JPEG and upload that."
    ),
    "busy": "Many pictures are arriving right now. Please upload yours again in a minute.",
}


# The widths of each format, by its ending; never enlarged. WebP is what browsers show, JPEG is for
# programs that read nothing newer. AVIF takes its time and is made afterwards.
ON_PAGES = (1920, 1280, 640, 480, 320)
WIDTHS = {"webp": ON_PAGES, "jpg": (1280, 640), "avif": ON_PAGES}


@dataclass(frozen=True)
class Limits:
    """What one upload may cost. Times are seconds; `memory_bytes` is address space.

    `seconds` is processor time, which the picture is to blame for; `clock_seconds` is how long
    anybody waits for it, on a machine that is busy with other things too.
    """

    max_bytes: int = 25 * 1024 * 1024
    max_pixels: int = 50_000_000
    max_frames: int = 100
    max_animation_pixels: int = 200_000_000
    max_scans: int = 100
    seconds: int = 8
    clock_seconds: float = 30
    wait_seconds: float = 25
    memory_bytes: int = 512 * 1024 * 1024


@dataclass(frozen=True)
class PictureFile:
    """One stored file; `name` is its name in the storage, whose ending tells its format."""

    name: str
    width: int
    height: int
    bytes: int

    @property
    def ending(self) -> str:
        return self.name.rpartition(".")[2]


@dataclass(frozen=True)
class Picture:
    """A clean picture in storage: the master first, then renditions format by format.

    `content_hash` is the SHA-256 of the master's bytes in hexadecimal, so a backup can be
    checked against it. `color` is the dominant colour as `#rrggbb`, or empty if something is
    see-through.
    """

    width: int
    height: int
    color: str
    content_hash: str
    files: tuple[PictureFile, ...]
    frames_dropped: bool

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON field; `from_json` reads them back to an equal Picture."""
        return {**asdict(self), "files": files_to_json(self.files)}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Picture:
        return cls(**{**value, "files": files_from_json(value["files"])})


def missing_files(files: tuple[PictureFile, ...]) -> list[tuple[str, int]]:
    """What a picture with these files, master first, should have besides: (ending, width)."""
    widest = files[0].width
    have = {(file.ending, file.width) for file in files}
    wanted = ((ending, min(w, widest)) for ending, widths in WIDTHS.items() for w in widths)
    return [pair for pair in dict.fromkeys(wanted) if pair not in have]


def files_to_json(files: tuple[PictureFile, ...]) -> list[dict[str, Any]]:
    """The file list alone, for a model that keeps the other values in columns."""
    return [asdict(file) for file in files]


def files_from_json(value: list[dict[str, Any]]) -> tuple[PictureFile, ...]:
    return tuple(PictureFile(**entry) for entry in value)


class Refused(Exception):
    """The upload was not taken; `message` tells the person why and what to do."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code
        self.message = message


def refusal(code: str, limits: Limits, *, kind: str = "") -> Refused:
    """The refusal for `code`; `kind` names what an unsupported file is ("a PDF document")."""
    message = MESSAGES[code].format(
        kind=kind,
        megabytes=limits.max_bytes / 1024**2,
        megapixels=limits.max_pixels / 1e6,
        frames=limits.max_frames,
    )
    return Refused(code, message)
