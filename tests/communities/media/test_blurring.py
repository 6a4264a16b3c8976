"""A picture made again with parts of it beyond recognition."""

import pytest
from PIL import Image, ImageStat

from communities.media import Refused, make_renditions, remake

from . import corpus
from .containers import notes_in
from .test_good_pictures import assert_corners


@pytest.fixture
def stripes(take):
    """Black and white by turns, 8 pixels each: whatever is blurred becomes grey."""
    drawing = Image.new("RGB", (800, 400), "white")
    for left in range(0, 800, 16):
        drawing.paste("black", (left, 0, left + 8, 400))
    return take(corpus.encoded(drawing, "PNG"))


def contrast(storage, file, box) -> float:
    with storage.open(file.name) as opened, Image.open(opened) as picture:
        scale = picture.width / 800
        part = picture.convert("L").crop(tuple(round(side * scale) for side in box))
        return ImageStat.Stat(part).stddev[0]


def test_what_is_blurred_is_gone_from_every_file_and_the_rest_is_not(stripes, storage):
    picture = remake(stripes.files, storage=storage, folder="d/2", blur=[(80, 80, 160, 160)])

    assert [(f.width, f.name[-5:]) for f in picture.files] == [
        (f.width, f.name[-5:]) for f in stripes.files
    ]
    assert not {f.name for f in picture.files} & {f.name for f in stripes.files}
    for file in picture.files:
        assert contrast(storage, file, (104, 104, 216, 216)) < 25
        assert contrast(storage, file, (400, 80, 560, 240)) > 90
        with storage.open(file.name) as opened:
            assert notes_in(opened.read()) == []
    assert all(storage.exists(file.name) for file in stripes.files)


def test_rectangles_may_reach_beyond_the_picture(stripes, storage):
    boxes = [(-50, -50, 100, 10**9), (790, 390, 50, 50), (5000, 0, 10, 10), (5, 5, 0, 10)]

    picture = remake(stripes.files, storage=storage, folder="d/2", blur=boxes)

    assert (picture.width, picture.height) == (800, 400)
    assert contrast(storage, picture.files[0], (0, 0, 40, 400)) < 60


def test_without_rectangles_it_is_the_same_picture(take, storage):
    before = take(corpus.jpeg())

    after = remake(before.files, storage=storage, folder="d/2")

    with storage.open(after.files[0].name) as opened, Image.open(opened) as master:
        assert_corners(master)


def test_a_master_that_is_gone(stripes, storage, files_left):
    storage.delete(stripes.files[0].name)
    before = files_left()

    with pytest.raises(FileNotFoundError):
        remake(stripes.files, storage=storage, folder="d/2")
    with pytest.raises(FileNotFoundError):
        make_renditions(stripes.files, [("avif", 320)], storage=storage, folder="d/2")
    assert files_left() == before


def test_a_master_that_is_damaged(stripes, storage):
    with open(storage.path(stripes.files[0].name), "wb") as file:
        file.write(b"RIFF\x10\0\0\0WEBPVP8 rubbish")

    with pytest.raises(Refused, match="damaged"):
        remake(stripes.files, storage=storage, folder="d/2")
