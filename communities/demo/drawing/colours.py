"""The paints of the pictures, close to the paints of the values, and ways to vary them."""

from random import Random

Colour = tuple[int, ...]

INK = (20, 28, 42)
CHALK = (243, 240, 230)
PAPER = (250, 247, 238)
CANARY = (250, 224, 94)
TRACING = (240, 229, 152)

RED = (206, 78, 52)
WINE = (146, 40, 60)
ROSE = (226, 136, 128)
AMBER = (232, 158, 74)
MUSTARD = (229, 182, 66)
OLIVE = (150, 172, 84)
GREEN = (44, 104, 68)
TEAL = (16, 108, 108)
SKY = (112, 172, 210)
BLUE = (40, 78, 168)
NAVY = (34, 42, 68)
SLATE = (84, 96, 116)
LILAC = (158, 134, 186)
PLUM = (100, 46, 80)
CREAM = (236, 226, 208)
GREY = (152, 156, 162)
BROWN = (126, 74, 44)

COATS = (
    RED,
    WINE,
    ROSE,
    AMBER,
    MUSTARD,
    GREEN,
    TEAL,
    SKY,
    BLUE,
    NAVY,
    SLATE,
    LILAC,
    CREAM,
    GREY,
)
BINDINGS = (RED, WINE, MUSTARD, GREEN, TEAL, SKY, BLUE, NAVY, SLATE, LILAC, CREAM, BROWN, AMBER)
NOTES = (
    (252, 232, 128),
    (247, 190, 178),
    (190, 224, 238),
    (202, 226, 164),
    (216, 200, 232),
    (251, 214, 164),
)

OAK = (206, 164, 108)
PINE = (226, 190, 136)
WALNUT = (126, 84, 54)
BEECH = (218, 178, 126)
STEEL = (178, 186, 194)
SOIL = (74, 52, 38)
BRASS = (206, 162, 74)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    return tuple(round(a + (b - a) * share) for a, b in zip(one[:3], other[:3], strict=True))


def darker(colour: Colour, share: float = 0.2) -> Colour:
    return mix(colour, (24, 16, 20), share)


def lighter(colour: Colour, share: float = 0.2) -> Colour:
    return mix(colour, (255, 250, 240), share)


def near(colour: Colour, rng: Random, spread: int = 8) -> Colour:
    """The colour, a little lighter or darker and a very little warmer or cooler."""
    shift, warm = rng.randint(-spread, spread), rng.randint(-spread // 3, spread // 3)
    red, green, blue = colour[:3]
    return tuple(
        max(0, min(255, part)) for part in (red + shift + warm, green + shift, blue + shift - warm)
    )


def seen_through(colour: Colour, share: float) -> Colour:
    return (*colour[:3], round(255 * share))
