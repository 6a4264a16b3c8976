"""Tables, seats, shelves and plants, seen from above."""

from math import cos, pi, sin

from .canvas import Spot, box, oval
from .colours import (
    BEECH,
    BINDINGS,
    CREAM,
    OAK,
    PINE,
    WALNUT,
    Colour,
    darker,
    lighter,
    near,
    seen_through,
)

LEAVES = ((38, 92, 52), (54, 116, 60), (74, 138, 72), (96, 156, 82), (44, 104, 74))
WOODS = (OAK, PINE, BEECH, WALNUT)


def table(spot: Spot, w: float, h: float, wood: Colour = PINE) -> None:
    top = box(0, 0, w, h, 7)
    spot.shadow(top, height=20)
    spot.shape(box(0, 3, w, h, 7), darker(wood, 0.34))
    spot.shape(top, wood)
    boards = max(2, round(h / 62))
    for board in range(boards):
        y = -h / 2 + (board + 0.5) * h / boards
        spot.box(0, y, w - 6, h / boards - 2, near(wood, spot.rng, 7), 3)
    _grain(spot, w, h, wood)
    spot.line([(-w / 2 + 5, -h / 2 + 2), (w / 2 - 5, -h / 2 + 2)], lighter(wood, 0.3), 2)


def _grain(spot: Spot, w: float, h: float, wood: Colour) -> None:
    rng = spot.rng
    for _ in range(round(w * h / 4200)):
        x, y = rng.uniform(-w / 2 + 8, w / 2 - 60), rng.uniform(-h / 2 + 5, h / 2 - 5)
        length = rng.uniform(20, min(110, w / 2 - x - 6) + 20.1)
        length = min(length, w / 2 - x - 6)
        spot.line([(x, y), (x + length, y)], seen_through(darker(wood, 0.5), 0.13), 1.2)


def round_table(spot: Spot, r: float, wood: Colour = OAK) -> None:
    spot.shadow(oval(0, 0, r, r, corners=60), height=20)
    spot.disc(0, 3, r, darker(wood, 0.34))
    spot.disc(0, 0, r, wood)
    boards = max(4, round(r / 32))
    for board in range(boards):
        y = -r + (board + 0.5) * 2 * r / boards
        edge = max(abs(y - r / boards), abs(y + r / boards))
        half = (max(0, (r - 5) ** 2 - edge**2)) ** 0.5
        spot.box(0, y, 2 * half, 2 * r / boards - 2, near(wood, spot.rng, 8))
    spot.ring(0, 0, r - 1, darker(wood, 0.16), 5)
    spot.ring(0, 0, r, lighter(wood, 0.16), 2)


def chair(spot: Spot, tone: Colour = WALNUT) -> None:
    """A chair facing the negative y, its back behind whoever sits on it."""
    spot.shadow(box(0, 12, 50, 58, 6), height=10)
    spot.box(0, 8, 50, 46, darker(tone, 0.1), 8)
    spot.box(0, 6, 44, 40, tone, 7)
    spot.box(0, 5, 34, 28, lighter(tone, 0.12), 6)
    spot.box(0, 37, 52, 12, darker(tone, 0.34), 5)
    spot.box(0, 35.5, 48, 6, darker(tone, 0.16), 3)


def stool(spot: Spot, tone: Colour = BEECH) -> None:
    spot.shadow(oval(0, 0, 21, 21), height=11)
    spot.disc(0, 0, 21, darker(tone, 0.2))
    spot.disc(-1, -1, 18.5, tone)
    spot.disc(-3, -4, 10, lighter(tone, 0.16))


def rug(spot: Spot, w: float, h: float, tone: Colour) -> None:
    spot.shadow(box(0, 0, w, h), height=3)
    for side in (-1, 1):
        for step in range(round(h / 9)):
            y = -h / 2 + 4 + step * 9
            x = side * w / 2
            spot.line([(x, y), (x + side * 10, y)], lighter(tone, 0.5), 2.4)
    spot.box(0, 0, w, h, tone)
    for inset, shade in ((16, lighter(tone, 0.3)), (23, darker(tone, 0.12)), (46, tone)):
        spot.box(0, 0, w - 2 * inset, h - 2 * inset, shade)
    for step in range(round(h / 7)):
        y = -h / 2 + step * 7
        spot.line([(-w / 2, y), (w / 2, y)], seen_through((30, 16, 20), 0.08), 1.6)


def round_rug(spot: Spot, r: float, tone: Colour) -> None:
    spot.shadow(oval(0, 0, r, r, corners=60), height=3)
    for share, shade in (
        (1, tone),
        (0.88, lighter(tone, 0.28)),
        (0.83, darker(tone, 0.12)),
        (0.5, lighter(tone, 0.18)),
        (0.45, tone),
    ):
        spot.disc(0, 0, r * share, shade)
    for step in range(1, round(r / 8)):
        spot.ring(0, 0, step * 8, seen_through((30, 16, 20), 0.1), 1.4)


