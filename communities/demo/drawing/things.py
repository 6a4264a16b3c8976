"""Small things that lie on tables: paper, books, cloth and tools."""

from collections.abc import Callable, Sequence
from math import pi, sin

from .canvas import Point, Spot, box, oval
from .colours import (
    AMBER,
    BINDINGS,
    BLUE,
    BRASS,
    BROWN,
    COATS,
    CREAM,
    GREEN,
    INK,
    MUSTARD,
    NAVY,
    NOTES,
    PAPER,
    RED,
    SLATE,
    STEEL,
    TEAL,
    WALNUT,
    Colour,
    darker,
    lighter,
    near,
    seen_through,
)
from .food import candle, chopping_board, cup, loaf, plate, pot, seed_tray, teapot

Thing = Callable[[Spot], None]


def sheet(spot: Spot, w: float = 44, h: float = 58, tone: Colour = PAPER) -> None:
    spot.shadow(box(0, 0, w, h), height=2.5)
    spot.box(0, 0, w, h, near(tone, spot.rng, 3))
    scribble(spot, w, h)


def scribble(spot: Spot, w: float, h: float, pen: Colour = INK) -> None:
    """Lines of handwriting, too small to be read; words only show when they are near."""
    near_enough = spot.scale > 2 * spot.canvas.scale
    y = -h / 2 + h * 0.16
    while y < h * 0.42:
        long = w * spot.rng.choice((0.76, 0.74, 0.7, 0.76, 0.4))
        if near_enough:
            handwriting(spot.at(-w * 0.38, y), long, 2, pen, 0.55)
            y += 5
        else:
            spot.line([(-w * 0.38, y), (-w * 0.38 + long, y)], seen_through(pen, 0.55), 1.5)
            y += 7


def handwriting(spot: Spot, long: float, tall: float, pen: Colour, width: float) -> None:
    """Words as they look from across the room."""
    rng = spot.rng
    x, points = 0.0, []
    while x < long:
        if rng.random() < 0.16 and len(points) > 3:
            spot.line(points, seen_through(pen, 0.86), width)
            points, x = [], x + tall * 0.9
        points.append((x, rng.uniform(-1, 1) * tall * (0.5 if len(points) % 5 else 0.95)))
        x += tall * 0.42
    if len(points) > 1:
        spot.line(points, seen_through(pen, 0.86), width)


def note(spot: Spot, side: float = 26) -> None:
    tone = spot.rng.choice(NOTES)
    spot.shadow(box(0, 0, side, side), height=2)
    spot.box(0, 0, side, side, tone)
    spot.line([(-side * 0.3, -3), (side * 0.28, -3)], seen_through(INK, 0.5), 1.5)
    spot.line([(-side * 0.3, 4), (side * 0.1, 4)], seen_through(INK, 0.5), 1.5)


def book(spot: Spot, w: float = 46, h: float = 62) -> None:
    colour = near(spot.rng.choice(BINDINGS), spot.rng, 10)
    spot.shadow(box(0, 0, w, h), height=5)
    spot.box(2, 2, w, h, CREAM)
    spot.box(0, 0, w, h, colour, 1.5)
    spot.box(-w / 2 + 4, 0, 4, h, darker(colour, 0.2))
    spot.box(4, -h * 0.2, w * 0.5, h * 0.16, lighter(colour, 0.7))


def open_book(spot: Spot, w: float = 88, h: float = 60) -> None:
    colour = spot.rng.choice(BINDINGS)
    spot.shadow(box(0, 0, w + 5, h + 5), height=4)
    spot.box(0, 0, w + 5, h + 5, colour, 2)
    spot.box(0, 0, w, h, darker(PAPER, 0.08))
    for side in (-1, 1):
        page = spot.at(side * w / 4, 0)
        page.box(-side, 0, w / 2 - 3, h - 2, PAPER)
        scribble(page, w / 2 - 6, h)
    spot.box(0, 0, 9, h, seen_through(BROWN, 0.16))
    spot.line([(0, -h / 2), (0, h / 2)], seen_through(BROWN, 0.4), 1.5)


def pencil(spot: Spot) -> None:
    colour = spot.rng.choice((MUSTARD, RED, GREEN, BLUE, NAVY))
    spot.shadow(box(0, 0, 48, 5), height=2.5)
    spot.line([(-24, 0), (18, 0)], colour, 5)
    spot.line([(-24, -0.8), (18, -0.8)], lighter(colour, 0.3), 1.4)
    spot.shape([(18, -2.5), (26, 0), (18, 2.5)], (236, 208, 164))
    spot.disc(25, 0, 1.2, INK)


def scissors(spot: Spot) -> None:
    grip = spot.rng.choice((RED, BLUE, NAVY, TEAL))
    spot.shadow(box(8, 0, 70, 16), height=3)
    spot.shape([(-4, -2), (46, -7), (48, -5), (-4, 4)], STEEL)
    spot.shape([(-4, 2), (46, 8), (48, 6), (-4, -4)], lighter(STEEL, 0.3))
    for side in (-1, 1):
        spot.ring(-17, side * 9, 10, grip, 4.5)
    spot.disc(0, 0, 3, darker(STEEL, 0.4))


def spool(spot: Spot) -> None:
    thread = spot.rng.choice(COATS)
    spot.shadow(oval(0, 0, 11, 11), height=6)
    spot.disc(0, 0, 11, (230, 200, 152))
    spot.disc(0, 0, 8.6, thread)
    spot.disc(0, 0, 5.8, lighter(thread, 0.2))
    spot.disc(0, 0, 3, (80, 56, 40))


