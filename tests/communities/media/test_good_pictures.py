"""Whatever a camera, phone or drawing program makes is taken and shown upright."""

import io

import pytest
from PIL import Image

from communities.media import make_renditions

from . import corpus

Turn = Image.Transpose
# How a camera stores an upright picture, so that the orientation number puts it right again.
STORED = {
    1: None,
    2: Turn.FLIP_LEFT_RIGHT,
    3: Turn.ROTATE_180,
    4: Turn.FLIP_TOP_BOTTOM,
    5: Turn.TRANSPOSE,
    6: Turn.ROTATE_90,
    7: Turn.TRANSVERSE,
    8: Turn.ROTATE_270,
}


# The left and the right half of the HEIC.
ENDS = (corpus.RED, corpus.BLUE)


def assert_corners(picture, expected=corpus.CORNERS, tolerance=12):
    for found, wanted in zip(corpus.corner_colors(picture), expected, strict=True):
        assert found == pytest.approx(wanted, abs=tolerance)


@pytest.mark.parametrize("orientation", STORED)
def test_a_turned_photo_is_shown_upright(shown, orientation):
    turn = STORED[orientation]
    upright = corpus.four_corners()
    stored = upright if turn is None else upright.transpose(turn)

    master = shown(corpus.jpeg(stored, exif=corpus.telltale_exif(orientation)))

    assert master.size == corpus.SIZE
    assert_corners(master)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_other_formats_are_turned_too(shown, kind):
    stored = corpus.four_corners().transpose(Turn.ROTATE_90)
    data = corpus.encoded(stored, kind, exif=corpus.telltale_exif(6), quality=95)

    assert_corners(shown(data), tolerance=20)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_the_first_frame_of_an_animation_is_kept(take, shown, kind):
    data = corpus.animation(kind)

    assert take(data).frames_dropped
    assert_corners(shown(data).convert("RGB"))


def test_a_multi_picture_jpeg_shows_its_first_picture(take, shown):
    second = Image.new("RGB", corpus.SIZE, "black")
    data = corpus.encoded(
        corpus.four_corners(), "MPO", save_all=True, append_images=[second], quality=95
    )

    assert not take(data).frames_dropped
    assert_corners(shown(data), tolerance=40)


def test_a_damaged_index_of_a_multi_picture_jpeg_is_ignored(shown):
    damaged = corpus.jpeg_segment(0xE2, b"MPF\0II*\0\xff\xff\xff\x7f")
    data = corpus.jpeg()

    assert_corners(shown(data[:2] + damaged + data[2:]))


def test_heic_is_taken_and_its_container_decides_on_the_turn(shown):
    master = shown(corpus.HEIC, name="IMG_0001.HEIC")

    assert master.size == (64, 48)
    assert_corners(master, (corpus.RED, corpus.BLUE) * 2)


TOP_RED, TOP_BLUE = ((one, one, other, other) for one, other in (ENDS, ENDS[::-1]))


@pytest.mark.parametrize(
    ("properties", "size", "corners"),
    [
        # A quarter to the right, as a phone that was held upright has it: EXIF says the same.
        ([("irot", 3)], (48, 64), TOP_RED),
        ([("irot", 2)], (64, 48), ENDS[::-1] * 2),
        ([("irot", 1)], (48, 64), TOP_BLUE),
        ([("irot", 0)], (64, 48), ENDS * 2),
        # The camera at the front: left and right change places, or top and bottom.
        ([("imir", 1)], (64, 48), ENDS[::-1] * 2),
        ([("imir", 0)], (64, 48), ENDS * 2),
        ([("irot", 3), ("imir", 0)], (48, 64), TOP_BLUE),
    ],
)
def test_heic_is_turned_and_mirrored_once(shown, properties, size, corners):
    data = corpus.turned_heic(*(corpus.box(k.encode(), bytes([v])) for k, v in properties))
    assert b"\x01\x12\0\3\0\0\0\1\0\6" in data, "EXIF turns it too, and must not be heard"

    master = shown(data, name="IMG_0002.HEIC")

    assert master.size == size
    assert_corners(master, corners)


