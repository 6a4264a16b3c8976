"""What everything stands on: floors, grass, stone and paper, seen from above."""

from random import Random

from PIL import Image, ImageChops, ImageDraw

from .canvas import HEIGHT, WIDTH
from .colours import Colour, darker, lighter, near

SHEET = (WIDTH, HEIGHT)


def _noise(rng: Random, across: int, down: int) -> Image.Image:
    grey = Image.frombytes("L", (across, down), rng.randbytes(across * down))
    # Only wide clouds show the facets of the cheaper enlargement.
    fine = across > 100 or down > 200
    smooth = Image.Resampling.BILINEAR if fine else Image.Resampling.BICUBIC
    return grey.resize(SHEET, smooth)


def _textured(ground: Image.Image, noise: Image.Image, strength: float) -> Image.Image:
    around_middle = [round(128 + (value - 128) * strength) for value in range(256)]
    grey = noise.point(around_middle)
    return ImageChops.overlay(ground, Image.merge("RGB", (grey, grey, grey)))


def planks(rng: Random, tone: Colour, *, upright: bool = False, contrast: int = 15) -> Image.Image:
    size = (HEIGHT, WIDTH) if upright else SHEET
    floor = Image.new("RGB", size, tone)
    pen = ImageDraw.Draw(floor)
    board = rng.choice((46, 54, 62))
    for top in range(0, size[1], board):
        left = -rng.randint(0, 260)
        while left < size[0]:
            right = left + rng.randint(170, 430)
            pen.rectangle((left, top, right, top + board), fill=near(tone, rng, contrast))
            pen.line((right, top, right, top + board), fill=darker(tone, 0.3), width=1)
            left = right
        pen.line((0, top, size[0], top), fill=darker(tone, 0.28), width=2)
        pen.line((0, top + 2, size[0], top + 2), fill=lighter(tone, 0.12), width=1)
    if upright:
        floor = floor.transpose(Image.Transpose.ROTATE_90)
    fibres = (320, 30) if upright else (40, 240)
    grain = Image.blend(_noise(rng, *fibres), _noise(rng, 18, 14), 0.4)
    return _textured(floor, grain, 0.21)


def mottled(
    rng: Random, tone: Colour, *, cloud: float = 0.16, speck: float = 0.1, fine: int = 420
) -> Image.Image:
    """One colour, uneven as stone, cloth, paper or earth are."""
    ground = Image.new("RGB", SHEET, tone)
    share = speck / (cloud + speck)
    clouds = Image.blend(_noise(rng, 9, 7), _noise(rng, 26, 20), 0.4)
    specks = _noise(rng, fine, fine * 3 // 4)
    return _textured(ground, Image.blend(clouds, specks, share), cloud + speck)


def grass(rng: Random, tone: Colour = (98, 138, 72), *, blades_show: float = 0.62) -> Image.Image:
    ground = Image.new("RGB", SHEET, tone)
    blades = Image.blend(_noise(rng, 110, 160), _noise(rng, 400, 300), 0.5)
    meadow = Image.blend(blades, _noise(rng, 16, 12), 0.34)
    return _textured(ground, meadow, blades_show)


def slabs(rng: Random, tone: Colour, *, side: int = 92, contrast: int = 9) -> Image.Image:
    """Paving stones in a running bond."""
    ground = mottled(rng, tone, cloud=0.14, speck=0.14)
    pen = ImageDraw.Draw(ground, "RGBA")
    for row, top in enumerate(range(-side // 3, HEIGHT, side)):
        left = -rng.randint(0, side) - side * (row % 2) // 2
        while left < WIDTH:
            right = left + rng.randint(side, side * 2)
            shift = rng.randint(-contrast, contrast)
            tint = (255, 250, 240, shift * 4) if shift > 0 else (20, 20, 30, -shift * 4)
            pen.rectangle((left, top, right, top + side), fill=tint)
            pen.line((right, top, right, top + side), fill=(40, 36, 40, 90), width=2)
            left = right
        pen.line((0, top, WIDTH, top), fill=(40, 36, 40, 90), width=2)
    return ground


def tiles(rng: Random, pale: Colour, dark: Colour, *, side: int = 80) -> Image.Image:
    ground = mottled(rng, pale, cloud=0.12, speck=0.08)
    pen = ImageDraw.Draw(ground, "RGBA")
    for row in range(HEIGHT // side + 1):
        for column in range(WIDTH // side + 1):
            left, top = column * side, row * side
            if (row + column) % 2:
                pen.rectangle((left, top, left + side, top + side), fill=(*near(dark, rng, 5), 215))
            pen.rectangle((left, top, left + side, top + side), outline=(30, 26, 30, 60))
    return ground
