"""Screens of tools that groups use. Names are initials, and nothing here is a real service."""

from random import Random

from PIL import Image

from .canvas import Canvas, Spot, box
from .colours import (
    AMBER,
    BLUE,
    GREEN,
    INK,
    LILAC,
    MUSTARD,
    NAVY,
    RED,
    SKY,
    SLATE,
    TEAL,
    WINE,
    Colour,
    lighter,
    mix,
)

WHITE = (255, 255, 255)
PALE = (240, 243, 246)
LINE = (216, 222, 230)
QUIET = (122, 132, 148)
BRANDS = (BLUE, TEAL, GREEN, WINE, NAVY, (97, 64, 146))
INITIALS = [
    "AM",
    "BK",
    "CT",
    "DW",
    "EO",
    "FR",
    "GS",
    "HL",
    "IN",
    "JP",
    "KM",
    "LE",
    "MA",
    "NS",
    "OD",
    "PV",
    "RY",
    "SH",
    "TI",
    "UZ",
    "VB",
    "WA",
    "YC",
    "ZT",
]
BADGES = (BLUE, TEAL, GREEN, WINE, AMBER, LILAC, SKY, SLATE, RED, MUSTARD)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PARTS = (
    "Arrive",
    "Opening ring",
    "First round",
    "In pairs",
    "Break",
    "Soup",
    "Walk",
    "Second round",
    "Open tables",
    "Look at it together",
    "Next goal",
    "Clear up",
)
REMARKS = (
    "I will bring the big pot.",
    "Who has the key tomorrow?",
    "We are two more than yesterday.",
    "Can we start with the question from last night?",
    "I changed my mind about the third one.",
    "Yes, me too.",
    "The notes are in the folder.",
    "Could you say that again for those of us on the phone?",
    "That is a better question than mine.",
    "I can stay until nine.",
    "Let us try it the other way round.",
    "Thank you for waiting for me.",
)


def tint(colour: Colour, share: float = 0.82) -> Colour:
    return mix(colour, WHITE, share)


def bar(spot: Spot, x: float, y: float, long: float, tone: Colour, thick: float = 9) -> None:
    """A word nobody needs to read, from x to the right."""
    spot.box(x + long / 2, y, long, thick, tone, thick / 2)


def _window(canvas: Canvas, title: str) -> tuple[Spot, Colour]:
    rng = canvas.rng
    canvas.pen.rectangle((0, 0, *canvas.image.size), fill=PALE)
    screen = canvas.centre()
    brand = rng.choice(BRANDS)
    screen.box(0, -444, 1400, 74, brand)
    screen.box(0, -690, 1400, 420, brand)
    screen.text(-590, -444, title, WHITE, 27)
    for number in range(3):
        bar(screen, 300 + number * 96, -444, 66, mix(brand, WHITE, 0.45))
    initials(screen, 594, -444, 22, rng.choice(INITIALS), mix(brand, WHITE, 0.3))
    return screen, brand


def initials(spot: Spot, x: float, y: float, r: float, letters: str, tone: Colour) -> None:
    spot.disc(x, y, r, tone)
    dark = sum(tone) > 430
    spot.text(x, y, letters, INK if dark else WHITE, r * 0.85, "mm")


