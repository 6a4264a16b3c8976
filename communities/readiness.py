"""Is a run specific enough, and of a realistic size, to be announced? In plain sentences.

Nothing here forbids anything: a team reads what is open, mends it, or announces all the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from .busy import falling_into, periods_around, told
from .checklist import with_parts
from .enums import Mode, Outcome
from .models import BusyPeriod, Community, Implementation, Section, SectionTemplate
from .pages.dates import day
from .structure import Structure
from .structure.calendar import Calendar
from .structure.kinds import SectionLayout
from .structure.layouts import Cycle, Roles, Tasks

# Layouts whose section says too little while it is text alone, and in what words.
WANTED = {
    SectionLayout.BUDGET: "The budget has no figures yet.",
    SectionLayout.CALENDAR: "The calendar has no dates yet.",
}


@dataclass(frozen=True)
class Remark:
    """Something that is not yet specific or realistic, and the place to settle it."""

    text: str
    url: str


@dataclass(frozen=True)
class Part:
    """What a section says in rows; `plan` is None where it has none."""

    template: SectionTemplate
    section: Section | None
    plan: Structure | None
    url: str


def next_run(community: Community) -> Implementation | None:
    """The one that lies ahead, the earliest with a date. No query with PARTS at hand."""
    ahead = [r for r in community.implementations.all() if r.outcome == Outcome.NOT_YET_RUN]
    return min(ahead, key=lambda run: (run.starts_on is None, run.starts_on, run.pk), default=None)


def readiness_now(community: Community, run: Implementation) -> tuple[Remark, ...]:
    """As readiness_of, of what is saved now. 9 queries."""
    templates = list(SectionTemplate.objects.filter(is_active=True))
    return readiness_of(with_parts(community), templates, run)


def readiness_of(
    community: Community,
    templates: list[SectionTemplate],
    run: Implementation,
    busy: list[BusyPeriod] | None = None,
) -> tuple[Remark, ...]:
    """What is open before `run` is announced: of the run, then of the design.

    For a `community` that has the checklist's PARTS at hand: one query for the sessions unless
    they are as well, and one for the busy periods unless `busy` has those around the run.
    """
    if busy is None:
        busy = periods_around(days_of([run]))
    parts = _parts(community, templates)
    place = reverse("studio_implementation", args=[community.slug, run.pk])
    return (
        *(Remark(text, f"{place}#{field}") for field, text in _facts(run, parts, busy)),
        *_design(community),
        *(Remark(text, part.url) for part in parts for text in _doubts(part, parts)),
    )


def days_of(runs: Iterable[Implementation]) -> list[tuple[date, date]]:
    """First and last day of those that have a date."""
    return [(run.starts_on, run.ends_on or run.starts_on) for run in runs if run.starts_on]


def _parts(community: Community, templates: list[SectionTemplate]) -> list[Part]:
    sections = {section.template_id: section for section in community.sections.all()}
    parts = []
    for template in templates:
        section = sections.get(template.pk)
        url = reverse("studio_section", args=[community.slug, template.key])
        plan = section.plan if section else None
        parts.append(Part(template, section, plan, f"{url}#ledger"))
    return parts


def _plan(parts: list[Part], layout: type):
    return next((part.plan for part in parts if isinstance(part.plan, layout)), None)


def _facts(
    run: Implementation, parts: list[Part], busy: list[BusyPeriod]
) -> Iterable[tuple[str, str]]:
    """Of the run itself: pairs of a field and a sentence."""
    yield from _when(run, busy)
    yield from _where(run)
    yield from _how_many(run, _plan(parts, Tasks))
    days = [session.date for session in run.sessions.all()]
    if not days:
        yield "id_sessions", "No session is planned yet."
    for outside in _outside(run, days):
        yield "id_sessions", f"The session on {day(outside)} lies outside the days of the run."


def _when(run: Implementation, busy: list[BusyPeriod]) -> Iterable[tuple[str, str]]:
    if run.starts_on is None:
        yield "id_starts_on", "It has no dates yet."
        return
    if run.starts_on < timezone.localdate():
        yield "id_starts_on", f"Its first day, {day(run.starts_on)}, lies in the past."
    for sentence in told(falling_into(days_of([run]), busy)):
        yield "id_starts_on", sentence


def _where(run: Implementation) -> Iterable[tuple[str, str]]:
    if not run.mode:
        yield "id_mode", "It is not said whether people meet in person, online or both."
    if run.mode != Mode.ONLINE and not run.place.strip():
        yield "id_place", "It has no place: people would not know where to go."
    if run.mode in (Mode.ONLINE, Mode.HYBRID) and not run.link:
        yield "id_link", "It has no link: people online would not know where to go."


def _how_many(run: Implementation, tasks: Tasks | None) -> Iterable[tuple[str, str]]:
    if not run.capacity:
        yield "id_capacity", "It is not said how many people there is room for."
    elif tasks and tasks.at_least and tasks.at_least > run.capacity:
        yield (
            "id_capacity",
            f"You go ahead from {tasks.at_least:,} people, and there is room for {run.capacity:,}.",
        )


def _outside(run: Implementation, days: list[date]) -> list[date]:
    if run.starts_on is None:
        return []
    return [when for when in days if not run.starts_on <= when <= (run.ends_on or run.starts_on)]


def _design(community: Community) -> Iterable[Remark]:
    about = reverse("studio_about", args=[community.slug])
    purpose = (community.purpose_who, community.purpose_what, community.purpose_so_that)
    if not all(purpose):
        yield Remark("The big purpose is not a whole sentence yet.", f"{about}#id_purpose_who")
    url = reverse("studio_values", args=[community.slug])
    links = list(community.community_values.all())
    if not links:
        yield Remark("No value is chosen yet.", url)
    for link in links:
        if not link.rationale.strip():
            text = f"It is not said how {link.tag.name.lower()} shapes the design."
            yield Remark(text, f"{url}#id_why-{link.tag.slug}")


def _doubts(part: Part, parts: list[Part]) -> Iterable[str]:
    layout = part.template.layout
    if part.plan is not None:
        yield from part.plan.doubts()
    elif layout in WANTED and part.section and not part.section.is_empty:
        yield WANTED[layout]
    if layout == SectionLayout.ROLES and not (isinstance(part.plan, Roles) and part.plan.roles):
        yield "Nobody leads it yet: say which role does."
    if isinstance(part.plan, Cycle):
        yield from _too_long(part.plan, _plan(parts, Calendar))


def _too_long(cycle: Cycle, calendar: Calendar | None) -> Iterable[str]:
    """More hours than the calendar holds."""
    longest = calendar.longest_meeting if calendar else 0
    if longest and cycle.minutes > longest:
        yield (
            f"One session takes {cycle.minutes} minutes, and the longest meeting in the calendar"
            f" has {longest}."
        )
