"""A sheet to draw on in units of 1280 × 960, whatever the size of the finished picture.

Everything is drawn at twice the size and reduced at the end, which smooths the edges. A `Spot` is
a place on the sheet with its own directions, so that a chair is drawn once and stands anywhere.
"""

from collections.abc import Sequence
from math import cos, hypot, pi, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from .colours import COATS, Colour

WIDTH, HEIGHT = 1280, 960
SMOOTHING = 2
SHADOW_GRAIN = 6  # shadows are blurred, so a sixth of the pixels carries all that can be seen
SHADE = (34, 20, 26)

Point = tuple[float, float]
Points = Sequence[Point]


def oval(x: float, y: float, rx: float, ry: float, turn: float = 0, corners: int = 28) -> Points:
    c, s = cos(turn), sin(turn)
    around = [(rx * cos(step), ry * sin(step)) for step in _steps(corners)]
    return [(x + c * a - s * b, y + s * a + c * b) for a, b in around]


def box(x: float, y: float, w: float, h: float, radius: float = 0) -> Points:
    """A rectangle around its centre, its corners rounded when there is a radius."""
    if not radius:
        return [
            (x - w / 2, y - h / 2),
            (x + w / 2, y - h / 2),
            (x + w / 2, y + h / 2),
            (x - w / 2, y + h / 2),
        ]
    centres = [(1, 1), (-1, 1), (-1, -1), (1, -1)]
    points = []
    for quarter, (right, down) in enumerate(centres):
        cx, cy = x + right * (w / 2 - radius), y + down * (h / 2 - radius)
        for step in range(5):
            angle = (quarter + step / 4) * pi / 2
            points.append((cx + radius * cos(angle), cy + radius * sin(angle)))
    return points


def _steps(corners: int) -> list[float]:
    return [2 * pi * step / corners for step in range(corners)]


def apart(rng: Random, count: int, w: float, h: float, gap: float) -> list[Point]:
    """Up to `count` places around the middle of w × h, no two nearer than the gap."""
    places: list[Point] = []
    for _ in range(count * 12):
        place = (rng.uniform(-w / 2, w / 2), rng.uniform(-h / 2, h / 2))
        if all(hypot(place[0] - x, place[1] - y) >= gap for x, y in places):
            places.append(place)
        if len(places) == count:
            break
    return places


class Canvas:
    def __init__(self, size: tuple[int, int], rng: Random, sun: Point = (0.5, 0.85)):
        self.size = size
        self.rng = rng
        self.sun = sun
        self.darkness = 0.42
        self.scale = SMOOTHING * max(size[0] / WIDTH, size[1] / HEIGHT)
        self.image = Image.new("RGB", (size[0] * SMOOTHING, size[1] * SMOOTHING))
        self.pen = ImageDraw.Draw(self.image, "RGBA")
        self._coats: list[Colour] = []

    def next_coat(self) -> Colour:
        """Coats are dealt like cards, so that neighbours seldom wear the same one."""
        if not self._coats:
            self._coats = self.rng.sample(COATS, len(COATS))
        return self._coats.pop()

    def centre(self) -> "Spot":
        """The middle of the sheet; every other spot is found from here."""
        return Spot(self, self.image.width / 2, self.image.height / 2, self.scale, 0)

    def cover(self, texture: Image.Image) -> None:
        ground = texture if texture.size == self.size else texture.resize(self.size)
        # Reducing undoes exactly this enlargement, and it is the cheapest one.
        self.image = ground.resize(self.image.size, Image.Resampling.NEAREST)
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def finish(self, light: Image.Image | None = None, grain: int = 5) -> Image.Image:
        picture = self.image.reduce(SMOOTHING)
        if light is not None:
            lit = light.resize(self.size, Image.Resampling.BILINEAR)
            picture = ImageChops.multiply(picture, lit)
        return _grained(picture, self.rng, grain) if grain else picture


def _grained(picture: Image.Image, rng: Random, grain: int) -> Image.Image:
    width, height = picture.size
    noise = Image.frombytes("L", picture.size, rng.randbytes(width * height))
    speck = noise.point([128 + round((value - 128) * grain / 128) for value in range(256)])
    return ImageChops.overlay(picture, Image.merge("RGB", (speck, speck, speck)))


