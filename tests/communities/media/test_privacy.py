"""What is stored holds pixels and nothing else of the upload."""

import io

import pytest
from PIL import Image

from communities.media import make_renditions

from . import corpus
from .containers import notes_in, riff_chunks


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
        "MPO": corpus.telltale_mpo,
    }[kind]()


def stored_bytes(storage, picture) -> list[bytes]:
    contents = []
    for file in picture.files:
        with storage.open(file.name) as opened:
            contents.append(opened.read())
    return contents


@pytest.mark.parametrize("kind", ["JPEG", "MPO", "PNG", "GIF", "WEBP", "AVIF", "HEIC"])
def test_no_note_of_the_original_survives(take, storage, kind):
    data = telltale(kind)
    assert corpus.MARKER.encode() in data

    for stored in stored_bytes(storage, take(data)):
        assert corpus.MARKER.encode() not in stored
        assert notes_in(stored) == []


def test_avif_is_made_of_the_clean_master(take, storage):
    picture = take(corpus.telltale_jpeg())

    (made,) = make_renditions(picture.files, [("avif", 96)], storage=storage, folder="designs/1")

    with storage.open(made.name) as opened:
        stored = opened.read()
    assert stored[4:12] == b"ftypavif"
    assert notes_in(stored) == []


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF", "PNG"])
def test_notes_would_be_seen(kind):
    data = telltale(kind) if kind != "PNG" else corpus.jpeg() + b"behind"

    assert notes_in(data) != []


def test_a_clear_picture_keeps_its_alpha_and_gets_paper_where_there_is_none(take, storage):
    clear = Image.new("RGBA", (400, 400), (10, 20, 30, 100))

    picture = take(corpus.encoded(clear, "PNG"))

    *webp, jpeg = stored_bytes(storage, picture)
    assert all(b"ALPH" in dict(riff_chunks(stored)) for stored in webp)
    with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as flat:
        assert flat.getpixel((200, 200)) == pytest.approx((159, 163, 167), abs=4)
    assert picture.color == ""


def test_nothing_stays_hidden_under_full_transparency(shown):
    hidden = corpus.four_corners((64, 64)).convert("RGBA")
    hidden.putalpha(0)
    hidden.putpixel((0, 0), (255, 255, 255, 255))

    master = shown(corpus.encoded(hidden, "PNG"))

    assert len(set(corpus.corner_colors(master))) == 1


SCRIPT = b"<script>alert(1)</script>"
# Each is a picture for one program and something else for another.
POLYGLOTS = {
    "GIF and page": corpus.encoded(corpus.four_corners(), "GIF", comment=b"*/" + SCRIPT) + SCRIPT,
    "JPEG and page": corpus.jpeg(comment=SCRIPT) + SCRIPT,
    "JPEG and archive": corpus.jpeg() + b"PK\x03\x04" + SCRIPT + b"PK\x05\x06" + b"\0" * 18,
    "JPEG and PDF": corpus.jpeg(comment=b"%PDF-1.4 " + SCRIPT) + b"%%EOF",
    "PNG and program": corpus.telltale_png() + b"<?php system($_GET[0]); ?>" + SCRIPT,
    "WebP and page": corpus.encoded(corpus.four_corners(), "WEBP", xmp=SCRIPT) + SCRIPT,
    "HEIC and page": corpus.turned_heic(behind=SCRIPT),
}


@pytest.mark.parametrize("data", POLYGLOTS.values(), ids=POLYGLOTS)
def test_what_else_a_picture_is_does_not_come_through(take, storage, data):
    stored = stored_bytes(storage, take(data, name="page.html"))

    assert SCRIPT in data
    assert all(SCRIPT not in content and notes_in(content) == [] for content in stored)
