"""Still lifes of tools and of musical instruments."""

from math import cos, pi, sin

from PIL import Image

from . import food, things
from .canvas import Canvas, Point, Spot, box, oval
from .colours import (
    BLUE,
    BRASS,
    GREEN,
    MUSTARD,
    NAVY,
    PINE,
    RED,
    ROSE,
    SKY,
    STEEL,
    TEAL,
    WALNUT,
    darker,
    lighter,
    near,
    seen_through,
)
from .objects import still_light, table_top


def tools(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    table_top(canvas, wooden=0.4)
    table = canvas.centre().at(0, 0, rng.uniform(-0.12, 0.12))
    rows = [things.screwdriver, things.pliers, things.scissors, _hammer, _spanner, _saw]
    rng.shuffle(rows)
    for number, tool in enumerate(rows):
        count = 4 if tool is things.screwdriver else 1 if tool in (_saw, _hammer) else 2
        x, y = -400 + (number % 3) * 400, -230 + (number // 3) * 330
        for piece in range(count):
            dx = (piece - (count - 1) / 2) * 300 / max(2, count)
            tool(table.at(x + dx, y, -pi / 2 + rng.uniform(-0.06, 0.06), 2.4))
    for number in range(rng.randint(9, 15)):
        _washer(table.at(-470 + number * 66, 350 + rng.uniform(-8, 8)))
    food.cup(table.at(540, 300, 0.4, 2.3))
    return canvas.finish(still_light(canvas))


def _hammer(spot: Spot) -> None:
    spot.shadow(box(0, 0, 110, 10), box(48, 0, 20, 46), height=5)
    spot.box(-6, 0, 104, 11, darker(PINE, 0.1), 5)
    spot.box(-6, -2, 98, 4, lighter(PINE, 0.2), 2)
    spot.box(48, 0, 20, 48, darker(STEEL, 0.45), 4)
    spot.box(46, 0, 8, 44, darker(STEEL, 0.15), 3)


def _spanner(spot: Spot) -> None:
    spot.shadow(box(0, 0, 100, 12), height=4)
    spot.box(0, 0, 84, 11, STEEL, 4)
    spot.box(0, -1, 70, 4, lighter(STEEL, 0.35), 2)
    spot.disc(45, 0, 15, STEEL)
    spot.shape([(45, -6), (64, -9), (64, 9), (45, 6)], darker(STEEL, 0.55))
    spot.disc(-45, 0, 12, STEEL)
    spot.disc(-45, 0, 6, darker(STEEL, 0.55))


def _saw(spot: Spot) -> None:
    blade = [(-20, -13), (66, -6), (66, 4), (-20, 15)]
    spot.shadow(blade, box(-42, 2, 44, 34, 10), height=4)
    spot.shape(blade, lighter(STEEL, 0.2))
    for tooth in range(20):
        x = -18 + tooth * 4.2
        y = 15 - (x + 20) * 0.128
        spot.shape([(x, y - 1), (x + 4.2, y - 1), (x + 2, y + 3)], STEEL)
    spot.box(-42, 2, 46, 36, darker(WALNUT, 0.1), 11)
    spot.box(-42, 3, 22, 15, darker(WALNUT, 0.55), 6)


def _washer(spot: Spot) -> None:
    r = spot.rng.choice((11, 14, 17))
    spot.shadow(oval(0, 0, r, r), height=3)
    spot.ring(0, 0, r, STEEL, r * 0.55)
    spot.ring(-1, -1, r - 2, lighter(STEEL, 0.4), 2)


def instruments(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    table_top(canvas, wooden=0.6)
    table = canvas.centre()
    side = rng.choice((-1, 1))
    _guitar(table.at(-side * 190, 20, side * rng.uniform(0.5, 0.9)))
    _drum(table.at(side * 400, -220))
    _tambourine(table.at(side * 430, 220, rng.uniform(0, 3)))
    if rng.random() < 0.8:
        _xylophone(table.at(side * 40, 320, rng.uniform(-0.2, 0.2)))
    things.sheet(table.at(-side * 480, -280, rng.uniform(-0.3, 0.3), 3.6), 46, 60)
    return canvas.finish(still_light(canvas))


def _guitar(spot: Spot) -> None:
    wood = near(spot.rng.choice(((206, 140, 76), (166, 96, 54), (222, 178, 116))), spot.rng)
    lower, upper = oval(0, 150, 150, 138), oval(0, -36, 112, 104)
    neck, head = box(0, -280, 44, 420), box(0, -510, 66, 96, 10)
    spot.shadow(lower, upper, neck, head, height=22)
    for body, inset in ((darker(wood, 0.4), 0), (wood, 8)):
        spot.oval(0, 150, 150 - inset, 138 - inset, body)
        spot.oval(0, -36, 112 - inset, 104 - inset, body)
    spot.box(0, 50, 196, 90, wood)
    spot.disc(0, 26, 62, darker(wood, 0.3))
    spot.disc(0, 26, 52, (44, 28, 26))
    spot.shape(neck, darker(WALNUT, 0.35))
    spot.shape(head, WALNUT)
    for fret in range(13):
        y = -470 + 36 * fret * (1 - fret * 0.012)
        spot.line([(-22, y), (22, y)], BRASS, 2.5)
    spot.box(0, 190, 120, 24, darker(WALNUT, 0.3), 5)
    for number in range(6):
        x = -15 + number * 6
        spot.line([(x, -540), (x, 190)], (232, 226, 210), 1.4)
        spot.disc((-1 if number < 3 else 1) * 42, -540 + number % 3 * 30, 9, STEEL)


def _drum(spot: Spot) -> None:
    tone = spot.rng.choice((RED, TEAL, BLUE, MUSTARD))
    spot.shadow(oval(0, 0, 150, 150), height=34)
    spot.disc(0, 0, 150, darker(tone, 0.25))
    spot.ring(0, 0, 148, BRASS, 9)
    spot.disc(0, 0, 134, (240, 228, 204))
    spot.disc(4, 6, 92, (234, 218, 190))
    for peg in range(8):
        angle = peg * pi / 4
        spot.disc(141 * cos(angle), 141 * sin(angle), 9, STEEL)
    for turn in (0.5, 0.8):
        stick = spot.at(20, 30, turn)
        stick.shadow(box(0, 0, 300, 14, 6), height=9)
        stick.box(0, 0, 300, 14, PINE, 6)
        stick.disc(-150, 0, 13, lighter(PINE, 0.3))


def _tambourine(spot: Spot) -> None:
    around: list[Point] = list(oval(0, 0, 120, 120))
    spot.shadow(around, height=20)
    spot.disc(0, 0, 120, darker(PINE, 0.15))
    spot.disc(0, 0, 106, (238, 224, 198))
    spot.ring(0, 0, 108, RED, 6)
    for number in range(6):
        bell = spot.at(0, 0, number * pi / 3)
        bell.box(113, 0, 15, 44, (66, 44, 34), 4)
        bell.oval(113, -7, 5, 15, BRASS)
        bell.oval(115, 7, 5, 15, lighter(BRASS, 0.3))


def _xylophone(spot: Spot) -> None:
    bars = (RED, MUSTARD, GREEN, TEAL, SKY, BLUE, (130, 92, 160), ROSE)
    spot.shadow(box(0, 0, 560, 120), height=14)
    for y in (-34, 34):
        spot.box(0, y, 580, 20, WALNUT, 5)
    for number, tone in enumerate(bars):
        x, tall = -245 + number * 70, 190 - number * 12
        spot.box(x + 3, 5, 52, tall, seen_through(NAVY, 0.3), 8)
        spot.box(x, 0, 52, tall, tone, 8)
        spot.box(x - 14, 0, 7, tall - 20, lighter(tone, 0.3), 3)
        for y in (-34, 34):
            spot.disc(x, y, 5, STEEL)


SCENES = {
    "object-tools": tools,
    "object-instruments": instruments,
}
