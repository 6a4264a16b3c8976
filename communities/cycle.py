"""Where a design stands on the way imagine → design → ready → run → reflect → publish → build on.

Computed from what is there, never stored. A later station that was reached answers for the
earlier ones: who has run it was ready to.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.timezone import localtime

from .checklist import has_run
from .models import Community


class Station(TextChoices):
    IMAGINE = "imagine", "Imagine"
    DESIGN = "design", "Design"
    READY = "ready", "Ready"
    RUN = "run", "Run"
    REFLECT = "reflect", "Reflect"
    PUBLISH = "publish", "Publish"
    BUILD_ON = "build-on", "Build on"


@dataclass(frozen=True)
class Step:
    """One station: `state` is done, now or todo; `when` may be empty."""

    station: Station
    state: str
    when: str = ""

    @property
    def spoken(self) -> str:
        return {"done": "done", "now": "now", "todo": "to come"}[self.state]


def steps_of(community: Community, *, children: int = 0) -> tuple[Step, ...]:
    """The seven steps of a community that has the checklist's PARTS at hand. No query."""
    reached = [number for number, test in enumerate(_REACHED) if test(community)]
    now = max(reached, default=-1) + 1
    if children:
        now = len(Station)
    steps = []
    for number, station in enumerate(Station):
        state = "done" if number < now else "now" if number == now else "todo"
        steps.append(Step(station, state, _when(station, community) if state == "done" else ""))
    return tuple(steps)


def present(steps: tuple[Step, ...]) -> Station:
    """The station to work at: the one that is now, or the last."""
    return next((step.station for step in steps if step.state == "now"), Station.BUILD_ON)


def _is_imagined(community: Community) -> bool:
    purpose = (community.purpose_who, community.purpose_what, community.purpose_so_that)
    return bool(
        community.kind and community.summary and all(purpose) and community.community_values.all()
    )


def _is_designed(community: Community) -> bool:
    """Every value says how it shapes the design, and a fair part of the document is written."""
    written = [section for section in community.sections.all() if not section.is_empty]
    links = community.community_values.all()
    has_reasons = all(link.rationale.strip() for link in links)
    return _is_imagined(community) and has_reasons and len(written) >= ENOUGH_SECTIONS


ENOUGH_SECTIONS = 5


def _is_ready(community: Community) -> bool:
    runs = community.implementations.all()
    return any(run.starts_on and (run.place or run.link) for run in runs)


def _is_reflected(community: Community) -> bool:
    runs = community.implementations.all()
    return has_run(community) and any(r.answered for run in runs for r in run.reflections.all())


_REACHED = (
    _is_imagined,
    _is_designed,
    lambda community: _is_designed(community) and _is_ready(community),
    has_run,
    _is_reflected,
    lambda community: community.is_published,
)


def _when(station: Station, community: Community) -> str:
    if station is Station.IMAGINE:
        return f"{localtime(community.created_at):%-d %B}"
    if station is Station.RUN:
        days = [run.starts_on for run in community.implementations.all() if run.starts_on]
        return f"{min(days):%-d %B %Y}" if days else ""
    if station is Station.PUBLISH and community.published_at:
        return f"{localtime(community.published_at):%-d %B %Y}"
    return ""
