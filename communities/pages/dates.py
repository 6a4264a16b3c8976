from datetime import date

from django.utils.dateformat import format as format_date


def day(when: date) -> str:
    """3 March 2025"""
    return format_date(when, "j F Y")


def weekday(when: date) -> str:
    """Monday 3 March"""
    return format_date(when, "l j F")


def date_range(first: date | None, last: date | None = None) -> str:
    """3–7 March 2025, saying month and year once where they are the same; empty without dates."""
    first, last = first or last, last or first
    if first is None or first == last:
        return day(first) if first else ""
    if first.year != last.year:
        return f"{day(first)} – {day(last)}"
    if first.month != last.month:
        return f"{format_date(first, 'j F')} – {day(last)}"
    return f"{first.day}–{day(last)}"
