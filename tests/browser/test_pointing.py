"""Faces made unrecognisable: by drawing over them, or by reading off where they are."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from communities.models import Photo
from communities.services.photos import add_photo
from tests import factories
from tests.communities.media import corpus

from .conftest import NARROW, WIDE
from .deeds import master, press

# Of each line, in percent, how far the middle of its label is from the left and from the top.
LABELS = """area => {
  const box = area.getBoundingClientRect();
  const middles = (labels, start, size) => Object.fromEntries(
    [...area.querySelectorAll(labels)].map(label => {
      const own = label.getBoundingClientRect();
      const middle = own[start] + own[size] / 2 - box[start];
      return [label.textContent, middle / box[size] * 100];
    }));
  return [middles('.across span', 'left', 'width'), middles('.down span', 'top', 'height')];
}"""
TYPED = {"From the left": "25", "From the top": "25", "Width": "50", "Height": "50"}


@pytest.fixture
def made(author):
    return factories.community(author, "Bench Swap")


@pytest.fixture
def photo(made, author):
    upload = SimpleUploadedFile("p.jpg", corpus.jpeg(corpus.four_corners((960, 640))))
    return add_photo(made, by=author, upload=upload, alt="x", consent="needs-blurring")


def assert_middle_is_blurred(photo):
    image = master(photo)
    # Outside of it the corner is as it was, within it nothing is pure any more.
    assert image.getpixel((40, 40))[0] > 200
    assert max(abs(a - b) for a, b in zip(image.getpixel((460, 300)), corpus.RED, strict=True)) > 20


def test_a_face_is_blurred_by_drawing_over_it(signed_in, made, author, photo):
    before = {file["name"] for file in photo.files}
    page = signed_in(author)
    page.goto(f"/studio/{made.slug}/photos/")
    with page.expect_navigation():
        page.get_by_role("button", name="Blur faces in picture 1").click()
    area = page.locator("[data-boxes]")
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.25)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.75, steps=4)
    page.mouse.up()
    left = page.locator("[name=blur-0-left]")
    assert 24 <= float(left.input_value()) <= 26
    with page.expect_navigation():
        page.get_by_role("button", name="Blur these places for good").click()
    page.get_by_text("Now say who is recognisable.", exact=False).wait_for()
    photo = Photo.objects.get()
    assert not before & {file["name"] for file in photo.files}
    assert not any(default_storage.exists(name) for name in before)
    assert_middle_is_blurred(photo)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_without_script_lines_tell_where_a_face_is(signed_in, made, author, photo, size):
    page = signed_in(author, js=False, size=size)
    page.goto(f"/studio/{made.slug}/photos/{photo.pk}/blur/")
    page.get_by_text("The lines over it stand at every ten percent").wait_for()
    ruler = page.locator(".ruler")
    assert ruler.is_visible()
    places = {str(ten): pytest.approx(ten, abs=0.5) for ten in range(10, 100, 10)}
    assert page.locator("[data-boxes]").evaluate(LABELS) == [places, places]
    for name, percent in TYPED.items():
        page.get_by_label(name).first.fill(percent)
    press(page, "More places")
    # What was typed is drawn, for a look before it is done.
    picture, drawn = page.locator("[data-boxes]").bounding_box(), page.locator(".pointed rect")
    assert drawn.bounding_box()["x"] == pytest.approx(picture["x"] + picture["width"] / 4, abs=2)
    assert drawn.bounding_box()["height"] == pytest.approx(picture["height"] / 2, abs=4)
    press(page, "Blur these places for good")
    page.get_by_text("Now say who is recognisable.", exact=False).wait_for()
    assert_middle_is_blurred(Photo.objects.get())


def test_the_lines_are_not_in_the_way_of_who_draws(signed_in, made, author, photo):
    page = signed_in(author)
    page.goto(f"/studio/{made.slug}/photos/{photo.pk}/blur/")
    page.get_by_text("Draw a rectangle over each face.").wait_for()
    assert not page.locator(".ruler").is_visible()
    assert not page.get_by_text("The lines over it stand").is_visible()
