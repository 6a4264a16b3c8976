"""The stipend and budget calculator: rate × hours × months × people, costs, and sources of money.

All sums are exact. Money has no sign of our own: teams name their currency.
"""

from decimal import Decimal

from .cells import Row, Structure, amount, choice, count, line, rows, tick
from .kinds import PaidAs, SectionLayout
from .words import exact

NOTHING = Decimal(0)


class Stipend(Row, frozen=True, kw_only=True):
    who: line("Who is paid", 120) = ""
    paid_as: choice("As", PaidAs) = ""
    rate: amount("Rate an hour") = None
    hours: amount("Hours a month") = None
    months: amount("Months") = None
    people: count("People", 10_000) = None

    @property
    def each(self) -> Decimal:
        """For one person, over all months."""
        return (self.rate or NOTHING) * (self.hours or NOTHING) * (self.months or NOTHING)

    @property
    def total(self) -> Decimal:
        """One person where no number is given."""
        return self.each * (1 if self.people is None else self.people)


class Cost(Row, frozen=True, kw_only=True):
    what: line("What it costs", 200) = ""
    money: amount("Amount") = None

    @property
    def total(self) -> Decimal:
        return self.money or NOTHING


class Source(Row, frozen=True, kw_only=True):
    source: line("Where the money comes from", 200) = ""
    money: amount("Amount") = None
    is_sure: tick("Promised") = False

    @property
    def total(self) -> Decimal:
        return self.money or NOTHING


class Budget(Structure, frozen=True, kw_only=True, tag=SectionLayout.BUDGET.value):
    currency: line("Currency", 20, hint="As you write it: EUR, Rs, $ or hours of a time bank.") = ""
    stipends: rows(
        Stipend,
        "Stipends",
        one="stipend",
        most=12,
        hint="Rate × hours a month × months × people. 50 × 4 × 10 are 2,000 for each person;"
        " leaders have a higher rate.",
    ) = ()
    costs: rows(Cost, "Other costs", one="cost", hint="Rooms, materials, travel, food.") = ()
    sources: rows(
        Source, "Sources of money", one="source", most=12, hint="Also what is lent or given."
    ) = ()

    @property
    def total(self) -> Decimal:
        return sum((row.total for row in (*self.stipends, *self.costs)), NOTHING)

    @property
    def covered(self) -> Decimal:
        return sum((row.total for row in self.sources), NOTHING)

    def money(self, number: Decimal) -> str:
        return f"{exact(number)} {self.currency}".strip()

    def notes(self):
        for row in self.stipends:
            if row.total:
                who = row.who or "Stipend"
                yield f"{who}: {self.money(row.each)} each, {self.money(row.total)} together."
        if self.total:
            yield f"It comes to {self.money(self.total)} in all."
        if self.covered:
            yield f"The sources come to {self.money(self.covered)}."

    def doubts(self):
        if self.total and not self.sources:
            yield f"No source is named for the {self.money(self.total)} it costs."
        elif (open_ := self.total - self.covered) > 0:
            yield f"{self.money(open_)} of {self.money(self.total)} have no source yet."
        if unsure := [row for row in self.sources if row.total and not row.is_sure]:
            yield f"{self.money(sum((r.total for r in unsure), NOTHING))} are not promised yet."
        rates = {
            kind: [r.rate for r in self.stipends if r.paid_as == kind and r.rate]
            for kind in (PaidAs.MEMBER, PaidAs.LEADER)
        }
        if all(rates.values()) and min(rates[PaidAs.LEADER]) <= max(rates[PaidAs.MEMBER]):
            yield "Leaders are paid no more an hour than members; they usually have a higher rate."