class Spot:
    def __init__(self, canvas: Canvas, x: float, y: float, scale: float, turn: float):
        self.canvas, self.x, self.y, self.scale, self.turn = canvas, x, y, scale, turn
        self._across, self._down = scale * cos(turn), scale * sin(turn)

    @property
    def rng(self) -> Random:
        return self.canvas.rng

    def place(self, points: Points) -> list[Point]:
        """The points in pixels of the sheet."""
        c, s, x, y = self._across, self._down, self.x, self.y
        return [(x + c * a - s * b, y + s * a + c * b) for a, b in points]

    def at(self, x: float, y: float, turn: float = 0, scale: float = 1) -> "Spot":
        [(px, py)] = self.place([(x, y)])
        return Spot(self.canvas, px, py, self.scale * scale, self.turn + turn)

    def shape(self, points: Points, fill: Colour) -> None:
        self.canvas.pen.polygon(self.place(points), fill=fill)

    def outline(self, points: Points, fill: Colour, width: float) -> None:
        self.line([*points, points[0], points[1]], fill, width)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: Colour, turn: float = 0) -> None:
        self.shape(oval(x, y, rx, ry, turn), fill)

    def disc(self, x: float, y: float, r: float, fill: Colour) -> None:
        [(px, py)] = self.place([(x, y)])
        r *= self.scale
        self.canvas.pen.ellipse((px - r, py - r, px + r, py + r), fill=fill)

    def ring(self, x: float, y: float, r: float, fill: Colour, width: float) -> None:
        [(px, py)] = self.place([(x, y)])
        r *= self.scale
        around = (px - r, py - r, px + r, py + r)
        self.canvas.pen.ellipse(around, outline=fill, width=max(1, round(width * self.scale)))

    def box(self, x: float, y: float, w: float, h: float, fill: Colour, radius: float = 0) -> None:
        self.shape(box(x, y, w, h, radius), fill)

    def line(self, points: Points, fill: Colour, width: float, round_ends: bool = False) -> None:
        thick = max(1, round(width * self.scale))
        self.canvas.pen.line(self.place(points), fill=fill, width=thick, joint="curve")
        if round_ends:
            self.disc(*points[0], width / 2, fill)
            self.disc(*points[-1], width / 2, fill)

    def text(
        self, x: float, y: float, words: str, fill: Colour, size: float, anchor: str = "lm"
    ) -> None:
        """Upright words: text is for screens, which are never turned."""
        font = ImageFont.load_default(round(size * self.scale))
        [place] = self.place([(x, y)])
        self.canvas.pen.text(place, words, fill=fill, font=font, anchor=anchor)

    def shadow(self, *shapes: Points, height: float = 8, strength: float = 1) -> None:
        """A soft shadow of shapes which stand this many units above what they stand on."""
        lift = height * self.scale
        dx, dy = self.canvas.sun[0] * lift, self.canvas.sun[1] * lift
        placed = [[(x + dx, y + dy) for x, y in self.place(points)] for points in shapes]
        soft = lift * 0.55 + self.canvas.scale
        opacity = self.canvas.darkness * strength
        _cast(self.canvas.image, placed, soft, round(255 * min(1, opacity)))


def _cast(image: Image.Image, shapes: list[list[Point]], soft: float, opacity: int) -> None:
    margin = soft * 2.5
    everywhere = [point for points in shapes for point in points]
    left = max(0, int(min(x for x, _ in everywhere) - margin))
    top = max(0, int(min(y for _, y in everywhere) - margin))
    right = min(image.width, int(max(x for x, _ in everywhere) + margin))
    bottom = min(image.height, int(max(y for _, y in everywhere) + margin))
    if right - left < SHADOW_GRAIN or bottom - top < SHADOW_GRAIN:
        return
    width, height = right - left, bottom - top
    small = (-(-width // SHADOW_GRAIN), -(-height // SHADOW_GRAIN))
    mask = Image.new("L", small)
    pen = ImageDraw.Draw(mask)
    for points in shapes:
        inside = [((x - left) / SHADOW_GRAIN, (y - top) / SHADOW_GRAIN) for x, y in points]
        pen.polygon(inside, fill=opacity)
    mask = mask.filter(ImageFilter.GaussianBlur(soft / SHADOW_GRAIN))
    image.paste(
        SHADE, (left, top, right, bottom), mask.resize((width, height), Image.Resampling.BILINEAR)
    )
