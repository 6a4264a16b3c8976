"""The demo's designs as they stand in designs/*.json, in the order in which they happened."""

import json
from datetime import date
from pathlib import Path

from ..structure.kinds import BusyKind

FOLDER = Path(__file__).parent
COHORTS = {
    "spring-2025": ("Spring 2025", date(2025, 2, 3), date(2025, 5, 30), 40),
    "autumn-2025": ("Autumn 2025", date(2025, 9, 3), date(2025, 12, 12), 40),
    "iap-2026": ("IAP 2026", date(2026, 1, 5), date(2026, 1, 30), 30),
    "spring-2026": ("Spring 2026", date(2026, 2, 2), date(2026, 5, 29), 48),
}

# Days that staff keep for teams that plan: name, kind, first and last day.
BUSY = (
    ("Final examinations", BusyKind.EXAMS, date(2026, 12, 14), date(2026, 12, 18)),
    ("Lunar New Year", BusyKind.HOLIDAY, date(2027, 2, 6), date(2027, 2, 8)),
    ("Spring break", BusyKind.CLOSED, date(2027, 3, 22), date(2027, 3, 26)),
)


def designs() -> list[dict]:
    """Published ones first, oldest first, so that each stands after the one it builds on."""
    files = (FOLDER / "designs").glob("*.json")
    found = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return sorted(found, key=lambda d: (d["state"] != "published", last_day(d), d["slug"]))


def last_day(design: dict) -> date:
    """Of all its implementations; a design without a date comes last."""
    days = [run["ends"] for run in design["implementations"] if run["ends"]]
    return max(map(date.fromisoformat, days), default=date.max)


def picture_of(slug: str, number: int, name: str) -> Path:
    """Where a picture lies: "folder/…" are shared, "drawn/…" were drawn for one design each."""
    kind, _, scene = name.partition("/")
    file = scene if kind == "folder" else f"{slug}-{number + 1}"
    return FOLDER / "pictures" / f"{file}.webp"
