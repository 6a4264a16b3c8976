"""Walks the bytes of finished files and names all that is not pixels."""

from __future__ import annotations

PIXEL_CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
# The flags of a VP8X chunk that announce a colour profile, EXIF, XMP or animation.
NOTES_FLAGS = 0b00101110
# Of a JPEG: tables, frame and scan; of the application segments only a plain JFIF head.
JPEG_SEGMENTS = {0xC0, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD}
JFIF_LENGTH = 16


def notes_in(data: bytes) -> list[str]:
    """What in this WebP, JPEG or AVIF is neither pixels nor needed to read them."""
    if data.startswith(b"RIFF"):
        return _notes_in_webp(data)
    return _notes_in_jpeg(data) if data.startswith(b"\xff\xd8") else _notes_in_avif(data)


def riff_chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    chunks, at = [], 12
    while at < len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        chunks.append((data[at : at + 4], data[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    return chunks


def _notes_in_webp(data: bytes) -> list[str]:
    chunks = riff_chunks(data)
    notes = [str(name) for name, _ in chunks if name not in PIXEL_CHUNKS]
    if dict(chunks).get(b"VP8X", b"\0")[0] & NOTES_FLAGS:
        notes.append("flags of VP8X")
    if int.from_bytes(data[4:8], "little") + 8 != len(data):
        notes.append("trailing data")
    return notes


def _notes_in_jpeg(data: bytes) -> list[str]:
    notes, at = [], 2
    while data[at + 1] != 0xD9:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        is_plain_head = marker == 0xE0 and length == JFIF_LENGTH and data[at + 4 :][:4] == b"JFIF"
        if marker not in JPEG_SEGMENTS and not is_plain_head:
            notes.append(f"segment {marker:02x}")
        at += 2 + length
        if marker == 0xDA:
            at = _end_of_scan(data, at)
    return notes + (["trailing data"] if at + 2 != len(data) else [])


def _end_of_scan(data: bytes, at: int) -> int:
    while data[at] != 0xFF or data[at + 1] in (0x00, *range(0xD0, 0xD8)):
        at += 1
    return at


def _notes_in_avif(data: bytes) -> list[str]:
    """Items other than pixels, colour profiles, and what lies behind the last box."""
    notes = [str(w) for w in (b"Exif", b"mime", b"prof", b"rICC", b"uuid", b"cdsc") if w in data]
    at, boxes = 0, []
    while at < len(data):
        boxes.append(data[at + 4 : at + 8])
        at += int.from_bytes(data[at : at + 4], "big") or len(data)
    return notes + ([] if boxes == [b"ftyp", b"meta", b"mdat"] and at == len(data) else ["boxes"])
