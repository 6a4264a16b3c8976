"""Gardens, camps, yards and markets."""

from math import cos, pi, sin

from PIL import Image

from . import food, grounds, lights, things
from .canvas import Canvas, Spot, apart, box, oval
from .colours import (
    AMBER,
    BLUE,
    CREAM,
    GREEN,
    MUSTARD,
    PAPER,
    RED,
    ROSE,
    SLATE,
    SOIL,
    TEAL,
    WALNUT,
    WINE,
    Colour,
    darker,
    lighter,
    near,
    seen_through,
)
from .furniture import bush, round_rug, seats_along, seats_around, table, tree
from .people import reaching, seated, standing

CROPS = (
    ((92, 152, 62), (108, 170, 72)),
    ((150, 190, 88), (170, 206, 104)),
    ((52, 112, 66), (66, 130, 76)),
    ((158, 58, 92), (180, 76, 108)),
    ((222, 168, 58), (238, 188, 76)),
    ((196, 78, 52), (214, 98, 64)),
    ((104, 150, 84), (240, 238, 228)),
)
PATH = (206, 190, 164)


def wandering(room: Spot, count: int, scale: float = 0.62) -> None:
    """People out walking, each their own way."""
    rng = room.rng
    for x, y in apart(rng, count, 1180, 860, 90):
        standing(room.at(x, y, rng.uniform(0, 2 * pi), scale))


def edge_trees(room: Spot, count: int) -> None:
    rng = room.rng
    corners = [(-620, -450), (620, -450), (-620, 450), (620, 450)]
    for x, y in rng.sample(corners, count):
        tree(room.at(x + rng.uniform(-30, 30), y + rng.uniform(-30, 30)), rng.uniform(120, 180))


