"""The filters of the gallery. Adding one is adding one declaration to DESIGN_ or INSIGHT_FACETS."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import TextChoices

from communities.enums import (
    Audience,
    Duration,
    InsightBasis,
    InsightType,
    Kind,
    Mode,
    Outcome,
)
from communities.snapshot import InsightNote, Snapshot

from .enums import Order

# A choice and the name it goes by where no list of choices names it.
Found = Iterable[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A filter: its parameter, its words, and what a design or a lesson is found under.

    `verb` continues the sentence "Showing designs that …". `read` takes the Snapshot of a design,
    or a Lesson. `choices` are all there can be; without them the choices are those that published
    designs have. `shown` is how many stand outside "more". Where `can_match_all`, a visitor may ask
    for all chosen instead of any. Where there may be thousands of choices, `has_finder` lets a
    visitor type the name of one; only those that find most under the present search stand there.
    """

    name: str
    title: str
    plural: str
    verb: str
    read: Callable[[Any], Found]
    choices: type[TextChoices] | None = None
    order: Order = Order.MOST
    shown: int = 20
    is_open: bool = False
    can_match_all: bool = False
    has_finder: bool = False

    @cached_property
    def names(self) -> dict[str, str]:
        """What the declared choices are called; empty where there are none."""
        return dict(self.choices.choices) if self.choices else {}


@dataclass(frozen=True)
class Lesson:
    """An insight together with the design that it comes from."""

    note: InsightNote
    snapshot: Snapshot


def _one(choice, label="") -> Found:
    return [(str(choice), str(label))] if choice else []


def duration_of(snapshot: Snapshot) -> str:
    return Duration.of_days(snapshot.days).value if snapshot.days else ""


def _modes(snapshot: Snapshot) -> Found:
    """As designed and as it really ran: a design that moved online is found under both."""
    modes = dict.fromkeys([snapshot.mode, *(run.mode for run in snapshot.implementations)])
    return [(mode, "") for mode in modes if mode]


def _cohort(snapshot: Snapshot) -> Found:
    return _one(snapshot.cohort.slug, snapshot.cohort.name) if snapshot.cohort else []


DESIGN_FACETS = (
    Facet(
        name="value",
        title="Values",
        plural="values",
        verb="hold",
        read=lambda snapshot: [(value.slug, value.name) for value in snapshot.values],
        is_open=True,
        can_match_all=True,
    ),
    Facet(
        name="kind",
        title="Kind",
        plural="kinds",
        verb="are",
        read=lambda snapshot: _one(snapshot.kind),
        choices=Kind,
        shown=6,
        is_open=True,
    ),
    Facet(
        name="mode",
        title="Mode",
        plural="modes",
        verb="are",
        read=_modes,
        choices=Mode,
        order=Order.DECLARED,
        is_open=True,
    ),
    Facet(
        name="audience",
        title="Audience",
        plural="audiences",
        verb="are for",
        read=lambda snapshot: _one(snapshot.audience),
        choices=Audience,
        order=Order.DECLARED,
    ),
    Facet(
        name="duration",
        title="Duration",
        plural="durations",
        verb="took",
        read=lambda snapshot: _one(duration_of(snapshot)),
        choices=Duration,
        order=Order.DECLARED,
    ),
    Facet(
        name="cohort",
        title="Cohort",
        plural="cohorts",
        verb="come from",
        read=_cohort,
        order=Order.LATEST,
        shown=8,
    ),
    Facet(
        name="outcome",
        title="Outcome",
        plural="outcomes",
        verb="ended as",
        read=lambda snapshot: _one(snapshot.outcome),
        choices=Outcome,
        order=Order.DECLARED,
    ),
    Facet(
        name="topic",
        title="Topics",
        plural="topics",
        verb="are about",
        read=lambda snapshot: [(topic.slug, topic.name) for topic in snapshot.topics],
        has_finder=True,
    ),
    Facet(
        name="year",
        title="Year",
        plural="years",
        verb="ran in",
        read=lambda snapshot: [(str(year), "") for year in snapshot.years],
        order=Order.DESCENDING,
        shown=8,
    ),
)

INSIGHT_FACETS = (
    Facet(
        name="value",
        title="Values",
        plural="values",
        verb="are about",
        read=lambda lesson: [(slug, "") for slug in lesson.note.values],
        is_open=True,
        can_match_all=True,
    ),
    Facet(
        name="type",
        title="Type",
        plural="types",
        verb="are of type",
        read=lambda lesson: _one(lesson.note.type),
        choices=InsightType,
        order=Order.DECLARED,
        is_open=True,
    ),
    Facet(
        name="basis",
        title="How we know",
        plural="grounds",
        verb="were",
        read=lambda lesson: _one(lesson.note.basis),
        choices=InsightBasis,
        order=Order.DECLARED,
    ),
    Facet(
        name="kind",
        title="Kind",
        plural="kinds",
        verb="come from a",
        read=lambda lesson: _one(lesson.snapshot.kind),
        choices=Kind,
        shown=6,
    ),
    Facet(
        name="cohort",
        title="Cohort",
        plural="cohorts",
        verb="come from",
        read=lambda lesson: _cohort(lesson.snapshot),
        order=Order.LATEST,
        shown=8,
    ),
)
