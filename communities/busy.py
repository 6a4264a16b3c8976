"""Busy periods and holidays that fall into what a team plans, in plain sentences."""

from collections.abc import Iterable
from datetime import date

from .models import BusyPeriod
from .pages.dates import date_range
from .structure import Structure
from .structure.calendar import Calendar
from .structure.kinds import Stretch

MOST_TOLD = 6


def busy_within(days: Iterable[tuple[date, date]]) -> list[BusyPeriod]:
    """The periods that share a day with one of the stretches. One query, none without days."""
    stretches = list(days)
    return falling_into(stretches, periods_around(stretches))


def periods_around(stretches: list[tuple[date, date]]) -> list[BusyPeriod]:
    """All between the first day and the last, for `falling_into`. One query, none without days."""
    if not stretches:
        return []
    first, last = min(first for first, _ in stretches), max(last for _, last in stretches)
    return list(BusyPeriod.objects.filter(starts_on__lte=last, ends_on__gte=first))


def falling_into(
    stretches: list[tuple[date, date]], periods: Iterable[BusyPeriod]
) -> list[BusyPeriod]:
    return [
        period
        for period in periods
        if any(period.starts_on <= last and period.ends_on >= first for first, last in stretches)
    ]


def told(periods: Iterable[BusyPeriod]) -> tuple[str, ...]:
    """One sentence for each, the first few of them."""
    return tuple(_sentence(period) for period in list(periods)[:MOST_TOLD])


def doubts_of(plan: Structure | None) -> tuple[str, ...]:
    """Of a calendar: what its days meet with, breaks left out. At most one query."""
    if not isinstance(plan, Calendar):
        return ()
    return told(busy_within((r.first, r.ends) for r in plan.dated if r.kind != Stretch.BREAK))


def _sentence(period: BusyPeriod) -> str:
    days = date_range(period.starts_on, period.ends_on)
    kind = period.get_kind_display().lower()
    return f"{period.name} ({kind}), {days}, falls into these days. Ask the people you invite."