def cloth(spot: Spot, w: float = 100, h: float = 74) -> None:
    """A folded cloth with two woven stripes."""
    colour = near(spot.rng.choice(COATS), spot.rng, 8)
    sway = spot.rng.uniform(1.5, 3)
    around = [(x + sway * sin(y / 13), y + sway * sin(x / 17)) for x, y in _edge(w, h)]
    spot.shadow(around, height=5)
    spot.shape(around, colour)
    for x in (-w * 0.4, -w * 0.35):
        spot.line(_fold(x, h, sway), lighter(colour, 0.6), 2)
    for x in (-w * 0.14, w * 0.1, w * 0.31):
        spot.line(_fold(x, h, sway * 2), seen_through((20, 10, 16), 0.2), 4)
        spot.line(_fold(x + 3, h, sway * 2), seen_through((255, 250, 240), 0.14), 3)


def _edge(w: float, h: float) -> list[Point]:
    steps = [step / 8 - 0.5 for step in range(9)]
    top, right = [(w * s, -h / 2) for s in steps], [(w / 2, h * s) for s in steps]
    return [*top, *right, *[(-x, -y) for x, y in top], *[(-x, -y) for x, y in right]]


def _fold(x: float, h: float, sway: float) -> list[Point]:
    return [(x + sway * sin(y / 13), y) for y in [h * (step / 12 - 0.5) for step in range(13)]]


def screwdriver(spot: Spot) -> None:
    grip = spot.rng.choice((RED, MUSTARD, BLUE, GREEN))
    spot.shadow(box(0, 0, 84, 10), height=4)
    spot.line([(0, 0), (42, 0)], STEEL, 4.5)
    spot.line([(0, -1), (40, -1)], lighter(STEEL, 0.4), 1.4)
    spot.box(-20, 0, 42, 13, darker(grip, 0.15), 5)
    spot.box(-20, -1.6, 40, 7, lighter(grip, 0.14), 3)


def pliers(spot: Spot) -> None:
    grip = spot.rng.choice((RED, BLUE, AMBER))
    spot.shadow(box(-10, 0, 90, 26), height=4)
    for side in (-1, 1):
        arm = [(4, side * 3), (-22, side * 12), (-54, side * 11)]
        spot.line(arm, darker(grip, 0.1), 9, round_ends=True)
        spot.shape([(0, side * 10), (18, side * 9), (40, side * 1.5), (0, 0)], darker(STEEL, 0.18))
    spot.disc(4, 0, 9, STEEL)
    spot.disc(4, 0, 3.4, darker(STEEL, 0.45))


def toolbox(spot: Spot) -> None:
    spot.shadow(box(0, 0, 124, 72, 3), height=9)
    spot.box(0, 0, 124, 72, WALNUT, 3)
    spot.box(0, 0, 112, 60, darker(WALNUT, 0.42), 2)
    board = spot.at(-24, 2, 0.05)
    board.box(0, 0, 56, 44, (36, 104, 78))
    for _ in range(12):
        x, y = spot.rng.uniform(-24, 24), spot.rng.uniform(-18, 18)
        board.box(x, y, 6, 4, spot.rng.choice((INK, BRASS, STEEL, MUSTARD)))
    spot.disc(32, -2, 21, NAVY)
    spot.disc(32, -2, 8, STEEL)


def laptop(spot: Spot) -> None:
    """An open laptop whose user sits at the positive y."""
    spot.shadow(box(0, -2, 92, 74, 5), height=5)
    spot.box(0, 12, 92, 50, (206, 210, 216), 5)
    spot.box(0, 5, 80, 24, (92, 98, 110), 2)
    for row in range(3):
        y = -2 + row * 7.4
        spot.line([(-38, y + 3), (38, y + 3)], (60, 66, 78), 1.4)
    spot.box(0, 27, 28, 13, (188, 192, 200), 2)
    spot.box(0, -25, 92, 26, (58, 64, 76), 4)
    spot.box(0, -25, 84, 20, spot.rng.choice(((198, 222, 238), (236, 240, 244), (206, 226, 206))))
    spot.box(-18, -27, 38, 5, seen_through(SLATE, 0.7))
    spot.box(-10, -20, 54, 3, seen_through(SLATE, 0.4))


THEMES: dict[str, Sequence[Thing]] = {
    "mending": (cloth, spool, spool, scissors, screwdriver, toolbox, cup, sheet, teapot, pliers),
    "writing": (sheet, sheet, sheet, open_book, pencil, cup, note, note, book, pencil),
    "supper": (plate, plate, plate, pot, cup, loaf, chopping_board, candle, cup),
    "garden": (seed_tray, seed_tray, sheet, cup, pencil, scissors, teapot),
    "reading": (open_book, open_book, book, book, cup, sheet, teapot, pencil),
    "making": (sheet, scissors, note, note, pencil, cloth, toolbox, spool, cup, book),
}


def scatter(spot: Spot, things: Sequence[Thing], places: Sequence[Point]) -> None:
    """One thing to a place, each turned a little."""
    rng = spot.rng
    for x, y in places:
        turn = rng.uniform(-0.5, 0.5) + rng.choice((0, 0, pi))
        rng.choice(things)(spot.at(x + rng.uniform(-14, 14), y + rng.uniform(-9, 9), turn))
