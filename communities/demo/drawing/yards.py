"""Games, chalk and stalls on hard ground."""

from math import cos, pi, sin

from PIL import Image

from . import grounds, lights
from .canvas import Canvas, Point, Spot, apart, box, oval
from .colours import (
    AMBER,
    BLUE,
    CHALK,
    CREAM,
    GREEN,
    MUSTARD,
    OAK,
    RED,
    ROSE,
    SKY,
    TEAL,
    WINE,
    Colour,
    darker,
    lighter,
    near,
    seen_through,
)
from .outdoors import edge_trees, wandering
from .people import reaching, standing

CHALKS = (CHALK, (248, 214, 120), (240, 168, 160), (164, 208, 232), (176, 214, 156))


def courtyard_game(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    canvas.sun = (1.1, 0.8)
    around, court = rng.choice(
        (
            ((178, 92, 66), (58, 122, 100)),
            ((98, 128, 78), (176, 96, 70)),
            ((190, 182, 168), (62, 102, 140)),
        )
    )
    canvas.cover(grounds.mottled(rng, around, speck=0.18))
    yard = canvas.centre()
    field = yard.at(0, 0, rng.uniform(-0.05, 0.05))
    field.box(0, 0, 1090, 780, near(court, rng))
    for _ in range(260):
        x, y = rng.uniform(-540, 540), rng.uniform(-384, 384)
        field.oval(
            x, y, rng.uniform(8, 40), rng.uniform(3, 9), seen_through(lighter(court, 0.4), 0.07)
        )
    rng.choice((_ball_court, _hopscotch_court, _ring_court))(field)
    wandering(yard, rng.randint(12, 17), 0.64)
    edge_trees(yard, 2)
    return canvas.finish(lights.daylight(rng, lit=(255, 250, 234), dim=(208, 198, 190)))


def _ball_court(field: Spot) -> None:
    paint = seen_through(CHALK, 0.88)
    field.outline(box(0, 0, 1060, 750), paint, 6)
    field.line([(0, -375), (0, 375)], paint, 6)
    field.ring(0, 0, 120, paint, 6)
    for side in (-1, 1):
        arc = [
            (side * (530 - 300 * sin(a)), 250 * cos(a)) for a in [pi * s / 20 for s in range(21)]
        ]
        field.line(arc, paint, 6)
        field.outline(box(side * 465, 0, 130, 170), paint, 5)
    _ball(field.at(field.rng.uniform(-300, 300), field.rng.uniform(-200, 200)))


def _ring_court(field: Spot) -> None:
    for radius, tone in ((330, CHALK), (230, MUSTARD), (120, CHALK)):
        field.ring(0, 0, radius, seen_through(tone, 0.85), 7)
    for step in range(8):
        angle = step * pi / 4
        field.line(
            [(120 * cos(angle), 120 * sin(angle)), (330 * cos(angle), 330 * sin(angle))],
            seen_through(CHALK, 0.85),
            6,
        )
    for _ in range(3):
        _ball(field.at(field.rng.uniform(-300, 300), field.rng.uniform(-250, 250)))


def _hopscotch_court(field: Spot) -> None:
    rng = field.rng
    for start in (-300, 40, 330):
        path = field.at(start, 290, rng.uniform(-0.2, 0.2))
        tone = seen_through(rng.choice(CHALKS), 0.9)
        for row in range(8):
            columns = (-42, 42) if row % 3 == 1 else (0,)
            for x in columns:
                path.outline(box(x, -row * 80, 80, 76), tone, 5)
        path.ring(0, -8 * 80, 54, tone, 5)
    _ball(field.at(rng.uniform(-200, 200), rng.uniform(-100, 200)))


def _ball(spot: Spot) -> None:
    tone = spot.rng.choice((AMBER, RED, SKY, CREAM))
    spot.shadow(oval(0, 0, 15, 15), height=16)
    spot.disc(0, 0, 15, darker(tone, 0.2))
    spot.disc(-1.5, -2, 13, tone)
    spot.disc(-5, -6, 4, lighter(tone, 0.5))


def market_stalls(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    canvas.sun = (0.9, 1)
    canvas.cover(grounds.slabs(rng, rng.choice(((206, 200, 188), (196, 190, 184)))))
    square = canvas.centre()
    rows = ((-330, pi), (110, 0)) if rng.random() < 0.5 else ((-400, pi), (-10, pi), (380, 0))
    for y, turn in rows:
        skipped = rng.randint(0, 4)
        for number in range(5):
            x = (number - 2) * 248 + rng.uniform(-8, 8)
            if number == skipped:
                _crates(square.at(x, y))
            else:
                _stall(square.at(x, y, turn + rng.uniform(-0.03, 0.03)))
    aisles = (-110, 340) if len(rows) == 2 else (-190, 205)
    for aisle in aisles:
        for x, y in apart(rng, rng.randint(7, 11), 1200, 120, 66):
            standing(square.at(x, aisle + y, rng.uniform(0, 2 * pi), 0.62))
    return canvas.finish(lights.windows(rng, lit=(255, 250, 236), dim=(188, 182, 184)))


def _stall(spot: Spot) -> None:
    """A stall whose counter looks to the negative y."""
    rng = spot.rng
    stripe = near(rng.choice((RED, BLUE, TEAL, WINE, MUSTARD, GREEN)), rng)
    _counter(spot.at(0, -96))
    spot.shadow(box(0, 0, 206, 150), height=34)
    for number in range(9):
        x = -92 + number * 23
        tone = stripe if number % 2 == 0 else (246, 240, 228)
        spot.box(x, 0, 23.6, 150, tone)
        spot.oval(x, -75, 11.8, 9, darker(tone, 0.06))
    spot.box(0, 38, 207, 74, seen_through((30, 16, 24), 0.12))
    spot.line([(-103, 0), (103, 0)], seen_through((255, 255, 255), 0.4), 3)


def _counter(spot: Spot) -> None:
    rng = spot.rng
    spot.shadow(box(0, 0, 196, 52), height=14)
    spot.box(0, 0, 196, 52, OAK, 3)
    for number in range(5):
        crate = spot.at(-76 + number * 38, -2)
        crate.box(0, 0, 33, 38, (132, 92, 58), 2)
        tone = rng.choice((RED, AMBER, (122, 164, 74), MUSTARD, ROSE, (128, 70, 110), CREAM))
        for _ in range(15):
            crate.disc(rng.uniform(-11, 11), rng.uniform(-14, 14), 4.6, near(tone, rng, 22))


def _crates(spot: Spot) -> None:
    rng = spot.rng
    for number in range(3):
        crate = spot.at(-66 + number * 66, rng.uniform(-30, 30), rng.uniform(-0.3, 0.3))
        crate.shadow(box(0, 0, 58, 46), height=12)
        crate.box(0, 0, 58, 46, (160, 114, 72), 2)
        crate.box(0, 0, 48, 36, (96, 66, 44))
        tone = rng.choice((RED, AMBER, (122, 164, 74), MUSTARD))
        for _ in range(22):
            crate.disc(rng.uniform(-19, 19), rng.uniform(-13, 13), 5.4, near(tone, rng, 22))


def chalk_map(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    canvas.sun = (0.9, 0.8)
    tone = rng.choice(((98, 100, 106), (112, 108, 106), (92, 100, 108)))
    canvas.cover(grounds.mottled(rng, tone, cloud=0.12, speck=0.22))
    yard = canvas.centre()
    drawing = yard.at(0, 0, rng.uniform(-0.12, 0.12))
    streets = _streets(drawing)
    for number, (x, y) in enumerate(apart(rng, 20, 1040, 760, 125)):
        if all(abs(x - street) > 85 for street in streets):
            (_house, _house, _chalk_tree, _star)[number % 4](
                drawing.at(x, y, rng.uniform(-0.2, 0.2))
            )
    for _ in range(16):
        stick = yard.at(rng.uniform(-560, 560), rng.uniform(-420, 420), rng.uniform(0, 3))
        stick.shadow(box(0, 0, 26, 8), height=3)
        stick.box(0, 0, 26, 8, rng.choice(CHALKS), 3)
    for place in apart(rng, rng.randint(6, 9), 1100, 780, 170):
        figure = rng.choice((reaching, reaching, standing))
        figure(yard.at(*place, rng.uniform(0, 2 * pi), 0.84))
    return canvas.finish(lights.windows(rng, lit=(255, 250, 236), dim=(166, 164, 178)))


def _wobbly(spot: Spot, points: list[Point], tone: Colour, width: float = 6) -> None:
    """A line as chalk draws it: twice, and never quite along the same way."""
    rng = spot.rng
    for share in (0.55, 0.8):
        bent = [(x + rng.uniform(-2.5, 2.5), y + rng.uniform(-2.5, 2.5)) for x, y in points]
        spot.line(bent, seen_through(tone, share), width * share, round_ends=True)


def _streets(drawing: Spot) -> list[float]:
    rng = drawing.rng
    upright = [rng.uniform(-330, -180), rng.uniform(120, 300)]
    for x in upright:
        for side in (-26, 26):
            way = [(x + side + 26 * sin(y / 130 + x), y) for y in range(-420, 430, 40)]
            _wobbly(drawing, way, CHALK)
    river = [(x, 70 * sin(x / 170) + 26 * sin(x / 61)) for x in range(-560, 570, 40)]
    for side in (-20, 0, 20):
        _wobbly(drawing, [(x, y + side) for x, y in river], CHALKS[3])
    for step in range(-10, 11):
        y = step * 40
        x = upright[0] + 26 * sin(y / 130 + upright[0])
        _wobbly(drawing, [(x, y), (x, y + 16)], CHALKS[1], 4)
    return upright


def _house(spot: Spot) -> None:
    tone = spot.rng.choice(CHALKS)
    w, h = spot.rng.uniform(56, 92), spot.rng.uniform(46, 66)
    around = [*box(0, 0, w, h), (-w / 2, -h / 2)]
    _wobbly(spot, around, tone)
    _wobbly(spot, [(-w / 2, -h / 2), (0, -h / 2 - 36), (w / 2, -h / 2)], tone)
    for x in range(-int(w / 2) + 8, int(w / 2), 10):
        spot.line([(x, -h / 2 + 6), (x - 6, h / 2 - 6)], seen_through(tone, 0.3), 4)


def _chalk_tree(spot: Spot) -> None:
    loop = [
        (26 * cos(a) * (1 + 0.16 * cos(6 * a)), 26 * sin(a)) for a in [s / 4 for s in range(27)]
    ]
    _wobbly(spot, loop, CHALKS[4])
    _wobbly(spot, [(0, 26), (0, 56)], CHALKS[1])


def _star(spot: Spot) -> None:
    corners = [(34 * cos(4 * pi * s / 5), 34 * sin(4 * pi * s / 5)) for s in range(6)]
    _wobbly(spot, corners, spot.rng.choice(CHALKS[1:3]))


SCENES = {
    "courtyard-game": courtyard_game,
    "market-stalls": market_stalls,
    "chalk-map": chalk_map,
}
