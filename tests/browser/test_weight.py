"""What a first visit to the entrance costs over the wire, as production serves it."""

import io
from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from communities.demo.drawing import draw
from communities.services.photos import add_photo
from tests import factories

from .conftest import NARROW, WIDE

KILOBYTE = 1000
BUDGET = {"Stylesheet": 40, "Script": 30, "Font": 150, "all": 300}
SCENES = ("workbenches", "reading-room", "campfire", "kitchen-counter")


def photograph(scene: str) -> SimpleUploadedFile:
    """A drawing with the grain of a photograph, which is what costs."""
    drawn = draw(scene, "weight").convert("RGB")
    grain = Image.effect_noise(drawn.size, 40).convert("RGB")
    buffer = io.BytesIO()
    Image.blend(drawn, grain, 0.08).save(buffer, "JPEG", quality=92)
    return SimpleUploadedFile(f"{scene}.jpg", buffer.getvalue(), content_type="image/jpeg")


@pytest.fixture
def shelf(cast):
    for scene in SCENES:
        made = factories.community(cast.author, scene.title())
        words = {"alt": "A room from above", "consent": "no-people"}
        add_photo(made, by=cast.author, upload=photograph(scene), **words)
        factories.publish(made, by=cast.author, staff=cast.staff)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_first_view_of_the_entrance_is_light(open_page, shelf, size):
    page = open_page(size=size)
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    kinds, weights, paths = {}, Counter(), []

    def began(event):
        kinds[event["requestId"]] = event["type"]
        paths.append(event["response"]["url"])

    def ended(event):
        weights[kinds.get(event["requestId"], "Other")] += event["encodedDataLength"]

    tools.on("Network.responseReceived", began)
    tools.on("Network.loadingFinished", ended)
    page.goto("/", wait_until="networkidle")
    weights["all"] = weights.total()
    assert sum(path.endswith(".css") for path in paths) == 1
    assert weights["Image"] > 0
    limits = {kind: most * KILOBYTE for kind, most in BUDGET.items()}
    assert {kind: weights[kind] for kind in limits if weights[kind] > limits[kind]} == {}
