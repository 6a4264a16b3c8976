"""What is refused, why, and that nothing of it is left."""

import struct

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from communities.media import Limits, Refused

from . import corpus

SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'
NOT_PICTURES = {
    "text": b"I am not a picture.\n" * 50,
    "html": b"<!doctype html><script>alert(1)</script>",
    "gif in name only": b"GIF8 /*<script>*/",
    "zip": b"PK\x03\x04" + b"\0" * 60,
    "one byte": b"\xff",
}
UNSUPPORTED = {
    "an SVG drawing": SVG,
    "a PDF document": b"%PDF-1.7\n" + b"x" * 100,
    "a PostScript document": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(w) (w) file",
    "a TIFF or raw camera picture": corpus.encoded(corpus.four_corners(), "TIFF"),
    "a BMP picture": corpus.encoded(corpus.four_corners(), "BMP"),
    "a video": b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + b"\0" * 50,
}


@pytest.fixture
def refused(take, files_left):
    """A function that expects a refusal, checks that nothing is left, and returns it."""

    def refused(data: bytes, **options) -> Refused:
        with pytest.raises(Refused) as caught:
            take(data, **options)
        assert files_left() == []
        return caught.value

    return refused


@pytest.mark.parametrize("data", NOT_PICTURES.values(), ids=NOT_PICTURES)
def test_other_files_named_like_a_photo(refused, data):
    refusal = refused(data, name="photo.jpg")

    assert refusal.code == "not_a_picture"
    assert refusal.message == (
        "This file is not a picture we can read. We take JPEG, PNG, WebP, AVIF, GIF and HEIC."
    )


@pytest.mark.parametrize("words", UNSUPPORTED)
def test_well_known_files_are_refused_by_name(refused, words):
    refusal = refused(UNSUPPORTED[words], name="photo.jpg")

    assert refusal.code == "unsupported"
    assert refusal.message == (
        f"This file is {words}, which we do not take. We take JPEG, PNG, WebP, AVIF, GIF and "
        "HEIC. Save the picture as JPEG or PNG and upload that."
    )


def test_an_empty_file(refused):
    assert refused(b"").code == "empty"


def test_too_many_bytes(refused):
    limits = Limits(max_bytes=1024 * 1024)

    refusal = refused(corpus.jpeg() + b"\0" * 1024 * 1024, limits=limits)

    assert refusal.code == "too_large"
    assert refusal.message == (
        "This file is larger than 1 MB. Save a smaller copy of the picture and upload that."
    )


def test_reading_stops_at_the_size_limit(storage, files_left):
    from communities.media import ingest

    class Endless(ContentFile):
        def chunks(self, chunk_size=None):
            while True:
                yield b"\xff" * 1024

    with pytest.raises(Refused, match="larger than"):
        ingest(Endless(b""), storage=storage, folder="a", limits=Limits(max_bytes=10_000))
    assert files_left() == []


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIC"])
def test_truncated_pictures(refused, kind):
    noise = Image.effect_noise((120, 90), 60).convert("RGB")
    whole = corpus.HEIC if kind == "HEIC" else corpus.encoded(noise, kind)

    assert refused(whole[: len(whole) * 2 // 3]).code == "broken"


def test_a_picture_that_ends_in_its_head(refused):
    assert refused(corpus.jpeg()[:100]).code == "broken"


def test_bytes_overwritten_in_the_middle_of_a_png(refused):
    data = bytearray(corpus.encoded(corpus.four_corners(), "PNG"))
    data[60:80] = b"\xaa" * 20

    assert refused(bytes(data)).code == "broken"


def test_a_few_bytes_that_claim_nine_hundred_million_pixels(refused):
    refusal = refused(corpus.declared_png(30_000, 30_000))

    assert refusal.code == "too_many_pixels"
    assert "up to 50 million" in refusal.message


def wide_jpeg(width: int, height: int) -> bytes:
    """A photograph that says it has so many pixels."""
    data = corpus.jpeg()
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


@pytest.mark.parametrize("data", [wide_jpeg(16320, 12240), corpus.declared_png(16320, 12240)])
def test_a_photo_of_two_hundred_megapixels(refused, data):
    assert refused(data).message == (
        "This picture has too many pixels. We take up to 50 million in a still picture, and"
        " animations of up to 100 frames. Save a smaller copy and upload that."
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_one_row_too_many(refused, kind):
    data = corpus.encoded(Image.new("RGB", (200, 101)), kind)

    assert refused(data, limits=Limits(max_pixels=200 * 100)).code == "too_many_pixels"


def test_as_many_pixels_as_allowed(take):
    data = corpus.jpeg(Image.new("RGB", (200, 101)))

    assert take(data, limits=Limits(max_pixels=200 * 101)).width == 200


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_too_many_frames(refused, kind):
    data = corpus.animation(kind)

    assert refused(data, limits=Limits(max_frames=2)).code == "too_many_pixels"


def test_frames_that_are_too_large_together(refused):
    limits = Limits(max_animation_pixels=3 * 96 * 64 - 1)

    assert refused(corpus.animation("GIF"), limits=limits).code == "too_many_pixels"


def test_an_animation_at_the_limits(take):
    limits = Limits(max_frames=3, max_animation_pixels=3 * 96 * 64)

    assert take(corpus.animation("GIF"), limits=limits).frames_dropped


def test_a_photo_with_many_scans(take):
    assert take(corpus.many_scans(2)).width == 96


def test_a_photo_with_endlessly_many_scans(refused):
    assert refused(corpus.many_scans(200)).code == "too_slow"


def test_a_picture_that_needs_more_memory_than_allowed(refused):
    flat = corpus.encoded(Image.new("RGB", (5000, 5000)), "PNG", compress_level=1)
    limits = Limits(memory_bytes=120 * 1024 * 1024)

    assert refused(flat, limits=limits).code == "too_many_pixels"
