"""Rooms in which people sit in rings and rows, and the corridor outside."""

from math import cos, pi, sin

from PIL import Image

from . import food, grounds, lights, things
from .canvas import Canvas, Spot, apart, box, oval
from .colours import (
    AMBER,
    BEECH,
    BLUE,
    BRASS,
    COATS,
    CREAM,
    GREEN,
    MUSTARD,
    NAVY,
    RED,
    ROSE,
    SKY,
    SLATE,
    TEAL,
    WALNUT,
    WINE,
    darker,
    lighter,
    near,
    seen_through,
)
from .furniture import chair, plant, round_rug, rug, seats_around, stool, table
from .people import seated, standing
from .rooms import room_light, wooden_floor

CHAIRS = (WALNUT, NAVY, darker(BEECH, 0.2), TEAL, BLUE)


def ring_of_seats(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    wooden_floor(canvas)
    room = canvas.centre()
    plant(room.at(rng.choice((-1, 1)) * 560, -400), 80)
    _stack_of_chairs(room.at(rng.choice((-1, 1)) * 580, 60))
    middle = room.at(rng.uniform(-60, 60), rng.uniform(-12, 12))
    count = rng.randint(11, 17)
    radius = max(250, count * 21)
    _middle_of_ring(middle, radius)
    seats = seats_around(middle, count, radius, rng.uniform(0, 1))
    tone = rng.choice(CHAIRS)
    for number, seat in enumerate(seats):
        chair(seat, tone)
        if number:  # the first seat is kept free
            seated(seat.at(0, 2, rng.uniform(-0.2, 0.2)), hands="lap")
    door = rng.choice((-1, 1))
    newcomer = room.at(door * rng.uniform(500, 560), rng.uniform(300, 400), -door * 0.9)
    standing(newcomer, stride=1)
    return canvas.finish(room_light(canvas))


def _middle_of_ring(middle: Spot, radius: float) -> None:
    rng = middle.rng
    tone = near(rng.choice((WINE, TEAL, ROSE, SLATE, GREEN, MUSTARD)), rng)
    if rng.random() < 0.3:
        middle.ring(0, 0, radius * 0.72, CREAM, 5)
        middle.ring(0, 0, radius * 0.4, tone, 4)
    else:
        round_rug(middle, radius * rng.uniform(0.36, 0.5), tone)
    kept = rng.choice((food.candle, things.open_book, things.toolbox, food.teapot, food.loaf))
    kept(middle.at(0, 0, rng.uniform(-0.6, 0.6), 1.1))
    for _ in range(rng.randint(2, 6)):
        angle = rng.uniform(0, 2 * pi)
        away = radius * rng.uniform(0.26, 0.36)
        paper = rng.choice((things.sheet, things.note, food.cup))
        paper(middle.at(away * cos(angle), away * sin(angle), rng.uniform(0, 6)))


def _stack_of_chairs(spot: Spot) -> None:
    for row in range(spot.rng.randint(2, 4)):
        chair(spot.at(row * 4, row * 74 - 90, spot.rng.uniform(-0.06, 0.06)), WALNUT)


def rows_of_seats(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    wooden_floor(canvas)
    room = canvas.centre()
    front = room.at(0, -400)
    lectern = front.at(rng.choice((-1, 1)) * rng.uniform(180, 300), 0)
    table(lectern, 250, 92)
    things.scatter(lectern, (things.sheet, food.cup, things.book), [(-70, 0), (60, 0)])
    standing(front.at(rng.uniform(-50, 50), 70, pi), stride=0)
    curved = rng.random() < 0.65
    tone = rng.choice(CHAIRS)
    share = rng.uniform(0.5, 0.8)
    for row in range(4 if curved else 5):
        seats = _curved_row(room, row) if curved else _straight_row(room, row)
        for seat in seats:
            _seat_in_row(seat, tone, share)
    return canvas.finish(room_light(canvas, (0, -140)))


def _curved_row(room: Spot, row: int) -> list[Spot]:
    heart = room.at(0, -520)
    away = 350 + 132 * row
    count = 7 + 3 * row
    reach = 1.02 if row < 2 else 0.92 - 0.06 * row
    angles = [pi / 2 - reach + 2 * reach * number / (count - 1) for number in range(count)]
    return [heart.at(away * cos(angle), away * sin(angle), angle - pi / 2) for angle in angles]


def _straight_row(room: Spot, row: int) -> list[Spot]:
    places = [x for x in range(-510, 511, 102) if abs(x) > 60]
    return [room.at(x, -190 + 132 * row) for x in places]


def _seat_in_row(seat: Spot, tone: tuple[int, ...], share: float) -> None:
    rng = seat.rng
    chair(seat.at(0, 0, rng.uniform(-0.05, 0.05)), tone)
    if rng.random() < share:
        seated(seat.at(0, 0, rng.uniform(-0.15, 0.15)), hands="lap")
    elif rng.random() < 0.4:
        things.sheet(seat.at(0, 6, rng.uniform(-0.4, 0.4), 0.6))


def stage_and_aisle(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    canvas.cover(grounds.planks(rng, (158, 118, 84)))
    room = canvas.centre()
    rug(room.at(0, 180), 120, 760, near(rng.choice((WINE, TEAL, NAVY)), rng))
    _stage(room.at(0, -350))
    tone = rng.choice((WINE, NAVY, TEAL))
    share = rng.uniform(0.55, 0.85)
    for row in range(5):
        for side in (-1, 1):
            for number in range(5):
                x = side * (128 + number * 98)
                y = -66 + row * 122 + number * 9
                _seat_in_row(room.at(x, y, -side * 0.03 * number), tone, share)
    standing(room.at(rng.uniform(-20, 20), rng.uniform(180, 420), rng.choice((0, pi))), stride=1)
    spots = [((rng.uniform(-150, 150), -350), 480), ((0, -400), 860)]
    return canvas.finish(lights.pools(spots, dim=(74, 60, 70)))


def _stage(stage: Spot) -> None:
    rng = stage.rng
    wood = near((196, 146, 96), rng)
    stage.shadow(box(0, 0, 960, 270), height=26)
    stage.box(0, 5, 960, 270, darker(wood, 0.5))
    for board in range(16):
        stage.box(-450 + board * 60, 0, 58, 266, near(wood, rng, 9))
    curtain = rng.choice((WINE, darker(RED, 0.15), darker(TEAL, 0.1)))
    for fold in range(41):
        tint = curtain if fold % 2 else lighter(curtain, 0.16)
        stage.oval(-480 + fold * 24, -128, 15, 19, tint)
    for lamp in range(9):
        stage.disc(-400 + lamp * 100, 128, 7, (255, 236, 178))
    _performers(stage)


def _performers(stage: Spot) -> None:
    rng = stage.rng
    count = rng.choice((1, 3, 5))
    for number in range(count):
        x = (number - (count - 1) / 2) * 130
        y = 10 - 26 * abs(number - (count - 1) / 2)
        if rng.random() < 0.5 or count == 1:
            standing(stage.at(x, y, pi + rng.uniform(-0.3, 0.3)), stride=0)
        else:
            stool(stage.at(x, y))
            seated(stage.at(x, y, pi + rng.uniform(-0.3, 0.3)), hands="lap")
    for side in (-1, 1):
        stage.shadow(oval(side * 400, 20, 26, 26), height=16)
        stage.box(side * 400, 20, 64, 50, (52, 46, 52), 8)
        stage.disc(side * 400, 20, 14, BRASS)


def lockers_hall(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    pale = rng.choice(((208, 204, 190), (196, 206, 202), (214, 200, 180)))
    canvas.cover(grounds.tiles(rng, pale, darker(pale, 0.08), side=96))
    hall = canvas.centre()
    hall.box(0, 0, 1400, 16, seen_through(rng.choice((BLUE, TEAL, WINE)), 0.5))
    tone = near(rng.choice((TEAL, BLUE, RED, MUSTARD, SLATE)), rng)
    for side, turn in ((-1, 0), (1, pi)):
        _locker_row(hall.at(0, side * 398, turn), tone)
    for x in rng.sample((-440, -150, 150, 440), rng.randint(2, 3)):
        _bench(hall.at(x, rng.choice((-70, 76))))
    for x, y in apart(rng, rng.randint(4, 7), 1160, 80, 150):
        heading = rng.choice((pi / 2, -pi / 2)) + rng.uniform(-0.4, 0.4)
        lane = -185 if y < 0 else 185
        standing(hall.at(x, lane + y / 3, heading), stride=1)
    return canvas.finish(lights.windows(rng, lit=(255, 250, 238), dim=(182, 176, 178)))


def _locker_row(row: Spot, tone: tuple[int, ...]) -> None:
    rng = row.rng
    row.shadow(box(0, -30, 1400, 150), height=34)
    row.box(0, -30, 1400, 150, darker(tone, 0.25))
    open_ones = set(rng.sample(range(2, 20, 3), 4))
    for number in range(22):
        x = -660 + number * 63
        row.box(x, -30, 59, 142, near(lighter(tone, 0.06), rng, 6), 2)
        row.box(x, 38, 59, 8, darker(tone, 0.2))
        row.box(x + 16, 44, 5, 6, BRASS)
        if number in open_ones:
            _open_door(row.at(x, 44), tone)
        elif rng.random() < 0.16:
            things.note(row.at(x, -40, rng.uniform(-0.2, 0.2), 0.9))


def _open_door(spot: Spot, tone: tuple[int, ...]) -> None:
    rng = spot.rng
    door = spot.at(-28, 0, rng.uniform(1.1, 1.8))
    door.shadow(box(28, 0, 56, 7), height=12)
    door.box(28, 0, 56, 7, lighter(tone, 0.2))
    if rng.random() < 0.75:
        standing(spot.at(8, 66, rng.uniform(-0.2, 0.2)), stride=0)


def _bench(spot: Spot) -> None:
    rng = spot.rng
    table(spot, 230, 52, BEECH)
    for x in rng.sample((-80, 0, 80), rng.randint(1, 3)):
        if rng.random() < 0.55:
            seated(spot.at(x, 4, rng.choice((0, pi)), 0.96), hands="lap")
        else:
            _bag(spot.at(x, 0, rng.uniform(-0.4, 0.4)))


def _bag(spot: Spot) -> None:
    tone = spot.rng.choice((*COATS, AMBER, SKY))
    spot.shadow(box(0, 0, 54, 42, 12), height=9)
    spot.box(0, 0, 54, 42, darker(tone, 0.15), 13)
    spot.box(-1, -3, 46, 30, tone, 10)
    spot.line([(-16, 8), (16, 8)], darker(tone, 0.4), 2.5)
    spot.line([(-12, -14), (0, -24), (12, -14)], darker(tone, 0.35), 5)


SCENES = {
    "ring-of-seats": ring_of_seats,
    "rows-of-seats": rows_of_seats,
    "stage-and-aisle": stage_and_aisle,
    "lockers-hall": lockers_hall,
}
