"""What people eat, drink and grow."""

from math import cos, pi, sin

from .canvas import Spot, box, oval
from .colours import (
    AMBER,
    BLUE,
    BRASS,
    CREAM,
    GREY,
    INK,
    MUSTARD,
    NAVY,
    PAPER,
    RED,
    ROSE,
    SOIL,
    STEEL,
    TEAL,
    Colour,
    darker,
    lighter,
    near,
    seen_through,
)


def cup(spot: Spot) -> None:
    glaze = spot.rng.choice((CREAM, CREAM, TEAL, ROSE, GREY, MUSTARD, BLUE))
    spot.shadow(oval(0, 0, 13, 13), height=6)
    spot.line([(8, 0), (19, 2)], darker(glaze, 0.15), 5, round_ends=True)
    spot.disc(0, 0, 13, darker(glaze, 0.12))
    spot.disc(-0.5, -0.5, 12, glaze)
    spot.disc(0, 0, 9, darker(glaze, 0.35))
    spot.disc(0.6, 0.8, 8.2, spot.rng.choice(((92, 54, 32), (150, 92, 44), (70, 42, 30))))


def teapot(spot: Spot) -> None:
    glaze = spot.rng.choice((CREAM, TEAL, NAVY, MUSTARD, (222, 224, 228)))
    spot.shadow(oval(0, 0, 36, 36), height=12)
    spot.line([(26, -2), (54, -12)], darker(glaze, 0.12), 12, round_ends=True)
    handle = [(-28, -14), (-50, -12), (-54, 4), (-46, 16), (-28, 14)]
    spot.line(handle, darker(glaze, 0.35), 8, round_ends=True)
    spot.disc(0, 0, 36, darker(glaze, 0.16))
    spot.disc(-1, -2, 33, glaze)
    spot.disc(0, 0, 18, darker(glaze, 0.1))
    spot.disc(-1, -1, 16, lighter(glaze, 0.12))
    spot.disc(0, 0, 6, darker(glaze, 0.4))
    spot.oval(-15, -17, 10, 4, seen_through((255, 255, 255), 0.4), -0.7)


def plate(spot: Spot) -> None:
    spot.shadow(oval(0, 0, 25, 25), height=4)
    spot.disc(0, 0, 25, darker(PAPER, 0.1))
    spot.disc(-0.6, -0.8, 24, PAPER)
    spot.ring(0, 0, 16, darker(PAPER, 0.1), 1.4)
    food = spot.rng.choice((AMBER, RED, (108, 146, 70), (206, 160, 96)))
    for _ in range(6):
        angle, away = spot.rng.uniform(0, 2 * pi), spot.rng.uniform(0, 9)
        tint = near(food, spot.rng, 22)
        spot.disc(away * cos(angle), away * sin(angle), spot.rng.uniform(3, 6), tint)


def pot(spot: Spot, r: float = 44) -> None:
    soup = spot.rng.choice(((214, 104, 44), (188, 62, 44), (196, 164, 72), (96, 128, 60)))
    spot.shadow(oval(0, 0, r, r), height=14)
    spot.line([(-r - 12, 0), (r + 12, 0)], (44, 44, 50), 12, round_ends=True)
    spot.disc(0, 0, r, (56, 58, 66))
    spot.disc(0, 0, r - 4, (108, 112, 122))
    spot.disc(1, 2, r - 7, darker(soup, 0.2))
    spot.disc(2, 3, r - 10, soup)
    for _ in range(11):
        angle, away = spot.rng.uniform(0, 2 * pi), spot.rng.uniform(0, r - 18)
        bit = near(spot.rng.choice((soup, lighter(soup, 0.35), (96, 140, 66))), spot.rng, 14)
        spot.disc(away * cos(angle), away * sin(angle), spot.rng.uniform(2.5, 6), bit)


def chopping_board(spot: Spot) -> None:
    spot.shadow(box(0, 0, 100, 62, 8), height=5)
    spot.box(0, 0, 100, 62, (196, 144, 92), 8)
    spot.ring(-40, 0, 5, (110, 74, 46), 3)
    green = spot.rng.choice(((116, 158, 70), (222, 120, 54), (200, 62, 52), (236, 204, 116)))
    for _ in range(16):
        x, y = spot.rng.uniform(-24, 40), spot.rng.uniform(-20, 20)
        spot.disc(x, y, spot.rng.uniform(3, 6), near(green, spot.rng, 18))
    knife = spot.at(10, 24, -0.12)
    knife.shape([(-26, -3), (24, -3), (30, 3), (-26, 4)], lighter(STEEL, 0.3))
    knife.box(-40, 0, 30, 8, INK, 3)


def loaf(spot: Spot, w: float = 92, h: float = 50) -> None:
    crust = near((188, 120, 62), spot.rng, 14)
    spot.shadow(oval(0, 0, w / 2, h / 2), height=10)
    spot.oval(0, 0, w / 2, h / 2, darker(crust, 0.3))
    spot.oval(-1, -2, w / 2 - 3, h / 2 - 4, crust)
    spot.oval(-3, -5, w / 2 - 12, h / 2 - 11, lighter(crust, 0.2))
    for step in (-1, 0, 1):
        x = step * w * 0.22
        spot.line([(x - 7, -h * 0.28), (x + 7, h * 0.22)], (240, 212, 164), 5, round_ends=True)


def seed_tray(spot: Spot, columns: int = 6, rows: int = 4, cell: float = 22) -> None:
    w, h = columns * cell + 10, rows * cell + 10
    spot.shadow(box(0, 0, w, h, 3), height=6)
    spot.box(0, 0, w, h, (52, 58, 56), 4)
    green = spot.rng.choice(((88, 150, 66), (124, 176, 78), (62, 124, 72)))
    for column in range(columns):
        for row in range(rows):
            x, y = (column - columns / 2 + 0.5) * cell, (row - rows / 2 + 0.5) * cell
            spot.box(x, y, cell - 4, cell - 4, near(SOIL, spot.rng, 8), 2)
            if spot.rng.random() > 0.12:
                sprout(spot.at(x, y, spot.rng.uniform(0, pi)), cell * 0.3, green)


def sprout(spot: Spot, long: float, green: Colour) -> None:
    tint = near(green, spot.rng, 16)
    for turn in (0, pi):
        leaf = spot.at(0, 0, turn + spot.rng.uniform(-0.3, 0.3))
        leaf.oval(long * 0.6, 0, long * 0.66, long * 0.36, tint)
        leaf.line([(0, 0), (long, 0)], lighter(tint, 0.3), 1)


def candle(spot: Spot) -> None:
    spot.shadow(oval(0, 0, 10, 10), height=8)
    spot.disc(0, 0, 15, BRASS)
    spot.disc(0, 0, 9, (246, 236, 214))
    spot.disc(0, 0, 4.5, (255, 214, 110))
    spot.disc(0, 0, 2, (255, 250, 226))
