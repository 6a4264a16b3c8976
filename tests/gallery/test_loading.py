"""How the pages ask for pictures: the first at once, the others when they come into sight."""

import io
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests import factories
from tests.html import XHTML, assert_valid

SHEET = Path(__file__).parents[2] / "static/css/components/pictures.css"
TINT = "r1 g3 b4"


@pytest.fixture
def designs(cast):
    """Three in the gallery, the last with three pictures, each 64 by 48 and of one colour."""
    made = [factories.community(cast.author, f"Design {number}") for number in range(3)]
    for design in (*made, made[-1], made[-1]):
        factories.photo(design, by=cast.author, upload=factories.picture_file(color="#336699"))
    for design in made:
        factories.publish(design, by=cast.author, staff=cast.staff)
    return made


def pictures(client, address: str) -> list[dict]:
    """The attributes of each <img> that shows an uploaded picture, as they stand on the page."""
    document = assert_valid(client.get(address).content.decode())
    images = [element.attrib for element in document.iter(f"{XHTML}img")]
    return [image for image in images if image["src"].startswith("/pictures/")]


@pytest.mark.parametrize("address", ["/", "/designs/", "/designs/{slug}/"])
def test_the_first_is_asked_for_at_once_and_the_others_wait(client, designs, address):
    found = pictures(client, address.format(slug=designs[-1].slug))
    assert [(i.get("loading"), i.get("fetchpriority")) for i in found] == [
        (None, "high"),
        ("lazy", None),
        ("lazy", None),
    ]
    assert {i["decoding"] for i in found} == {"async"}


@pytest.mark.parametrize("address", ["/", "/designs/", "/designs/{slug}/"])
def test_each_keeps_its_place_and_about_its_colour_free(client, designs, address):
    found = pictures(client, address.format(slug=designs[-1].slug))
    assert [(i["width"], i["height"], i["data-tint"]) for i in found] == [("64", "48", TINT)] * 3


def test_the_style_sheet_knows_every_colour_of_a_place():
    rules = re.findall(r"\[data-tint~=([rgb])(\d)\] \{ --\1: (\d+); \}", SHEET.read_text())
    wanted = [(c, str(n), str(int(n * 255 / 7 + 0.5))) for c in "rgb" for n in range(8)]
    assert rules == wanted


def test_what_is_seen_through_has_no_colour_behind_it(client, cast):
    made = factories.community(cast.author, "Of glass")
    glass, buffer = Image.new("RGBA", (64, 48), "#33669980"), io.BytesIO()
    glass.save(buffer, "PNG")
    upload = SimpleUploadedFile("glass.png", buffer.getvalue())
    factories.photo(made, by=cast.author, upload=upload)
    factories.publish(made, by=cast.author, staff=cast.staff)
    (found,) = pictures(client, f"/designs/{made.slug}/")
    assert "data-tint" not in found
