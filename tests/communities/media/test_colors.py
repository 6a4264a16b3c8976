"""Every way of storing colours ends in the sRGB colours that were meant."""

import struct

import pytest
from PIL import Image

from . import corpus
from .test_good_pictures import assert_corners


def test_an_embedded_profile_decides_on_the_colors(shown):
    master = shown(corpus.jpeg(icc_profile=corpus.swapped_profile()))

    mirrored = [color[::-1] for color in corpus.CORNERS]
    assert_corners(master, mirrored, tolerance=14)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_huge_profile_is_no_obstacle(shown, kind):
    profile = corpus.srgb_profile(b"\0" * 3_000_000)

    data = corpus.encoded(corpus.four_corners(), kind, icc_profile=profile, quality=95)

    assert_corners(shown(data), tolerance=20)


def test_an_unreadable_profile_leaves_the_colors_alone(shown):
    assert_corners(shown(corpus.jpeg(icc_profile=b"not a profile" * 20)))


def test_a_cmyk_photo_becomes_rgb(shown):
    assert_corners(shown(corpus.jpeg(corpus.four_corners().convert("CMYK"))))


def test_a_profile_for_other_channels_is_ignored(shown):
    cmyk = corpus.four_corners().convert("CMYK")

    assert_corners(shown(corpus.jpeg(cmyk, icc_profile=corpus.srgb_profile())))


def test_a_gray_photo_with_an_rgb_profile(shown):
    gray = Image.new("L", corpus.SIZE, 90)

    assert_corners(shown(corpus.jpeg(gray, icc_profile=corpus.srgb_profile())), [(90,) * 3] * 4)


def test_sixteen_bits_are_scaled_not_cut(shown):
    deep = Image.new("I;16", corpus.SIZE, 0x8000)

    assert_corners(shown(corpus.encoded(deep, "PNG")), [(128,) * 3] * 4, tolerance=2)


def test_sixteen_bit_colors(shown):
    pixel = struct.pack(">HHH", 0xDC00, 0x1E00, 0x1E00)
    assert_corners(shown(corpus.deep_png(pixel)), [corpus.RED] * 4)


def test_black_and_white(shown):
    drawing = Image.new("1", corpus.SIZE, 1)
    drawing.paste(0, (0, 0, corpus.SIZE[0] // 2, corpus.SIZE[1]))

    black_white = [(0,) * 3, (255,) * 3] * 2
    assert_corners(shown(corpus.encoded(drawing, "PNG")), black_white, tolerance=3)


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_palette_keeps_its_transparency(shown, kind):
    drawing = corpus.four_corners().quantize(8)
    see_through = drawing.getpixel((1, 1))

    master = shown(corpus.encoded(drawing, kind, transparency=see_through))

    assert master.mode == "RGBA"
    assert [color[3] for color in corpus.corner_colors(master)] == [0, 255, 255, 255]
    assert corpus.corner_colors(master)[1][:3] == pytest.approx(corpus.GREEN, abs=12)


def test_gray_with_alpha_keeps_its_transparency(shown):
    drawing = Image.new("LA", corpus.SIZE, (120, 128))

    master = shown(corpus.encoded(drawing, "PNG"))

    assert_corners(master, [(120, 120, 120, 128)] * 4, tolerance=3)


def test_a_single_transparent_color(shown):
    data = corpus.encoded(corpus.four_corners(), "PNG", transparency=corpus.RED)

    assert [color[3] for color in corpus.corner_colors(shown(data))] == [0, 255, 255, 255]


def test_useless_transparency_is_dropped(shown):
    assert shown(corpus.encoded(corpus.four_corners().convert("RGBA"), "PNG")).mode == "RGB"
