"""What hangs or stands on walls: shelves, notes, and a plan on tracing paper."""

from itertools import pairwise
from math import cos, pi, sin

from PIL import Image

from . import grounds, lights
from .canvas import Canvas, Point, Points, Spot, box
from .colours import (
    AMBER,
    BINDINGS,
    CREAM,
    GREEN,
    INK,
    MUSTARD,
    NOTES,
    OAK,
    PAPER,
    RED,
    SKY,
    SLATE,
    TEAL,
    TRACING,
    WALNUT,
    Colour,
    darker,
    lighter,
    near,
    seen_through,
)
from .things import handwriting

CARDBOARD = (186, 138, 92)
PAINT = (200, 70, 50)


def shelves_wall(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    canvas.sun = (0.5, 0.6)
    wall_tone = rng.choice(((226, 222, 212), (206, 214, 210), (232, 218, 196), (198, 208, 216)))
    canvas.cover(grounds.mottled(rng, wall_tone, cloud=0.1, speck=0.06))
    wall = canvas.centre()
    wood = near(rng.choice((WALNUT, OAK, darker(OAK, 0.25))), rng)
    shelves = rng.choice((3, 3, 4))
    for number in range(shelves):
        y = -440 + (number + 1) * 880 / shelves
        _things_on_shelf(wall.at(0, y), 880 / shelves - 60)
        wall.shadow(box(0, y + 9, 1180, 22), height=14)
        wall.box(0, y + 9, 1180, 22, darker(wood, 0.2))
        wall.box(0, y + 3, 1180, 10, lighter(wood, 0.1))
    return canvas.finish(lights.windows(rng, lit=(255, 250, 238), dim=(206, 198, 196)))


def _things_on_shelf(shelf: Spot, headroom: float) -> None:
    rng = shelf.rng
    x = -565 + rng.uniform(0, 40)
    while x < 400:
        kind = rng.choice((_crate, _crate, _jar, _jar, _books, _books, _folder, _pot_plant))
        w = kind(shelf.at(x, 0), min(headroom, rng.uniform(90, 190)))
        x += w + rng.choice((8, 12, 16, 60))


def _standing_on(shelf: Spot, w: float, h: float, tone: Colour, radius: float = 3) -> None:
    around = box(w / 2, -h / 2, w, h, radius)
    shelf.shadow(around, height=10)
    shelf.shape(around, tone)


def _label(shelf: Spot, x: float, y: float, w: float, h: float) -> None:
    shelf.box(x, y, w, h, PAPER, 2)
    for line, share in ((-0.16, 0.62), (0.18, 0.4)):
        left = x - w * 0.36
        shelf.line([(left, y + h * line), (left + w * share, y + h * line)], INK, 3)


def _crate(shelf: Spot, h: float) -> float:
    w, h = shelf.rng.uniform(100, 150), h * 0.72
    tone = near(shelf.rng.choice((CARDBOARD, CARDBOARD, OAK)), shelf.rng)
    _standing_on(shelf, w, h, tone)
    shelf.box(w / 2, -h + 11, w + 8, 22, darker(tone, 0.16), 3)
    _label(shelf, w / 2, -h * 0.4, w * 0.5, h * 0.3)
    return w


def _jar(shelf: Spot, h: float) -> float:
    w, h = shelf.rng.uniform(54, 74), h * 0.7
    inside = near(shelf.rng.choice((AMBER, GREEN, RED, MUSTARD, TEAL, CREAM)), shelf.rng, 14)
    _standing_on(shelf, w, h, (214, 224, 224), 9)
    level = h * shelf.rng.uniform(0.4, 0.8)
    shelf.box(w / 2, -level / 2 - 4, w - 10, level, inside, 7)
    shelf.box(w / 2, -h, w - 8, 18, darker(shelf.rng.choice((SLATE, AMBER)), 0.1), 4)
    shelf.box(w * 0.24, -h * 0.5, 6, h * 0.7, (255, 255, 255, 90), 3)
    return w


def _books(shelf: Spot, h: float) -> float:
    x = 0.0
    for _ in range(shelf.rng.randint(4, 9)):
        w, tall = shelf.rng.uniform(17, 32), h * shelf.rng.uniform(0.7, 1)
        tone = near(shelf.rng.choice(BINDINGS), shelf.rng, 12)
        book = shelf.at(x, 0)
        _standing_on(book, w, tall, tone, 2)
        for share in (0.16, 0.22, 0.82):
            book.box(w / 2, -tall * share, w, 3, lighter(tone, 0.5))
        x += w + 1
    return x


def _folder(shelf: Spot, h: float) -> float:
    tone = near(shelf.rng.choice((TEAL, SKY, MUSTARD, RED, SLATE)), shelf.rng)
    for number in range(3):
        folder = shelf.at(number * 47, 0)
        _standing_on(folder, 44, max(110, h * 0.85), tone, 2)
        _label(folder, 22, -max(110, h * 0.85) * 0.66, 30, 40)
        folder.disc(22, -22, 8, darker(tone, 0.4))
    return 141


def _pot_plant(shelf: Spot, h: float) -> float:
    _standing_on(shelf, 74, h * 0.38, (192, 106, 74), 6)
    shelf.box(37, -h * 0.38, 84, 16, (206, 120, 86), 3)
    for number in range(11):
        angle = -pi / 2 + (number - 5) * 0.24
        leaf = shelf.at(37, -h * 0.4, angle)
        leaf.oval(h * 0.26, 0, h * 0.28, 9, near((70, 132, 74), shelf.rng, 20))
    return 86


def sticky_wall(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    canvas.sun, canvas.darkness = (0.5, 0.9), 0.34
    tone = rng.choice(((232, 230, 224), (214, 220, 222), (196, 152, 104), (236, 226, 208)))
    canvas.cover(grounds.mottled(rng, tone, cloud=0.1, speck=0.12))
    wall = canvas.centre()
    columns = rng.choice((3, 4, 4, 5))
    width = 1160 / columns
    pins = []
    for number in range(columns):
        x, y = -580 + (number + 0.5) * width, -390 + rng.uniform(-12, 12)
        pins.append((x, y - 27))
        _heading(wall.at(x, y, rng.uniform(-0.04, 0.04)), width)
        _cluster(wall.at(x, -250), round(width / 118), rng.randint(4, 6))
    _thread(wall, pins)
    return canvas.finish(lights.windows(rng, lit=(255, 251, 242), dim=(206, 202, 202)))


def _heading(spot: Spot, width: float) -> None:
    spot.shadow(box(0, 0, width * 0.6, 66), height=4)
    spot.box(0, 0, width * 0.6, 66, PAPER)
    handwriting(spot.at(-width * 0.22, 4), width * 0.42, 15, INK, 5)


def _cluster(spot: Spot, across: int, down: int) -> None:
    rng = spot.rng
    tone = rng.choice(NOTES)
    side = 96
    for row in range(down):
        for column in range(across):
            if rng.random() < 0.14:
                continue
            x = (column - (across - 1) / 2) * 110 + rng.uniform(-10, 10)
            y = row * 116 + rng.uniform(-10, 10)
            colour = tone if rng.random() < 0.62 else rng.choice(NOTES)
            _sticky(spot.at(x, y, rng.uniform(-0.12, 0.12)), side, near(colour, rng, 4))


def _sticky(note: Spot, side: float, tone: Colour) -> None:
    rng = note.rng
    note.shadow(box(0, 2, side, side), height=5)
    note.box(0, 0, side, side, tone)
    note.box(0, -side * 0.42, side, side * 0.16, darker(tone, 0.06))
    if rng.random() < 0.14:
        note.ring(0, 2, side * 0.22, INK, 3)
        note.line([(0, 2), (side * 0.14, -side * 0.1)], INK, 3)
        return
    for row in range(rng.randint(2, 4)):
        long = side * rng.uniform(0.4, 0.74)
        handwriting(note.at(-side * 0.38, -side * 0.2 + row * 19), long, 6, INK, 2.6)
    if rng.random() < 0.22:
        for dot in range(rng.randint(1, 3)):
            note.disc(side * (0.34 - 0.15 * dot), side * 0.36, 6, PAINT)


def _thread(wall: Spot, pins: list[Point]) -> None:
    """A red thread from heading to heading, hanging a little between them."""
    hanging: list[Point] = []
    for (x, y), (a, b) in pairwise(pins):
        steps = [step / 12 for step in range(13)]
        hanging += [(x + (a - x) * s, y + (b - y) * s + 70 * s * (1 - s)) for s in steps]
    wall.line([(x + 3, y + 6) for x, y in hanging], (30, 20, 24, 60), 4)
    wall.line(hanging, PAINT, 3.5)
    for x, y in pins:
        wall.shadow([(x - 7, y), (x + 7, y), (x, y + 8)], height=9)
        wall.disc(x, y, 9, darker(PAINT, 0.2))
        wall.disc(x - 2, y - 2, 5, lighter(PAINT, 0.3))


def whiteboard_plan(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    canvas.cover(grounds.mottled(rng, near(TRACING, rng, 3), cloud=0.1, speck=0.05))
    sheet = canvas.centre().at(0, 0, rng.uniform(-0.02, 0.02))
    door = _walls(sheet)
    _room_in_plan(sheet)
    bend = rng.choice((-1, 1)) * rng.uniform(60, 130)
    steps = [step / 17 for step in range(18)]
    walk = [(door + 60 + bend * sin(2.2 * s), 455 - 300 * s) for s in steps]
    for start, end in zip(walk[::2], walk[1::2], strict=False):
        sheet.line([start, end], PAINT, 5)
    sheet.line([(x + walk[-1][0], 155 + y) for x, y in ((-20, 26), (0, 0), (20, 26))], PAINT, 5)
    for x, y, long in ((-560, -420, 150), (-330, -425, 230), (330, 425, 200), (-540, 425, 130)):
        handwriting(sheet.at(x + rng.uniform(-20, 40), y), long, 12, INK, 3)
    return canvas.finish(lights.daylight(rng, lit=(255, 255, 255), dim=(238, 234, 222)), grain=4)


def _drawn(sheet: Spot, points: Points, width: float, pen: Colour = INK) -> None:
    """A line by hand, which bends a little and overshoots its end."""
    rng = sheet.rng
    for (x, y), (a, b) in pairwise(points):
        half = ((x + a) / 2 + rng.uniform(-1.6, 1.6), (y + b) / 2 + rng.uniform(-1.6, 1.6))
        over = ((a - x) * 0.008, (b - y) * 0.008)
        sheet.line([(x - over[0], y - over[1]), half, (a + over[0], b + over[1])], pen, width)


def _walls(sheet: Spot) -> float:
    """Draws the walls and says where the door is."""
    w, h, door = 560, 370, sheet.rng.uniform(-380, 260)
    _drawn(sheet, [(door, h), (-w, h), (-w, -h), (w, -h), (w, h), (door + 120, h)], 11)
    swing = [
        (door + 120 - 120 * cos(a), h - 120 * sin(a)) for a in [pi * s / 24 for s in range(13)]
    ]
    sheet.line(swing, INK, 3)
    _drawn(sheet, [(door + 120, h), swing[-1]], 5)
    for x in (-340, 0, 340):
        sheet.box(x, -h, 190, 14, TRACING)
        sheet.outline(box(x, -h, 190, 14), INK, 3)
    return door


def _room_in_plan(sheet: Spot) -> None:
    rng = sheet.rng
    rng.choice((_plan_with_long_table, _plan_with_ring, _plan_with_islands))(sheet.at(0, -60))
    for x in (-500, 500):
        tall = rng.uniform(140, 320)
        _drawn(sheet, [*box(x, -100, 86, tall), box(x, -100, 86, tall)[0]], 4)
        for step in range(int(tall // 26)):
            y = -100 - tall / 2 + 26 * (step + 1)
            sheet.line([(x - 43, y), (x + 43, y - 10)], seen_through(INK, 0.4), 2.5)
    handwriting(sheet.at(rng.choice((-400, 330)), 250), 150, 11, PAINT, 3)


def _plan_with_long_table(middle: Spot) -> None:
    w = middle.rng.uniform(480, 620)
    for y in (-56, 0, 56):
        _drawn(middle, [*box(0, y, w, 56), box(0, y, w, 56)[0]], 4)
    count = round(w / 84)
    for number in range(count):
        for side in (-1, 1):
            middle.ring(-w / 2 + (number + 0.5) * w / count, side * 122, 25, INK, 4)


def _plan_with_ring(middle: Spot) -> None:
    count = middle.rng.randint(10, 15)
    for number in range(count):
        angle = 2 * pi * number / count
        tone = PAINT if number == 0 else INK
        middle.ring(205 * cos(angle), 205 * sin(angle), 27, tone, 4)
    middle.ring(0, 0, 80, INK, 4)
    handwriting(middle.at(-44, 0), 88, 11, INK, 3)


def _plan_with_islands(middle: Spot) -> None:
    for x, y in ((-250, -110), (20, -110), (270, -110), (-130, 130), (150, 130)):
        island = middle.at(x, y, middle.rng.uniform(-0.2, 0.2))
        _drawn(island, [*box(0, 0, 130, 90), box(0, 0, 130, 90)[0]], 4)
        for dx, dy in ((-34, -74), (34, -74), (-34, 74), (34, 74)):
            island.ring(dx, dy, 20, INK, 4)


SCENES = {
    "shelves-wall": shelves_wall,
    "sticky-wall": sticky_wall,
    "whiteboard-plan": whiteboard_plan,
}
