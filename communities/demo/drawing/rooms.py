"""Rooms with tables: people work, eat, read and talk at them."""

from math import pi

from PIL import Image

from . import food, grounds, lights, things
from .canvas import Canvas, Spot, box
from .colours import (
    BEECH,
    BLUE,
    GREEN,
    NAVY,
    OAK,
    PINE,
    SLATE,
    TEAL,
    WALNUT,
    WINE,
    darker,
    near,
)
from .furniture import (
    bookshelf,
    chair,
    plant,
    round_rug,
    round_table,
    rug,
    seats_along,
    seats_around,
    table,
)
from .people import seated, standing

FLOORS = ((190, 160, 122), (202, 176, 138), (176, 140, 104), (212, 192, 158))

PLACE_SETTINGS = (
    (food.plate, food.plate, food.cup, food.loaf),
    (things.sheet, things.sheet, things.pencil, food.cup, things.note),
    (things.open_book, things.open_book, things.book, food.cup),
    (things.cloth, things.spool, things.scissors, things.sheet),
)


def wooden_floor(canvas: Canvas) -> None:
    rng = canvas.rng
    canvas.cover(grounds.planks(rng, rng.choice(FLOORS), upright=rng.random() < 0.4))


def room_light(canvas: Canvas, middle: tuple[float, float] = (0, 0)) -> Image.Image:
    """Sun through windows on most days, lamps in the evening on the others."""
    if canvas.rng.random() < 0.68:
        return lights.windows(canvas.rng)
    return lights.pools([(middle, 760), (middle, 430)], dim=(84, 66, 64))


def take_seats(seats: list[Spot], share: float, *, hands: str = "table") -> None:
    """Chairs for all, and people on a share of them."""
    rng = seats[0].rng
    tone = rng.choice((WALNUT, OAK, darker(BEECH, 0.25), NAVY))
    taken = set(rng.sample(range(len(seats)), max(1, round(share * len(seats)))))
    for number, seat in enumerate(seats):
        askew = 0 if number in taken else rng.uniform(-0.35, 0.35)
        chair(seat.at(0, 0 if number in taken else 10, askew), tone)
    for number in taken:
        seated(seats[number].at(0, rng.uniform(-3, 3), rng.uniform(-0.14, 0.14)), hands=hands)


def corner_things(room: Spot) -> None:
    """A plant or a rug at the edge, where a room goes on."""
    rng = room.rng
    x, y = rng.choice((-1, 1)) * 570, rng.choice((-1, 1)) * 400
    if rng.random() < 0.6:
        plant(room.at(x, y), rng.uniform(62, 86))
    else:
        rug(room.at(x, y, rng.uniform(-0.2, 0.2)), 300, 210, rng.choice((WINE, BLUE, TEAL)))


def long_table(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    wooden_floor(canvas)
    room = canvas.centre()
    corner_things(room)
    turn = rng.choice((0, 0.04, -0.05, 0.3, -0.34, pi / 2))
    upright = turn == pi / 2
    length = rng.randint(600, 660) if upright else rng.randint(780, 940)
    middle = room.at(rng.uniform(-30, 30), rng.uniform(-14, 14), turn, 1.06)
    depth = rng.randint(216, 262)
    count = round(length / rng.choice((124, 140, 158)))
    table(middle, length, depth, near(rng.choice((PINE, BEECH, OAK)), rng))
    wares = things.THEMES[rng.choice(("mending", "writing", "supper", "making", "reading"))]
    columns = round(length / 118)
    places = [
        (-length / 2 + (column + 0.5) * length / columns, row * depth * 0.2)
        for column in range(columns)
        for row in (-1, 1)
    ]
    things.scatter(middle, wares, rng.sample(places, round(len(places) * 0.72)))
    take_seats(seats_along(middle, count, length - 40, depth / 2 + 36), rng.uniform(0.6, 0.95))
    standing(middle.at(length / 2 + 90, rng.uniform(-90, 90), -pi / 2))
    return canvas.finish(room_light(canvas))


def round_table_room(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    wooden_floor(canvas)
    room = canvas.centre()
    theme = rng.choice(PLACE_SETTINGS)
    side = rng.choice((-1, 1))
    spread = [
        (side * -170, 10, rng.randint(195, 225)),
        (side * 420, rng.choice((-1, 1)) * 220, 140),
    ]
    if rng.random() < 0.35:
        spread = [(0, 0, 245)]
    corner_things(room)
    for x, y, radius in spread:
        _one_round_table(room.at(x, y), radius, theme)
    return canvas.finish(room_light(canvas, (spread[0][0], spread[0][1])))


def _one_round_table(middle: Spot, radius: float, theme: tuple[things.Thing, ...]) -> None:
    rng = middle.rng
    if rng.random() < 0.5:
        round_rug(middle, radius + 120, near(rng.choice((WINE, TEAL, SLATE, GREEN)), rng))
    round_table(middle, radius, near(rng.choice((OAK, PINE, WALNUT)), rng))
    count = round(radius * 2 * pi / rng.choice((152, 170)))
    for seat in seats_around(middle, count, radius * 0.62):
        rng.choice(theme)(seat.at(rng.uniform(-10, 10), 0, rng.uniform(-0.4, 0.4)))
    rng.choice((food.teapot, food.candle, food.pot, things.open_book))(middle)
    take_seats(seats_around(middle, count, radius + 36), rng.uniform(0.7, 1))


def reading_room(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    wooden_floor(canvas)
    room = canvas.centre()
    for y in (-452, -300, 300, 452):
        for x in (-390, 390):
            bookshelf(room.at(x + rng.randint(-12, 12), y), 520, 52)
    standing(room.at(rng.uniform(-70, 70), rng.choice((-380, 385)), rng.choice((pi / 2, -pi / 2))))
    standing(room.at(rng.choice((-1, 1)) * 330, -232, 0), stride=0)
    length = rng.randint(860, 1010)
    middle = room.at(0, 20)
    table(middle, length, 150, near(rng.choice((OAK, PINE)), rng))
    count = length // 165
    for seat in seats_along(middle, count, length, 38):
        rng.choice((things.open_book, things.open_book, things.sheet, things.book))(
            seat.at(rng.uniform(-9, 9), 0, rng.uniform(-0.2, 0.2), 0.8)
        )
    for x in (-length * 0.27, length * 0.27):
        _reading_lamp(middle.at(x, 0))
    take_seats(seats_along(middle, count, length, 112), rng.uniform(0.5, 0.85))
    if rng.random() < 0.5:
        return canvas.finish(lights.windows(rng))
    lamps = [((x, 20), reach) for x in (-length * 0.27, length * 0.27) for reach in (300, 560)]
    return canvas.finish(lights.pools(lamps, dim=(92, 78, 76)))


def _reading_lamp(spot: Spot) -> None:
    spot.shadow(box(0, 0, 86, 20, 9), height=16)
    spot.box(0, 0, 86, 20, (28, 92, 66), 9)
    spot.box(0, -2, 76, 9, (62, 138, 102), 4)
    spot.disc(0, 0, 5, (212, 170, 84))


SCENES = {
    "long-table": long_table,
    "round-table": round_table_room,
    "reading-room": reading_room,
}