@pytest.mark.parametrize(
    "phone",
    [
        {"brand": b"mif1"},
        {"brand": b"heix"},
        # Some write what they know of the scene behind the last box.
        {"behind": b"\0\0\x61\x0a" + corpus.MARKER.encode() * 20 + b"SEFT"},
    ],
    ids=["open brand", "ten bits", "notes behind"],
)
def test_heic_of_several_phones(take, shown, storage, phone):
    data = corpus.turned_heic(corpus.box(b"irot", b"\3"), **phone)

    assert_corners(shown(data), TOP_RED)
    with storage.open(take(data).files[0].name) as file:
        assert corpus.MARKER.encode() not in file.read()


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF"])
def test_broken_exif_does_not_refuse_a_good_photo(shown, kind):
    good = corpus.encoded(corpus.four_corners(), kind, exif=corpus.telltale_exif(), quality=95)
    broken = good.replace(b"MM\0*", b"XXXX")
    assert broken != good

    assert_corners(shown(broken), tolerance=20)


@pytest.mark.parametrize("orientation", [0, 65535])
def test_an_unknown_orientation_counts_as_upright(shown, orientation):
    assert_corners(shown(corpus.jpeg(exif=corpus.telltale_exif(orientation))))


def test_the_name_of_a_file_does_not_matter(shown):
    assert_corners(shown(corpus.encoded(corpus.four_corners(), "PNG"), name="../../x.svg"))


def test_a_large_picture_is_reduced_and_gets_every_rendition(take, storage):
    picture = take(corpus.jpeg(corpus.four_corners((2720, 1360)), quality=60))

    assert (picture.width, picture.height) == (1920, 960)
    assert [(file.name.rpartition(".")[2], file.width, file.height) for file in picture.files] == [
        ("webp", 1920, 960),
        ("webp", 1280, 640),
        ("webp", 640, 320),
        ("webp", 480, 240),
        ("webp", 320, 160),
        ("jpg", 1280, 640),
        ("jpg", 640, 320),
    ]
    for file in picture.files:
        assert_is_stored(storage, file)


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (4001, 3001), (8000, 250)])
def test_a_large_photo_is_read_in_part_and_keeps_its_shape(take, shown, size):
    data = corpus.jpeg(corpus.four_corners(size), quality=60)

    picture = take(data)

    assert max(picture.width, picture.height) == 1920
    assert picture.width / picture.height == pytest.approx(size[0] / size[1], rel=0.01)
    assert_corners(shown(data), tolerance=20)


def assert_is_stored(storage, file):
    with storage.open(file.name) as opened:
        data = opened.read()
    kind = {"webp": "WEBP", "jpg": "JPEG", "avif": "AVIF"}[file.name.rpartition(".")[2]]
    with Image.open(io.BytesIO(data), formats=[kind]) as stored:
        assert (*stored.size, len(data)) == (file.width, file.height, file.bytes)
        assert_corners(stored, tolerance=20)


@pytest.mark.parametrize(
    ("size", "webp", "jpg"),
    [
        ((1, 1), [1], [1]),
        ((320, 10), [320], [320]),
        ((321, 10), [321, 320], [321]),
        ((640, 2), [640, 480, 320], [640]),
        ((700, 2), [700, 640, 480, 320], [700, 640]),
        ((10, 6000), [3], [3]),
    ],
)
def test_renditions_are_never_enlarged_nor_doubled(take, size, webp, jpg):
    files = take(corpus.encoded(Image.new("RGB", size), "PNG")).files

    assert [file.width for file in files if file.name.endswith(".webp")] == webp
    assert [file.width for file in files if file.name.endswith(".jpg")] == jpg


def test_what_is_missing_is_made_from_the_master(take, storage):
    picture = take(corpus.encoded(corpus.four_corners((1300, 650)), "PNG"))
    missing = [("avif", 320), ("webp", 640), ("avif", 1300)]

    made = make_renditions(picture.files, missing, storage=storage, folder="designs/1")

    assert {(file.name.rpartition(".")[2], file.width) for file in made} == set(missing)
    for file in made:
        assert_is_stored(storage, file)


def test_the_dominant_color_is_the_most_used_one(take):
    drawing = Image.new("RGB", (100, 100), (200, 16, 32))
    drawing.paste("white", (0, 0, 100, 30))

    assert take(corpus.encoded(drawing, "PNG")).color == "#c81020"