def schedule_grid(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    screen, _ = _window(canvas, "Schedule")
    count = rng.choice((4, 5, 5, 6))
    first_hour, rows = rng.choice(((9, 8), (13, 7), (15, 6), (17, 5)))
    width, height = 1110 / count, 760 / rows
    first_day = rng.randint(0, 7 - count)
    screen.box(40, 36, 1130, 860, WHITE, 8)
    for row in range(rows):
        y = -330 + row * height
        screen.line([(-520, y), (600, y)], LINE, 1.5)
        screen.text(-545, y, f"{first_hour + row}:00", QUIET, 17, "rm")
    for column in range(count):
        x = -515 + column * width
        screen.text(x + 10, -365, DAYS[first_day + column], INK, 22)
        screen.line([(x, -385), (x, 450)], LINE, 1.5)
        _day(screen.at(x, -330), width, height, rows)
    return canvas.finish(grain=0)


def _day(day: Spot, width: float, height: float, rows: int) -> None:
    rng = day.rng
    hour, parts = rng.choice((0, 0, 0.5, 1)), sorted(rng.sample(range(len(PARTS)), len(PARTS) - 3))
    for part in parts:
        long = rng.choice((0.5, 0.75, 1, 1, 1.5))
        if hour + long > rows:
            return
        if rng.random() < 0.84:
            tone = BADGES[(part * 3 + 1) % len(BADGES)]
            block = day.at(0, hour * height)
            _block(block, width, long * height, tone, PARTS[part])
        hour += long + rng.choice((0, 0, 0.25))


def _block(spot: Spot, width: float, tall: float, tone: Colour, title: str) -> None:
    middle = (tall - 4) / 2
    spot.box(width / 2, middle, width - 12, tall - 6, tint(tone, 0.76), 6)
    spot.box(9, middle, 6, tall - 6, tone, 3)
    spot.text(20, min(20, middle), title, INK, 17)
    if tall > 80:
        bar(spot, 20, 44, width * 0.42, mix(tone, WHITE, 0.4), 7)
        bar(spot, 20, 60, width * 0.28, mix(tone, WHITE, 0.4), 7)


def chat_window(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    screen, brand = _window(canvas, "Room")
    people = rng.sample(INITIALS, rng.choice((9, 12, 12, 16)))
    across = 4 if len(people) > 12 else 3
    down = -(-len(people) // across)
    wide, tall = 800 / across, 800 / down
    speaker = rng.choice(people)
    for number, letters in enumerate(people):
        x = -620 + (number % across + 0.5) * wide
        y = -388 + (number // across + 0.5) * tall
        tile = screen.at(x, y)
        _seat_on_screen(tile, wide - 16, tall - 16, letters)
        if letters == speaker:
            tile.outline(box(0, 0, wide - 16, tall - 16, 10), MUSTARD, 7)
    _messages(screen.at(410, 0), people, brand)
    _controls(screen.at(-220, 446))
    return canvas.finish(grain=0)


def _seat_on_screen(spot: Spot, w: float, h: float, letters: str) -> None:
    rng = spot.rng
    tone = rng.choice(BADGES)
    spot.box(0, 0, w, h, mix(tone, NAVY, 0.74), 10)
    initials(spot, 0, -6, min(w, h) * 0.27, letters, lighter(tone, 0.1))
    bar(spot, -w / 2 + 14, h / 2 - 18, 54, (214, 220, 232), 8)


def _messages(panel: Spot, people: list[str], brand: Colour) -> None:
    rng = panel.rng
    panel.box(0, 38, 400, 862, WHITE, 8)
    panel.text(-176, -360, "Messages", INK, 24)
    y = -310
    for remark in rng.sample(REMARKS, len(REMARKS)):
        own = rng.random() < 0.25
        lines = _wrapped(remark)
        tall = 26 + 25 * len(lines)
        if y + tall > 380:
            break
        x = 20 if own else 22
        panel.box(x, y + tall / 2, 316, tall, tint(brand, 0.84) if own else PALE, 12)
        if not own:
            initials(panel, -164, y + 22, 18, rng.choice(people), rng.choice(BADGES))
        for number, line in enumerate(lines):
            panel.text(-122, y + 25 + 25 * number, line, INK, 18)
        y += tall + 18
    panel.box(0, 428, 372, 52, PALE, 10)
    bar(panel, -166, 428, 120, LINE, 10)


def _wrapped(words: str, most: int = 32) -> list[str]:
    lines = [""]
    for word in words.split():
        if len(lines[-1]) + len(word) > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _controls(row: Spot) -> None:
    for number, tone in enumerate((SLATE, SLATE, SLATE, RED)):
        row.disc(-105 + number * 70, 0, 25, tone)
        row.box(-105 + number * 70, 0, 18, 12, WHITE, 4)


def ledger_table(canvas: Canvas) -> Image.Image:
    rng = canvas.rng
    title = rng.choice(("Ledger", "What we have", "Who has what", "Turns"))
    screen, brand = _window(canvas, title)
    _side_list(screen.at(-470, 38), brand)
    screen.box(160, 38, 890, 850, WHITE, 8)
    for x, long in ((-255, 90), (20, 110), (300, 70), (470, 60)):
        bar(screen, x, -350, long, QUIET, 8)
    states = rng.sample((GREEN, AMBER, RED, SKY, LILAC), 3)
    rows = rng.randint(11, 14)
    for row in range(rows):
        y = -300 + row * 740 / rows
        screen.line([(-265, y - 24), (585, y - 24)], LINE, 1.5)
        initials(screen, -238, y + 4, 17, rng.choice(INITIALS), rng.choice(BADGES))
        bar(screen, -200, y + 4, rng.uniform(70, 170), NAVY, 10)
        bar(screen, 20, y + 4, rng.uniform(110, 230), LINE, 9)
        state = rng.choice(states)
        screen.box(345, y + 4, 92, 27, tint(state), 13)
        bar(screen, 318, y + 4, 54, state, 6)
        screen.text(575, y + 4, _amount(rng), INK, 20, "rm")
    return canvas.finish(grain=0)


def _amount(rng: Random) -> str:
    return rng.choice((f"{rng.randint(1, 12)}", f"{rng.randint(1, 9)} h", f"{rng.randint(2, 30)}"))


def _side_list(panel: Spot, brand: Colour) -> None:
    rng = panel.rng
    panel.box(0, 0, 300, 850, WHITE, 8)
    bar(panel, -120, -385, 120, NAVY, 13)
    chosen = rng.randint(0, 3)
    for number in range(rng.randint(7, 10)):
        y = -325 + number * 72
        if number == chosen:
            panel.box(0, y, 276, 60, tint(brand, 0.88), 8)
        panel.box(-106, y, 30, 30, rng.choice(BADGES), 6)
        bar(panel, -74, y - 8, rng.uniform(80, 165), NAVY, 9)
        bar(panel, -74, y + 10, rng.uniform(50, 120), LINE, 8)


SCENES = {
    "schedule-grid": schedule_grid,
    "chat-window": chat_window,
    "ledger-table": ledger_table,
}
