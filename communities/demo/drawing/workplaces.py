"""Rooms where hands are busy: benches, a kitchen, desks with laptops."""

from math import pi

from PIL import Image

from . import food, grounds, lights, things
from .canvas import Canvas, Spot, box
from .colours import (
    BEECH,
    BLUE,
    CREAM,
    NAVY,
    OAK,
    PINE,
    RED,
    STEEL,
    TEAL,
    WINE,
    darker,
    lighter,
    near,
)
from .furniture import (
    plant,
    rug,
    seats_along,
    stool,
    table,
)
from .people import reaching, seated
from .rooms import take_seats


def workbenches(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    canvas.cover(grounds.mottled(rng, rng.choice(((186, 182, 174), (172, 166, 156)))))
    room = canvas.centre()
    _wall_of_tools(room.at(0, -446))
    rows = [(-330, -150), (330, -150), (-330, 240), (330, 240)]
    if rng.random() < 0.45:
        rows = [(-410, 60), (0, 60), (410, 60)]
    for x, y in rows:
        upright = len(rows) == 3
        bench = room.at(
            x + rng.uniform(-15, 15), y, pi / 2 if upright else rng.uniform(-0.05, 0.05)
        )
        _workbench(bench, rng.randint(380, 450), rng.randint(150, 176))
    for _ in range(26):
        curl = room.at(rng.uniform(-600, 600), rng.uniform(-340, 440), rng.uniform(0, 6))
        curl.line([(-7, 0), (0, -4), (7, 1)], (232, 204, 156), 3)
    return canvas.finish(lights.windows(rng, dim=(168, 158, 152)))


def _wall_of_tools(wall: Spot) -> None:
    wall.shadow(box(0, 0, 1300, 76), height=14)
    wall.box(0, 0, 1300, 76, near((150, 110, 74), wall.rng))
    wall.box(0, 36, 1300, 6, (108, 74, 50))
    for x in range(-590, 600, 74):
        tool = wall.rng.choice((things.screwdriver, things.pliers, things.scissors))
        tool(wall.at(x, -4, wall.rng.choice((0, pi)) + 0.25, 0.74))


def _workbench(bench: Spot, w: float, h: float) -> None:
    rng = bench.rng
    table(bench, w, h, near(BEECH, rng))
    bench.box(-w / 2 - 4, h * 0.2, 26, 60, STEEL, 3)
    bench.line([(-w / 2 - 12, h * 0.2 - 34), (-w / 2 - 12, h * 0.2 + 34)], darker(STEEL, 0.4), 5)
    piece = bench.at(rng.uniform(-50, 50), 0, rng.uniform(-0.2, 0.2))
    piece.shadow(box(0, 0, 150, 40), height=6)
    piece.box(0, 0, 150, 40, lighter(PINE, 0.2))
    piece.line([(-75, -6), (75, -2)], darker(PINE, 0.2), 1.5)
    places = [
        (-w * 0.33, -h * 0.2),
        (w * 0.34, -h * 0.2),
        (w * 0.33, h * 0.2),
        (-w * 0.3, h * 0.28),
    ]
    wares = (things.screwdriver, things.pliers, things.sheet, food.cup, things.toolbox)
    things.scatter(bench, wares, places[: rng.randint(2, 4)])
    for side in (-1, 1):
        for x in rng.sample((-w * 0.28, 0, w * 0.28), rng.choice((1, 2))):
            reaching(bench.at(x, side * (h / 2 + 32), 0 if side > 0 else pi))


def kitchen_counter(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    pale, dark = rng.choice(
        (((206, 198, 184), (150, 142, 134)), ((214, 206, 190), (120, 140, 142)))
    )
    canvas.cover(grounds.tiles(rng, pale, dark, side=rng.choice((80, 96))))
    room = canvas.centre()
    side = rng.choice((-1, 1))
    _stoves(room.at(0, -430))
    counter = room.at(0, 40, side * 0.02)
    length = rng.randint(800, 960)
    table(counter, length, 230, near(rng.choice((BEECH, OAK, (216, 206, 192))), rng))
    columns = 7
    places = [
        (-length / 2 + 70 + c * (length - 140) / (columns - 1), y)
        for c in range(columns)
        for y in (-58, 52)
    ]
    wares = (food.plate, food.chopping_board, food.loaf, food.cup, food.plate)
    things.scatter(counter, wares, rng.sample(places, 10))
    food.pot(counter.at(rng.uniform(-160, 160), -6))
    for row in (-1, 1):
        for x in rng.sample(range(-3, 4), rng.randint(3, 5)):
            cook = counter.at(x * length / 7.4, row * 150, 0 if row > 0 else pi)
            reaching(cook.at(0, 0, rng.uniform(-0.15, 0.15)))
    for x in (-180, 0, 180):
        stool(room.at(x + rng.uniform(-20, 20), 380 + rng.uniform(-20, 30)))
    if rng.random() < 0.5:
        return canvas.finish(lights.pools([((0, 30), 800), ((0, 30), 440)], dim=(70, 62, 76)))
    return canvas.finish(lights.windows(rng))


def _stoves(wall: Spot) -> None:
    rng = wall.rng
    wall.shadow(box(0, 0, 1300, 120), height=18)
    wall.box(0, 0, 1300, 120, (196, 182, 164))
    wall.box(0, 56, 1300, 8, (128, 112, 98))
    x = -560
    for part in rng.sample(("hob", "sink", "hob", "board", "sink", "board"), 6):
        if part == "hob":
            wall.box(x, 0, 170, 92, (58, 60, 66), 5)
            for dx, dy in ((-42, -20), (42, -20), (-42, 22), (42, 22)):
                wall.ring(x + dx, dy, 18, (120, 122, 128), 4)
            food.pot(wall.at(x - 42, rng.choice((-20, 22))), 30)
        elif part == "sink":
            wall.box(x, 0, 150, 88, STEEL, 10)
            wall.box(x, 4, 126, 66, darker(STEEL, 0.2), 12)
            wall.line([(x, -40), (x, -8)], lighter(STEEL, 0.5), 9, round_ends=True)
        else:
            food.chopping_board(wall.at(x, 0, rng.uniform(-0.1, 0.1)))
        x += 224


def laptops_island(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    canvas.cover(grounds.mottled(rng, rng.choice(((208, 210, 212), (198, 196, 192))), speck=0.06))
    room = canvas.centre()
    side = rng.choice((-1, 1))
    tone = near(rng.choice((RED, BLUE, TEAL, WINE)), rng)
    rug(room.at(side * 410, -260), 400, 300, tone)
    layout = [
        (-side * 330, -210, 380, 180),
        (-side * 300, 230, 450, 190),
        (side * 330, 210, 380, 180),
    ]
    if rng.random() < 0.4:
        layout = [(-side * 190, 20, 640, 320)]
    for x, y, w, h in layout:
        _laptop_table(room.at(x, y), w, h)
    _armchair(room.at(side * 350, -270, side * 0.5), tone)
    _armchair(room.at(side * 480, -250, -side * 0.6), tone)
    plant(room.at(side * 590, 20), 72)
    plant(room.at(-side * 590, rng.choice((-420, 430))), 84)
    return canvas.finish(lights.windows(rng, lit=(255, 252, 246), dim=(192, 194, 202)))


def _laptop_table(middle: Spot, w: float, h: float) -> None:
    rng = middle.rng
    table(middle, w, h, near(rng.choice((CREAM, PINE, BEECH)), rng))
    seats = seats_along(middle, round(w / 150), w, h / 2 + 38)
    for seat in seats:
        things.laptop(seat.at(0, -88, rng.uniform(-0.12, 0.12), 0.92))
    things.scatter(
        middle, (food.cup, things.note, things.note, things.pencil), [(0, 0), (w * 0.42, 0)]
    )
    take_seats(seats, rng.uniform(0.55, 0.9))


def _armchair(spot: Spot, rug_tone: tuple[int, ...]) -> None:
    tone = near(CREAM if sum(rug_tone) < 330 else NAVY, spot.rng)
    spot.shadow(box(0, 0, 96, 92, 14), height=12)
    spot.box(0, 0, 96, 92, darker(tone, 0.18), 16)
    spot.box(0, -8, 62, 72, tone, 10)
    spot.box(0, 37, 90, 20, darker(tone, 0.3), 9)
    if spot.rng.random() < 0.7:
        seated(spot.at(0, 2), hands="lap")


SCENES = {
    "workbenches": workbenches,
    "kitchen-counter": kitchen_counter,
    "laptops-island": laptops_island,
}
