"""Still lifes: the things of a community laid out on a table."""

from PIL import Image

from . import food, grounds, lights, things
from .canvas import Canvas, Spot, apart, box, oval
from .colours import (
    BLUE,
    BRASS,
    CREAM,
    GREEN,
    INK,
    MUSTARD,
    OAK,
    PAPER,
    RED,
    ROSE,
    SLATE,
    SOIL,
    STEEL,
    TEAL,
    WALNUT,
    WINE,
    darker,
    lighter,
    near,
    seen_through,
)

CLOTHS = (
    (66, 84, 112),
    (52, 98, 100),
    (120, 54, 68),
    (208, 198, 182),
    (74, 78, 84),
    (186, 172, 150),
)


def table_top(canvas: Canvas, *, wooden: float = 0.5) -> None:
    rng = canvas.rng
    if rng.random() < wooden:
        tone = rng.choice(((196, 158, 112), (170, 128, 90), (212, 184, 146)))
        canvas.cover(grounds.planks(rng, tone, upright=rng.random() < 0.3, contrast=10))
    else:
        canvas.cover(grounds.mottled(rng, rng.choice(CLOTHS), cloud=0.14, speck=0.2))


def still_light(canvas: Canvas) -> Image.Image:
    return lights.windows(canvas.rng, lit=(255, 248, 232), dim=(188, 172, 162))