def bookshelf(spot: Spot, w: float, depth: float = 46) -> None:
    """A shelf with its books, the backs to the positive y."""
    spot.shadow(box(0, 0, w, depth), height=22)
    spot.box(0, 0, w, depth, darker(WALNUT, 0.2), 2)
    spot.box(0, -depth / 2 + 5, w, 6, WALNUT)
    x = -w / 2 + 5
    while x < w / 2 - 17:
        thick = spot.rng.uniform(6, 15)
        deep = depth * spot.rng.uniform(0.56, 0.76)
        colour = near(spot.rng.choice(BINDINGS), spot.rng, 12)
        if spot.rng.random() > 0.05:
            _book_on_shelf(spot, x + thick / 2, thick - 1, depth, deep, colour)
        x += thick


def _book_on_shelf(
    spot: Spot, x: float, thick: float, depth: float, deep: float, colour: Colour
) -> None:
    y = depth / 2 - 3 - deep / 2
    spot.box(x, y, thick, deep, colour)
    spot.box(x, y - 2, thick * 0.5, deep - 6, CREAM)
    spot.box(x, depth / 2 - 6, thick, 5, darker(colour, 0.22))


def plant(spot: Spot, r: float = 60) -> None:
    rng = spot.rng
    leaf = rng.choice(LEAVES)
    count = rng.randint(13, 17)
    reach = [oval(0, 0, r * 0.9, r * 0.9)]
    spot.shadow(*reach, height=22, strength=0.8)
    spot.disc(0, 0, r * 0.42, (150, 88, 62))
    spot.disc(0, 0, r * 0.36, (60, 42, 34))
    for layer, share in enumerate((1, 0.76, 0.5)):
        for step in range(count - 3 * layer):
            angle = 2 * pi * step / (count - 3 * layer) + layer * 0.4 + rng.uniform(-0.1, 0.1)
            frond = spot.at(0, 0, angle)
            long = r * share * rng.uniform(0.86, 1.06)
            shade = near(lighter(leaf, 0.1 * layer), rng, 10)
            frond.oval(long * 0.52, 0, long * 0.5, r * 0.12, shade)
            frond.line([(6, 0), (long * 0.94, 0)], seen_through(darker(shade, 0.5), 0.35), 1.6)


def tree(spot: Spot, r: float = 130) -> None:
    rng = spot.rng
    leaf = rng.choice(LEAVES)
    spot.shadow(oval(0, 0, r * 0.95, r * 0.95), height=48, strength=1.1)
    for layer in range(4):
        size = r * (0.46 - 0.075 * layer)
        shade = darker(leaf, 0.34 - 0.16 * layer) if layer < 2 else lighter(leaf, 0.07 * layer)
        for step in range(13 - 2 * layer):
            angle = 2 * pi * step / (13 - 2 * layer) + rng.uniform(-0.3, 0.3)
            away = r * (0.6 - 0.16 * layer) * rng.uniform(0.75, 1.1)
            x, y = away * cos(angle) - 6 * layer, away * sin(angle) - 8 * layer
            spot.disc(x, y, size * rng.uniform(0.7, 1), near(shade, rng, 7))


def bush(spot: Spot, r: float = 40) -> None:
    rng = spot.rng
    leaf = rng.choice(LEAVES)
    spot.shadow(oval(0, 0, r, r * 0.9), height=14)
    for layer in range(3):
        for _ in range(8):
            angle, away = rng.uniform(0, 2 * pi), rng.uniform(0.1, 0.62) * r * (1 - 0.2 * layer)
            shade = near(lighter(darker(leaf, 0.25), 0.16 * layer), rng, 8)
            x, y = away * cos(angle) - 2 * layer, away * sin(angle) - 3 * layer
            spot.disc(x, y, r * (0.42 - 0.1 * layer), shade)


def seats_along(spot: Spot, count: int, length: float, away: float) -> list[Spot]:
    """Spots on both long sides of a table, each looking at it."""
    spots = []
    for number in range(count):
        x = -length / 2 + (number + 0.5) * length / count
        spots.append(spot.at(x, away, 0))
        spots.append(spot.at(x, -away, pi))
    return spots


def seats_around(spot: Spot, count: int, away: float, start: float = 0) -> list[Spot]:
    """Spots in a ring, each looking at its middle."""
    angles = [start + 2 * pi * number / count for number in range(count)]
    return [spot.at(away * cos(angle), away * sin(angle), angle - pi / 2) for angle in angles]
