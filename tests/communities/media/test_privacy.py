"""What is stored holds pixels and nothing else of the upload."""

import pytest
from PIL import Image

from . import corpus

PIXEL_CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
# The flags of a VP8X chunk that announce a colour profile, EXIF, XMP or animation.
NOTES_FLAGS = 0b00101110


def telltale(kind: str) -> bytes:
    notes = {"exif": corpus.telltale_exif(), "xmp": corpus.xmp()}
    profile = corpus.srgb_profile(corpus.MARKER.encode())
    if kind in ("WEBP", "AVIF"):
        return corpus.encoded(corpus.four_corners(), kind, icc_profile=profile, **notes)
    return {
        "JPEG": corpus.telltale_jpeg,
        "PNG": corpus.telltale_png,
        "GIF": lambda: corpus.encoded(corpus.four_corners(), "GIF", comment=corpus.MARKER),
        "HEIC": lambda: corpus.HEIC,
    }[kind]()


def stored_bytes(storage, picture) -> list[bytes]:
    contents = []
    for file in picture.files:
        with storage.open(file.name) as opened:
            contents.append(opened.read())
    return contents


def riff_chunks(data: bytes) -> dict[bytes, bytes]:
    chunks, at = {}, 12
    while at < len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        chunks[data[at : at + 4]] = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    return chunks


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIC"])
def test_no_note_of_the_original_survives(take, storage, kind):
    data = telltale(kind)
    assert corpus.MARKER.encode() in data

    for stored in stored_bytes(storage, take(data)):
        assert corpus.MARKER.encode() not in stored
        assert set(riff_chunks(stored)) <= PIXEL_CHUNKS
        assert riff_chunks(stored).get(b"VP8X", b"\0")[0] & NOTES_FLAGS == 0
        assert int.from_bytes(stored[4:8], "little") + 8 == len(stored)


def test_pictures_with_and_without_alpha_are_looked_at_by_chunk(take, storage):
    clear = Image.new("RGBA", (400, 400), (10, 20, 30, 100))

    for stored in stored_bytes(storage, take(corpus.encoded(clear, "PNG"))):
        assert b"ALPH" in riff_chunks(stored)


def test_nothing_stays_hidden_under_full_transparency(shown):
    hidden = corpus.four_corners((64, 64)).convert("RGBA")
    hidden.putalpha(0)
    hidden.putpixel((0, 0), (255, 255, 255, 255))

    master = shown(corpus.encoded(hidden, "PNG"))

    assert len(set(corpus.corner_colors(master))) == 1


def test_a_page_hidden_in_a_gif_does_not_come_through(take, storage):
    script = b"<script>alert(1)</script>"
    data = corpus.encoded(corpus.four_corners(), "GIF", comment=b"*/" + script) + script

    stored = stored_bytes(storage, take(data, name="page.html"))

    assert script in data
    assert all(script not in content and content[8:12] == b"WEBP" for content in stored)