def garden_beds(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    canvas.sun = (0.8, 0.7)
    canvas.cover(grounds.grass(rng))
    garden = canvas.centre()
    across, down = rng.uniform(-90, 90), rng.uniform(-60, 60)
    for x, y, w, h in ((across, 0, 100, 1000), (0, down, 1320, 90)):
        garden.box(x, y, w + 10, h + 10, seen_through(PATH, 0.5))
        garden.box(x, y, w, h, PATH)
    _gravel(garden, across, down)
    quarters = [(-1, -1), (1, -1), (-1, 1), (1, 1)]
    table_at = rng.choice(quarters)
    for right, below in quarters:
        x = across + right * 345
        y = down + below * 255
        if (right, below) == table_at:
            _potting_table(garden.at(x, y, rng.uniform(-0.1, 0.1)))
        else:
            _quarter_of_beds(garden.at(x, y))
    for number, (x, y) in enumerate(apart(rng, rng.randint(5, 8), 1160, 840, 150)):
        walker = (across + x / 40, y) if number % 2 else (x, down + y / 40)
        standing(garden.at(*walker, rng.uniform(0, 2 * pi), 0.68))
    edge_trees(garden, rng.randint(1, 2))
    return canvas.finish(lights.daylight(rng, lit=(255, 252, 236), dim=(206, 200, 186)))


def _gravel(garden: Spot, across: float, down: float) -> None:
    rng = garden.rng
    for _ in range(420):
        x, y = rng.uniform(-640, 640), down + rng.uniform(-42, 42)
        if rng.random() < 0.42:
            x, y = across + rng.uniform(-46, 46), rng.uniform(-480, 480)
        garden.disc(x, y, rng.uniform(1.2, 3), near(darker(PATH, 0.16), rng, 20))


def _quarter_of_beds(spot: Spot) -> None:
    rng = spot.rng
    if rng.random() < 0.5:
        beds = [(-122, 0, 196, 330), (112, 0, 196, 330)]
    else:
        beds = [(0, -92, 440, 150), (0, 96, 440, 150)]
    for x, y, w, h in beds:
        _bed(spot.at(x, y, rng.uniform(-0.015, 0.015)), w, h)
    if rng.random() < 0.7:
        reaching(spot.at(0, 205, 0, 0.7))


def _bed(bed: Spot, w: float, h: float) -> None:
    rng = bed.rng
    bed.shadow(box(0, 0, w, h), height=12)
    bed.box(0, 0, w, h, (150, 104, 66), 2)
    bed.box(0, 0, w - 16, h - 16, SOIL)
    rows = round((h - 20) / 36)
    crops = rng.sample(CROPS, 3)
    for row in range(rows):
        y = -h / 2 + 26 + row * (h - 52) / max(1, rows - 1)
        dark, light = crops[row % rng.choice((2, 3))]
        for number in range(round((w - 36) / 25)):
            x = -w / 2 + 28 + number * 25 + rng.uniform(-3, 3)
            _cabbage(bed, x, y + rng.uniform(-3, 3), dark, light)


def _cabbage(bed: Spot, x: float, y: float, dark: Colour, light: Colour) -> None:
    rng = bed.rng
    size = rng.uniform(10, 14)
    bed.disc(x + 3, y + 4, size, (40, 28, 24))
    for angle in (0.4, 2.4, 4.5):
        turn = angle + rng.uniform(-0.5, 0.5)
        bed.disc(x + 5 * cos(turn), y + 5 * sin(turn), size * 0.72, near(dark, rng, 12))
    bed.disc(x - 1, y - 2, size * 0.55, near(light, rng, 10))


def _potting_table(spot: Spot) -> None:
    rng = spot.rng
    table(spot, 380, 150, (190, 136, 86))
    for x in (-120, -10, 105):
        food.seed_tray(spot.at(x, rng.uniform(-10, 10), rng.uniform(-0.06, 0.06)), 4, 5, 18)
    for seat in seats_along(spot, 3, 340, 96):
        if rng.random() < 0.75:
            reaching(seat.at(0, 0, rng.uniform(-0.2, 0.2), 0.72))


def campfire(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    canvas.sun, canvas.darkness = (0.2, 0.3), 0.5
    canvas.cover(grounds.grass(rng, (104, 122, 72), blades_show=0.46))
    camp = canvas.centre()
    fire = camp.at(rng.uniform(-70, 70), rng.uniform(-30, 30), 0, 1.2)
    for reach in (340, 280, 220, 160):
        fire.disc(0, 0, reach, (255, 176, 84, 26))
    radius = rng.randint(190, 230)
    seats = seats_around(fire, rng.randint(9, 13), radius, rng.uniform(0, 1))
    kept_free = rng.randrange(len(seats))
    for number, seat in enumerate(seats):
        if number % 2 == 0:
            _log(seat.at(0, 12))
        if number != kept_free:
            seated(seat.at(rng.uniform(-8, 8), 4, rng.uniform(-0.2, 0.2), 0.82), hands="lap")
    _fire(fire)
    lanterns = [spot.at(0, rng.uniform(100, 170)) for spot in seats_around(fire, 6, radius, 0.3)]
    for lantern in lanterns:
        _lantern(lantern)
    edge_trees(camp, 4)
    for _ in range(5):
        bush(camp.at(rng.choice((-1, 1)) * rng.uniform(480, 600), rng.uniform(-400, 400)), 46)
    heart = ((fire.x - camp.x) / camp.scale, (fire.y - camp.y) / camp.scale)
    glows = [(heart, 560), (heart, 330)]
    for spot in lanterns:
        glows.append((((spot.x - camp.x) / camp.scale, (spot.y - camp.y) / camp.scale), 110))
    return canvas.finish(lights.pools(glows, lit=(255, 218, 156), dim=(24, 32, 54)))


def _log(spot: Spot) -> None:
    spot.shadow(box(0, 0, 150, 36, 12), height=8)
    spot.box(0, 0, 150, 36, darker(WALNUT, 0.15), 13)
    for y in (-8, 0, 9):
        spot.line([(-64, y), (64, y + spot.rng.uniform(-2, 2))], lighter(WALNUT, 0.14), 3)


def _fire(fire: Spot) -> None:
    rng = fire.rng
    fire.disc(0, 0, 84, (92, 82, 62))
    fire.disc(0, 0, 62, (62, 52, 46))
    for stone in seats_around(fire, 15, 64, rng.random()):
        stone.oval(0, 0, 15, 11, near((150, 146, 140), rng, 16), rng.uniform(-0.4, 0.4))
    for angle in (0.2, 1.1, 2.0, 2.9):
        fire.at(0, 0, angle).box(0, 0, 86, 15, darker(WALNUT, 0.2), 6)
    for size, tone in ((40, (214, 82, 36)), (29, (240, 142, 44)), (18, (252, 206, 92)), (9, PAPER)):
        for _ in range(9):
            angle, away = rng.uniform(0, 2 * pi), rng.uniform(0, size * 0.5)
            flame = fire.at(away * cos(angle), away * sin(angle), angle)
            flame.oval(size * 0.2, 0, size * 0.56, size * 0.32, near(tone, rng, 8))


def _lantern(spot: Spot) -> None:
    spot.shadow(oval(0, 0, 14, 14), height=9)
    spot.disc(0, 0, 14, (92, 70, 48))
    spot.disc(0, 0, 11, (255, 226, 150))
    spot.disc(0, 0, 5, (255, 252, 236))


def tents(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    canvas.sun = (0.9, 0.7)
    canvas.cover(grounds.grass(rng, rng.choice(((104, 140, 74), (134, 146, 82)))))
    camp = canvas.centre()
    evening = rng.random() < 0.5
    for spot in seats_around(camp, rng.choice((8, 9, 10)), 350, rng.uniform(0, 1)):
        _tent(spot.at(rng.uniform(-14, 14), rng.uniform(0, 60), rng.uniform(-0.2, 0.2)))
    round_rug(camp, 96, near(rng.choice((WINE, TEAL, MUSTARD)), rng))
    rng.choice((food.teapot, food.pot, food.candle, things.open_book))(camp)
    for seat in seats_around(camp, rng.randint(6, 9), 138, rng.uniform(0, 1)):
        seated(seat.at(0, 0, rng.uniform(-0.2, 0.2), 0.72), hands="lap")
    for number in range(4):
        angle = (number + rng.uniform(-0.3, 0.3)) * pi / 2
        standing(camp.at(222 * cos(angle), 222 * sin(angle), angle + pi / 2, 0.68), stride=1)
    edge_trees(camp, 4)
    if evening:
        return canvas.finish(lights.pools([((0, 0), 820), ((0, 0), 400)], dim=(48, 56, 86)))
    return canvas.finish(lights.daylight(rng, lit=(255, 250, 230), dim=(200, 196, 190)))


def _tent(spot: Spot) -> None:
    """A ridge tent, its opening to the negative y."""
    rng = spot.rng
    tone = near(rng.choice((RED, AMBER, MUSTARD, TEAL, SLATE, CREAM, BLUE, ROSE, GREEN)), rng, 12)
    w, h = rng.uniform(118, 138), rng.uniform(140, 164)
    spot.shadow(box(0, 0, w, h), height=26)
    for x, y in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
        corner = [(x * w / 2, y * h / 2), (x * (w / 2 + 20), y * (h / 2 + 14))]
        spot.line(corner, seen_through(CREAM, 0.8), 2)
    spot.box(-w / 4, 0, w / 2, h, lighter(tone, 0.16))
    spot.box(w / 4, 0, w / 2, h, darker(tone, 0.16))
    for y in (-0.17, 0.17):
        spot.line([(-w / 2, y * h), (w / 2, y * h)], seen_through((20, 16, 20), 0.12), 2)
    spot.line([(0, -h / 2), (0, h / 2)], lighter(tone, 0.45), 3)
    spot.shape([(-w * 0.2, -h / 2), (0, -h * 0.27), (w * 0.2, -h / 2)], (46, 34, 34))


SCENES = {
    "garden-beds": garden_beds,
    "campfire": campfire,
    "tents": tents,
}
