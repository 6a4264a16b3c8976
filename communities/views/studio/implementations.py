"""Runs: when and where the community really met, and what came of it."""

from dataclasses import dataclass

from django.db.models import Count
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ...busy import busy_within, told
from ...enums import Outcome
from ...forms.implementations import BaseSessionFormSet, NewRunForm, RunForm, session_rows
from ...models import Implementation
from ...pages.dates import date_range
from ...services.implementations import add_implementation, save_implementation
from . import removal
from .answering import goals_from
from .answers import is_saved, is_sent, returned, saved
from .frame import StudioFrame, open_frame, open_frame_to_write
from .guard import form_data, studio_view

GET_OR_POST = ["GET", "HEAD", "POST"]
EDIT = "communities/studio/implementation.html"


@dataclass(frozen=True)
class RunRow:
    row: Implementation
    name: str
    dates: str
    words: str

    @property
    def is_over(self) -> bool:
        return self.row.outcome != Outcome.NOT_YET_RUN


@dataclass(frozen=True)
class RunPage:
    """The form of one run. `is_gone` when a teammate removed it while it was being written."""

    frame: StudioFrame
    form: NewRunForm | RunForm
    sessions: BaseSessionFormSet
    run: Implementation | None = None
    is_gone: bool = False
    busy: tuple[str, ...] = ()

    @property
    def can_be_announced(self) -> bool:
        return self.run is not None and self.run.outcome == Outcome.NOT_YET_RUN

    @property
    def formsets(self) -> list:
        """For the error summary; rows from an unbound form have nothing to say."""
        return [self.sessions] if self.sessions.is_bound else []


@require_safe
@studio_view
def implementations(request, slug):
    frame = open_frame(request, slug)
    counted = frame.community.implementations.annotate(
        session_count=Count("sessions", distinct=True),
        reflection_count=Count("reflections", distinct=True),
    )
    context = {"frame": frame, "runs": [_row(run) for run in counted]}
    return render(request, "communities/studio/implementations.html", context)


@require_http_methods(GET_OR_POST)
@studio_view
def implementation_new(request, slug):
    frame = open_frame_to_write(request, slug)
    data = form_data(request)
    initial = {"mode": frame.community.mode, **_after(request, frame)}
    form, rows = NewRunForm(data, initial=initial), session_rows(data)
    if is_sent(request, form, rows):
        key = form.once_with(rows.sessions)
        facts = {"sessions": rows.sessions, **form.changes}
        add_implementation(frame.community, by=request.user, key=key, **facts)
        return saved(request, form, "studio_implementations", slug)
    return _show(request, RunPage(frame, form, rows))


def _after(request, frame: StudioFrame) -> dict:
    """For ?after=, the next iteration of a run: where it was, and what to do differently."""
    key = request.GET.get("after", "")
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        return {}
    before = frame.community.implementations.filter(pk=int(key)).first()
    if before is None:
        return {}
    goals = goals_from(request.user, before)
    return {"mode": before.mode, "place": before.place, "goals": goals}


@require_http_methods(GET_OR_POST)
@studio_view
def implementation(request, slug, pk):
    frame = open_frame(request, slug)
    runs = frame.community.implementations.select_related("updated_by")
    run = removal.part_if_there(request, runs, pk)
    if run is None:
        data = removal.as_new(request.POST)
        gone = RunPage(frame, NewRunForm(data), session_rows(data), is_gone=True)
        return _show(request, gone, status=409)
    data = form_data(request)
    form = frame.shown(RunForm(data, instance=run))
    rows = frame.shown(session_rows(data, run))
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        form.sessions = rows.sessions
        if is_saved(request, form, save_implementation, run):
            return saved(request, form, "studio_implementations", slug)
        rows = session_rows(None, run) if form.takes_their_sessions else rows
    return _show(request, RunPage(frame, form, rows, run, busy=_busy(run)))


@require_http_methods(GET_OR_POST)
@studio_view
def implementation_remove(request, slug, pk):
    frame = open_frame_to_write(request, slug)
    back = reverse("studio_implementations", args=[slug])
    run = removal.part_if_there(request, frame.community.implementations.all(), pk)
    if run is None:
        return removal.gone_already(request, back)
    removed = removal.Removal(
        title="Remove this run?",
        lost=_lost_with(run),
        back=back,
        button="Remove the run",
        row=run,
    )
    return removal.ask(request, frame, removed)


def _row(run: Implementation) -> RunRow:
    facts = [run.place]
    counted = (run.participants_within, run.participants_beyond)
    if run.outcome != Outcome.NOT_YET_RUN and any(number is not None for number in counted):
        facts.append(f"{sum(number or 0 for number in counted):,} people")
    if run.session_count:
        facts.append("1 session" if run.session_count == 1 else f"{run.session_count} sessions")
    if run.reflection_count:
        many = f"{run.reflection_count} reflections"
        facts.append("1 reflection" if run.reflection_count == 1 else many)
    words = ", ".join(fact for fact in facts if fact)
    return RunRow(run, run_name(run), date_range(run.starts_on, run.ends_on), words)


def run_name(run: Implementation) -> str:
    """3–7 March 2025, A bicycle shop (ran)"""
    dates = date_range(run.starts_on, run.ends_on) or "No date yet"
    name = f"{dates}, {run.place}" if run.place else dates
    return f"{name} ({run.get_outcome_display().lower()})"


def _busy(run: Implementation) -> tuple[str, ...]:
    """What the days of a run that lies ahead meet with. At most one query."""
    if run.outcome != Outcome.NOT_YET_RUN or run.starts_on is None:
        return ()
    return told(busy_within([(run.starts_on, run.ends_on or run.starts_on)]))


def _lost_with(run) -> tuple[str, ...]:
    lost = [run_name(run)]
    sessions, reflections = run.sessions.count(), run.reflections.count()
    if sessions:
        lost.append("Its session" if sessions == 1 else f"Its {sessions} sessions")
    if reflections:
        words = "The reflection" if reflections == 1 else f"All {reflections} reflections"
        lost.append(f"{words} written on it")
    return tuple(lost)


def _show(request, page: RunPage, *, status: int = 0):
    context = {"frame": page.frame, "page": page, "form": page.form, "sessions": page.sessions}
    context |= {"is_gone": True} if page.is_gone else {}
    forms = (page.form, *page.formsets)
    return returned(request, EDIT, context, *forms, status=status)
