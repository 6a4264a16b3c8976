"""Numbers and lists in sentences."""

from decimal import Decimal

QUOTED_CHARACTERS = 60


def counted(number: int, one: str) -> str:
    """1 task, 3 tasks, 1,200 tasks"""
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def listed(words: list[str]) -> str:
    """time, tools and recognition"""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def quoted(text: str) -> str:
    """Its beginning, in quotation marks."""
    if len(text) > QUOTED_CHARACTERS:
        text = text[:QUOTED_CHARACTERS].rpartition(" ")[0].rstrip(",;:.") + " …"
    return f"“{text}”"


def exact(number: Decimal) -> str:
    """2,000 or 12.50: no digit that was not meant, and never 1.5E+3."""
    number = number.quantize(Decimal("0.01"))
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number:,.2f}"
