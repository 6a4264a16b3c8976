"""People from above: coats, hands and hair. Nobody has a face, so nobody can be recognised.

A person looks along the negative y of their spot.
"""

from dataclasses import dataclass
from math import pi, sin

from .canvas import Spot, oval
from .colours import COATS, Colour, darker, lighter, near, seen_through

SKINS = (
    (246, 214, 186),
    (232, 188, 150),
    (206, 154, 112),
    (170, 116, 78),
    (126, 82, 56),
    (88, 58, 44),
)
HAIRS = (
    (30, 24, 26),
    (30, 24, 26),
    (58, 38, 30),
    (96, 62, 40),
    (140, 72, 42),
    (200, 160, 98),
    (176, 176, 172),
    (228, 224, 216),
)
CUTS = ("short", "short", "curls", "bun", "long", "cap", "scarf", "parting")
SHOES = (36, 30, 34)


@dataclass(frozen=True)
class Look:
    coat: Colour
    skin: Colour
    hair: Colour
    cut: str
    second: Colour


def some_look(spot: Spot) -> Look:
    rng = spot.rng
    return Look(
        coat=near(spot.canvas.next_coat(), rng, 10),
        skin=near(rng.choice(SKINS), rng, 6),
        hair=near(rng.choice(HAIRS), rng, 6),
        cut=rng.choice(CUTS),
        second=rng.choice(COATS),
    )


def seated(spot: Spot, look: Look | None = None, *, hands: str = "table") -> None:
    """Somebody on a chair, their hands on a table or in their lap."""
    look = look or some_look(spot)
    spot.shadow(oval(0, 4, 40, 27), height=12)
    if hands == "table":
        _arms_on_table(spot, look)
    _torso(spot, look, 38, 25)
    if hands == "lap":
        _hands_in_lap(spot, look)
    _head(spot, look)


def standing(spot: Spot, look: Look | None = None, *, stride: float | None = None) -> None:
    """Somebody on their feet. Stride runs from 0, at rest, to 1."""
    look = look or some_look(spot)
    stride = spot.rng.choice((0, 0.5, 1)) if stride is None else stride
    foot = spot.rng.choice((-1, 1)) * stride
    spot.shadow(oval(0, 2, 38, 24), height=22)
    spot.oval(-13, -4 - 22 * foot, 9, 16, SHOES)
    spot.oval(13, -4 + 22 * foot, 9, 16, SHOES)
    for side in (-1, 1):
        swing = side * foot * 20
        sleeve = [(side * 33, 2), (side * 39, -8 + swing * 0.6), (side * 33, -22 + swing)]
        spot.disc(side * 31, -30 + swing, 7.5, look.skin)
        spot.line(sleeve, darker(look.coat, 0.12), 16, round_ends=True)
    _torso(spot, look, 36, 22)
    _head(spot, look)


def reaching(spot: Spot, look: Look | None = None) -> None:
    """Somebody on their feet with both hands on something before them."""
    look = look or some_look(spot)
    spot.shadow(oval(0, 6, 40, 26), height=20)
    spot.oval(-13, 14, 9, 15, SHOES)
    spot.oval(13, 18, 9, 15, SHOES)
    _arms_on_table(spot, look)
    _torso(spot, look, 37, 23)
    _head(spot, look)


def _arms_on_table(spot: Spot, look: Look) -> None:
    for side in (-1, 1):
        out = spot.rng.uniform(22, 34)
        reach = spot.rng.uniform(42, 54)
        sleeve = [(side * 33, 2), (side * 37, -14), (side * (out + 3), -32)]
        spot.disc(side * out, -reach + 4, 7.5, look.skin)
        spot.line(sleeve, darker(look.coat, 0.1), 17, round_ends=True)


def _hands_in_lap(spot: Spot, look: Look) -> None:
    legs = darker(look.second, 0.45)
    for side in (-1, 1):
        spot.line([(side * 13, -10), (side * 14, -36)], legs, 19, round_ends=True)
        spot.line([(side * 32, 0), (side * 27, -17), (side * 12, -25)], darker(look.coat, 0.1), 15)
        spot.disc(side * 8, -26, 7.5, look.skin)
    _torso(spot, look, 38, 23)


def _torso(spot: Spot, look: Look, rx: float, ry: float) -> None:
    spot.oval(0, 4, rx, ry, darker(look.coat, 0.22))
    spot.oval(-1, 2, rx - 2.5, ry - 3.5, look.coat)
    spot.oval(-5, -2, rx - 13, ry - 11, lighter(look.coat, 0.1))


def _head(spot: Spot, look: Look) -> None:
    spot.oval(3, 5, 17, 17, seen_through((20, 12, 16), 0.3))
    _CUTS[look.cut](spot, look)
    spot.oval(-5, -5, 7, 5, seen_through((255, 250, 235), 0.13), -0.7)


def _short(spot: Spot, look: Look) -> None:
    spot.disc(0, -3, 15, look.skin)
    spot.disc(0, 0, 16, look.hair)


def _parting(spot: Spot, look: Look) -> None:
    _short(spot, look)
    spot.line([(4, -15), (5, 4)], lighter(look.hair, 0.28), 1.6)


def _curls(spot: Spot, look: Look) -> None:
    for step in range(9):
        x, y = oval(0, 1, 12, 12, corners=9)[step]
        spot.disc(x, y, 7.5, near(look.hair, spot.rng, 7))
    spot.disc(0, 1, 13, look.hair)


def _bun(spot: Spot, look: Look) -> None:
    _short(spot, look)
    spot.disc(0, 15, 8.5, darker(look.hair, 0.25))
    spot.disc(0, 14, 7.5, lighter(look.hair, 0.08))


def _long(spot: Spot, look: Look) -> None:
    spot.oval(0, 14, 14, 18, darker(look.hair, 0.12))
    _parting(spot, look)


def _cap(spot: Spot, look: Look) -> None:
    spot.oval(0, -13, 12, 9, darker(look.second, 0.2))
    spot.disc(0, 0, 16, look.second)
    spot.disc(0, 0, 2.4, darker(look.second, 0.3))


def _scarf(spot: Spot, look: Look) -> None:
    spot.oval(0, 9, 19, 19, darker(look.second, 0.15))
    spot.oval(0, 0, 17, 18, look.second)
    for step in (0.25, 0.5, 0.75):
        fold = [(-17 + 34 * step, 4 + 10 * sin(pi * step)), (-8 + 16 * step, 24)]
        spot.line(fold, darker(look.second, 0.18), 1.6)


_CUTS = {
    "short": _short,
    "parting": _parting,
    "curls": _curls,
    "bun": _bun,
    "long": _long,
    "cap": _cap,
    "scarf": _scarf,
}
