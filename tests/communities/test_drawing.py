from functools import cache

import pytest

from communities.demo.drawing import SCENES, draw

SMALL = (160, 120)

each_scene = pytest.mark.parametrize("scene", SCENES)


@cache
def small(scene, seed="lantern-camp-1"):
    """Drawn once for all the tests that only look at it."""
    return draw(scene, seed, SMALL)


def test_the_scenes_are_those_that_the_demonstration_designs_may_name():
    assert set(SCENES) == {
        "long-table",
        "round-table",
        "ring-of-seats",
        "rows-of-seats",
        "reading-room",
        "workbenches",
        "garden-beds",
        "courtyard-game",
        "campfire",
        "stage-and-aisle",
        "laptops-island",
        "kitchen-counter",
        "shelves-wall",
        "chalk-map",
        "lockers-hall",
        "tents",
        "market-stalls",
        "whiteboard-plan",
        "schedule-grid",
        "chat-window",
        "ledger-table",
        "sticky-wall",
        "object-tools",
        "object-books",
        "object-bread",
        "object-seedlings",
        "object-letters",
        "object-instruments",
    }


@each_scene
def test_a_picture_has_the_size_asked_for(scene):
    tall = draw(scene, "lantern-camp-1", (90, 150))
    assert (tall.size, tall.mode) == ((90, 150), "RGB")
    assert (small(scene).size, small(scene).mode) == (SMALL, "RGB")


def test_a_picture_is_1280_by_960_unless_told_otherwise():
    assert draw("schedule-grid", "a").size == (1280, 960)


@each_scene
def test_the_same_seed_gives_the_same_picture(scene):
    assert draw(scene, "lantern-camp-1", SMALL).tobytes() == small(scene).tobytes()


@each_scene
def test_another_seed_gives_another_picture(scene):
    assert draw(scene, "lantern-camp-2", SMALL).tobytes() != small(scene).tobytes()


@each_scene
def test_a_picture_is_more_than_one_colour(scene):
    colours = small(scene).quantize(64).getcolors()
    assert len(colours) > 20


@pytest.mark.parametrize("scene", ["", "long_table", "Long-table", "the-moon"])
def test_an_unknown_scene_is_refused_by_name(scene):
    with pytest.raises(ValueError, match="There is no scene"):
        draw(scene, "a")
