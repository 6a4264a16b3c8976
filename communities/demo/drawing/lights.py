"""Light to lay over a finished picture: white leaves it as it is, darker tones dim it."""

from collections.abc import Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from .canvas import HEIGHT, WIDTH, Point
from .colours import Colour

COARSE = 8  # units to a pixel; light has no edges worth more
SHEET = (WIDTH // COARSE, HEIGHT // COARSE)

WARM = (255, 246, 226)
EVENING = (255, 226, 176)
COOL = (250, 252, 255)
DIM_WARM = (176, 150, 128)
DIM_COOL = (188, 194, 208)
NIGHT = (30, 34, 56)


def _eased(value: int) -> int:
    near = min(1.0, value * 1.3 / 255)
    return round(255 * near * near * (3 - 2 * near))


_FALLOFF = [_eased(value) for value in range(256)]


def windows(rng: Random, lit: Colour = WARM, dim: Colour = DIM_WARM) -> Image.Image:
    """Sun through tall windows: slanting bands, soft at the edge."""
    mask = Image.new("L", SHEET, 0)
    pen = ImageDraw.Draw(mask)
    slant = rng.choice((-1, 1)) * rng.uniform(0.25, 0.6) * SHEET[1]
    left = rng.uniform(-0.1, 0.25) * SHEET[0]
    for _ in range(rng.choice((2, 2, 3))):
        width = rng.uniform(0.24, 0.42) * SHEET[0]
        pen.polygon(
            [
                (left + slant / 2, 0),
                (left + width + slant / 2, 0),
                (left + width - slant / 2, SHEET[1]),
                (left - slant / 2, SHEET[1]),
            ],
            fill=255,
        )
        left += width + rng.uniform(0.04, 0.12) * SHEET[0]
    mask = mask.filter(ImageFilter.GaussianBlur(3))
    return _with_corners(ImageOps.colorize(mask, dim, lit))


def daylight(rng: Random, lit: Colour = COOL, dim: Colour = DIM_COOL) -> Image.Image:
    """An even sky that is a little brighter on one side."""
    slope = Image.linear_gradient("L").rotate(rng.choice((0, 90, 180, 270)))
    slope = slope.resize(SHEET).point([110 + round(value * 0.57) for value in range(256)])
    return ImageOps.colorize(slope, dim, lit)


def pools(
    places: Sequence[tuple[Point, float]], lit: Colour = EVENING, dim: Colour = NIGHT
) -> Image.Image:
    """Lamps: each place is ((x, y) from the centre of the sheet, how far its light reaches)."""
    glow = Image.new("L", SHEET, 0)
    for (x, y), reach in places:
        side = max(2, round(2 * reach / COARSE))
        lamp = ImageOps.invert(Image.radial_gradient("L").resize((side, side)))
        lamp = lamp.point(_FALLOFF)
        layer = Image.new("L", SHEET, 0)
        corner = (round((x + WIDTH / 2 - reach) / COARSE), round((y + HEIGHT / 2 - reach) / COARSE))
        layer.paste(lamp, corner)
        glow = ImageChops.screen(glow, layer)
    return ImageOps.colorize(glow.filter(ImageFilter.GaussianBlur(3)), dim, lit)


def _with_corners(light: Image.Image) -> Image.Image:
    """Corners lie a little deeper, as they do in rooms."""
    edge = Image.radial_gradient("L").resize(SHEET)
    edge = edge.point([255 - max(0, round((value - 150) * 0.55)) for value in range(256)])
    return ImageChops.multiply(light, Image.merge("RGB", (edge, edge, edge)))