def books(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    table_top(canvas)
    table = canvas.centre().at(0, 0, rng.uniform(-0.1, 0.1))
    side, end = rng.choice((-1, 1)), rng.choice((-1, 1))
    if rng.random() < 0.5:
        things.cloth(table.at(-side * 400, end * 240, rng.uniform(-0.3, 0.3), 3.2))
    things.open_book(
        table.at(side * 120, end * -30, rng.uniform(-0.25, 0.25), rng.uniform(4.6, 5.3))
    )
    _pile(table.at(-side * 430, end * 160), rng.randint(2, 5))
    if rng.random() < 0.5:
        things.book(table.at(-side * 420, -end * 280, rng.uniform(-0.8, 0.8), 3.3))
    else:
        things.open_book(table.at(-side * 440, -end * 270, rng.uniform(-0.6, 0.6), 3))
    food.cup(table.at(side * 490, end * 320, rng.uniform(0, 3), 3.2))
    for x, y in apart(rng, rng.randint(1, 4), 220, 330, 110):
        paper = rng.choice((things.pencil, things.note, things.note))
        paper(table.at(side * (490 + x / 2), -end * 210 + y, rng.uniform(-1, 1), 2.8))
    return canvas.finish(still_light(canvas))


def _pile(spot: Spot, height: int) -> None:
    for level in range(height):
        book = spot.at(level * 3, -level * 5, spot.rng.uniform(-0.35, 0.35), 3.8)
        things.book(book, 58 - 3 * level, 72 - 3 * level)


def bread(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    table_top(canvas, wooden=0.7)
    table = canvas.centre().at(0, 0, rng.uniform(-0.14, 0.14))
    _flour(table)
    board = table.at(rng.uniform(-70, 70), rng.uniform(-20, 40))
    board.shadow(box(0, 0, 720, 450, 50), height=14)
    board.box(0, 0, 720, 450, darker(OAK, 0.2), 52)
    board.box(0, -4, 716, 444, OAK, 50)
    for line in range(9):
        y = -190 + line * 46
        board.line([(-320, y), (320, y + rng.uniform(-6, 6))], seen_through(WALNUT, 0.18), 3)
    for x, y in rng.sample(((-200, -90), (60, -110), (210, 70), (-150, 110)), rng.randint(2, 4)):
        loaf = board.at(x, y, rng.uniform(-0.7, 0.7), rng.uniform(2.7, 3.2))
        if rng.random() < 0.6:
            food.loaf(loaf)
        else:
            food.loaf(loaf, 66, 62)
    things.cloth(table.at(rng.choice((-1, 1)) * 500, -330, rng.uniform(-0.4, 0.4), 2.8))
    _bowl(table.at(rng.choice((-1, 1)) * 500, 300))
    _bread_knife(table.at(20, 340, rng.uniform(-0.2, 0.2)))
    return canvas.finish(still_light(canvas))


def _flour(table: Spot) -> None:
    rng = table.rng
    x, y = rng.uniform(-420, 420), rng.uniform(-300, 300)
    for _ in range(420):
        place = (x + rng.gauss(0, 170), y + rng.gauss(0, 110))
        table.disc(*place, rng.uniform(1.5, 6), (250, 244, 232, rng.randint(40, 170)))


def _bowl(spot: Spot) -> None:
    glaze = spot.rng.choice((TEAL, CREAM, BLUE, ROSE))
    spot.shadow(oval(0, 0, 112, 112), height=26)
    spot.disc(0, 0, 112, darker(glaze, 0.14))
    spot.disc(0, -2, 106, lighter(glaze, 0.1))
    spot.disc(2, 4, 94, darker(glaze, 0.3))
    spot.disc(4, 8, 82, (240, 226, 196))
    for _ in range(12):
        x, y = spot.rng.uniform(-46, 50), spot.rng.uniform(-44, 52)
        spot.oval(x, y, 17, 11, seen_through((255, 250, 234), 0.6), spot.rng.uniform(0, 3))


def _bread_knife(spot: Spot) -> None:
    blade = [(-120, -13), (150, -13), (172, 6), (-120, 14)]
    spot.shadow(blade, box(-190, 0, 150, 28, 10), height=6)
    spot.shape(blade, lighter(STEEL, 0.25))
    spot.line([(-118, -9), (150, -9)], lighter(STEEL, 0.6), 4)
    spot.box(-190, 0, 150, 29, darker(WALNUT, 0.2), 11)
    for x in (-235, -190, -145):
        spot.disc(x, 0, 5, BRASS)


def seedlings(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    table_top(canvas, wooden=0.75)
    table = canvas.centre().at(0, 0, rng.uniform(-0.08, 0.08))
    side = rng.choice((-1, 1))
    for x, y in ((-side * 340, -190), (side * 60, -200), (-side * 330, 220)):
        if rng.random() < 0.85:
            food.seed_tray(table.at(x, y, rng.uniform(-0.06, 0.06), 2.5), 6, 5, 22)
    pots = [(x, y) for x in (40, 190, 340, 490) for y in (110, 265, 400)]
    for x, y in rng.sample(pots, rng.randint(6, 9)):
        _seedling_pot(table.at(side * x, y))
    _trowel(table.at(side * 470, -220, -side * 0.9))
    for _ in range(70):
        crumb = (side * rng.gauss(250, 150), rng.gauss(40, 90))
        table.disc(*crumb, rng.uniform(2, 7), near(SOIL, rng, 12))
    return canvas.finish(still_light(canvas))


def _seedling_pot(spot: Spot) -> None:
    rng = spot.rng
    clay = near((192, 112, 78), rng, 12)
    spot.shadow(oval(0, 0, 60, 60), height=22)
    spot.disc(0, 0, 60, darker(clay, 0.2))
    spot.disc(-1, -2, 57, clay)
    spot.disc(0, 0, 47, near(SOIL, rng, 8))
    for _ in range(16):
        spot.disc(
            rng.uniform(-30, 30), rng.uniform(-30, 30), rng.uniform(2, 5), near(SOIL, rng, 22)
        )
    for leaf in range(rng.choice((1, 2, 3))):
        food.sprout(
            spot.at(0, 0, leaf * 1.1 + rng.uniform(0, 1)), rng.uniform(26, 40), (92, 158, 74)
        )
    if rng.random() < 0.4:
        label = spot.at(34, -16, 0.4)
        label.shadow(box(0, 0, 16, 56), height=12)
        label.box(0, 0, 16, 56, PAPER, 3)
        label.line([(0, -20), (0, 10)], INK, 2.5)


def _trowel(spot: Spot) -> None:
    blade = [(20, -34), (110, -30), (170, 0), (110, 30), (20, 34)]
    spot.shadow(blade, box(-100, 0, 150, 34, 14), height=9)
    spot.shape(blade, darker(STEEL, 0.1))
    spot.shape([(30, -20), (110, -16), (150, 0), (30, 0)], lighter(STEEL, 0.35))
    spot.line([(-30, 0), (24, 0)], darker(STEEL, 0.3), 14)
    spot.box(-100, 0, 150, 34, RED, 15)
    spot.box(-100, -6, 136, 10, lighter(RED, 0.3), 5)


def letters(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    table_top(canvas)
    table = canvas.centre()
    spread = [
        (-420, -240),
        (-60, -280),
        (330, -230),
        (-440, 190),
        (420, 210),
        (80, 300),
        (-160, 60),
    ]
    rng.shuffle(spread)
    for number, (x, y) in enumerate(spread[: rng.randint(5, 7)]):
        spot = table.at(x + rng.uniform(-30, 30), y + rng.uniform(-20, 20), rng.uniform(-0.5, 0.5))
        (_envelope if number % 3 else _opened_letter)(spot)
    things.sheet(table.at(rng.uniform(-60, 60), 20, rng.uniform(-0.15, 0.15), 6), 52, 68)
    things.pencil(table.at(rng.choice((-1, 1)) * 250, 110, rng.uniform(-1, 1), 3.6))
    if rng.random() < 0.6:
        food.cup(table.at(rng.choice((-1, 1)) * 560, rng.uniform(-60, 60), 0, 3))
    return canvas.finish(still_light(canvas))


def _envelope(spot: Spot) -> None:
    rng = spot.rng
    tone = near(
        rng.choice((CREAM, PAPER, (214, 188, 146), (196, 216, 228), (240, 208, 200))), rng, 5
    )
    spot.shadow(box(0, 0, 300, 190), height=7)
    spot.box(0, 0, 300, 190, tone)
    if rng.random() < 0.5:
        for side in (-1, 1):
            spot.line([(side * 150, 95), (side * 16, -4)], darker(tone, 0.14), 3)
        spot.shape([(-150, -95), (150, -95), (0, 26)], darker(tone, 0.07))
        spot.line([(-150, -95), (0, 26), (150, -95)], darker(tone, 0.2), 3)
        spot.disc(0, 14, 19, WINE)
        spot.disc(-3, 11, 11, lighter(WINE, 0.2))
        return
    for row, long in enumerate((130, 160, 96)):
        spot.line([(-50, 6 + row * 24), (-50 + long, 6 + row * 24)], seen_through(INK, 0.75), 5)
    _stamp(spot.at(112, -58))


def _stamp(spot: Spot) -> None:
    tone = spot.rng.choice((RED, TEAL, BLUE, MUSTARD, GREEN))
    spot.box(0, 0, 52, 60, PAPER)
    for step in range(6):
        for x, y in ((-26, -25 + step * 10), (26, -25 + step * 10)):
            spot.disc(x, y, 3, darker(CREAM, 0.12))
    spot.box(0, 0, 40, 48, tone)
    spot.disc(0, 4, 13, lighter(tone, 0.45))
    for ring in (20, 28, 36):
        spot.ring(-34, 10, ring, seen_through(INK, 0.35), 2.5)


def _opened_letter(spot: Spot) -> None:
    things.sheet(spot.at(0, 0, 0, 4.6), 46, 62)
    for share in (-0.17, 0.17):
        spot.line([(-106, share * 285), (106, share * 285)], seen_through(SLATE, 0.3), 3)


SCENES = {
    "object-books": books,
    "object-bread": bread,
    "object-seedlings": seedlings,
    "object-letters": letters,
}
