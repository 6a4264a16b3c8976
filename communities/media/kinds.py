"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

HEAD_BYTES = 1024

ACCEPTED_STARTS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
)
AVIF_BRANDS = {b"avif", b"avis"}
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
# These say "some picture in this container"; the brands that follow say which.
OPEN_BRANDS = {b"mif1", b"msf1"}

UNSUPPORTED_STARTS = (
    (b"%PDF", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"\xc5\xd0\xd3\xc6", "a PostScript document"),
    (b"II*\0", "a TIFF or raw camera picture"),
    (b"MM\0*", "a TIFF or raw camera picture"),
    (b"BM", "a BMP picture"),
    (b"8BPS", "a Photoshop document"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (b"\0\0\0\x0cJXL ", "a JPEG XL picture"),
    (b"\xff\x0a", "a JPEG XL picture"),
    (b"\0\0\1\0", "an icon file"),
    (b"\x1a\x45\xdf\xa3", "a video"),
)


def accepted_kind(head: bytes) -> str | None:
    """The decoder's name for the format (`JPEG`, `HEIF`, …), or None if we do not take it."""
    for start, kind in ACCEPTED_STARTS:
        if head.startswith(start):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    return _kind_by_brand(head) if head[4:8] == b"ftyp" else None


def unsupported_kind(head: bytes) -> str | None:
    """Plain words for a well-known kind of file that we do not take, else None."""
    for start, words in UNSUPPORTED_STARTS:
        if head.startswith(start):
            return words
    if head[4:8] == b"ftyp":
        return "a video"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    is_drawing = text.startswith(b"<svg") or (text.startswith(b"<?xml") and b"<svg" in text)
    return "an SVG drawing" if is_drawing else None


def _kind_by_brand(head: bytes) -> str | None:
    major = head[8:12]
    box_end = min(int.from_bytes(head[:4], "big"), len(head))
    compatible = {head[at : at + 4] for at in range(16, box_end, 4)}
    if major in AVIF_BRANDS or (major in OPEN_BRANDS and compatible & AVIF_BRANDS):
        return "AVIF"
    if major in HEIF_BRANDS or (major in OPEN_BRANDS and compatible & HEIF_BRANDS):
        return "HEIF"
    return None
