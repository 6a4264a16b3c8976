"""The calendar: stretches of days with their meetings, held against what the goals need."""

from datetime import date
from decimal import Decimal

from .cells import Row, Structure, amount, choice, count, day, line, rows
from .kinds import SectionLayout, Stretch
from .words import counted, exact


class Days(Row, frozen=True, kw_only=True):
    kind: choice("Kind", Stretch) = ""
    what: line("What happens", 200) = ""
    first: day("First day") = None
    last: day("Last day") = None
    meetings: count("Meetings", 400) = None
    minutes: count("Minutes each", 1_440) = None

    @property
    def hours(self) -> Decimal:
        return Decimal((self.meetings or 0) * (self.minutes or 0)) / 60

    @property
    def ends(self) -> date | None:
        return self.last or self.first


class Calendar(Structure, frozen=True, kw_only=True, tag=SectionLayout.CALENDAR.value):
    goal: line("What people should be able to do at the end", 300) = ""
    hours_needed: amount("Hours together that this needs", hint="Your honest estimate.") = None
    days: rows(
        Days,
        "From the first invitation to the last meeting",
        one="stretch",
        blanks=3,
        hint="Begin with the on-ramp: what happens before the first meeting, so that people arrive"
        " ready.",
    ) = ()
    can_move: line("What can move, and what cannot", 300) = ""

    @property
    def hours(self) -> Decimal:
        return sum((row.hours for row in self.days), Decimal(0))

    @property
    def dated(self) -> tuple[Days, ...]:
        return tuple(row for row in self.days if row.first)

    @property
    def longest_meeting(self) -> int:
        """In minutes; 0 where none is given."""
        return max((row.minutes or 0 for row in self.days), default=0)

    @property
    def length(self) -> int:
        """First to last day, both counted; 0 without dates."""
        if not self.dated:
            return 0
        first, last = min(row.first for row in self.dated), max(row.ends for row in self.dated)
        return (last - first).days + 1

    def notes(self):
        meetings = sum(row.meetings or 0 for row in self.days)
        if self.hours:
            hours = "1 hour" if self.hours == 1 else f"{exact(self.hours)} hours"
            yield f"{counted(meetings, 'meeting')}, {hours} together."
        if self.length:
            yield f"{counted(self.length, 'day')} from the first to the last."

    def doubts(self):
        if not self.days:
            return
        if not self.dated:
            yield "The calendar has no dates yet."
        if not any(row.kind == Stretch.ON_RAMP for row in self.days):
            yield "There is no on-ramp: say what happens before the first meeting."
        if self.hours_needed and self.hours and self.hours < self.hours_needed:
            yield (
                f"Your goal needs {exact(self.hours_needed)} hours and the calendar holds"
                f" {exact(self.hours)}. Meet longer, or hope for less."
            )
        if self.hours_needed and not self.hours:
            yield "How many meetings there are, and how long each is, is not said yet."
