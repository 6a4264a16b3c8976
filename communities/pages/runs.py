"""What happened: the runs, session by session, and the five answers looking back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..enums import Outcome, ReflectionStage
from ..snapshot import ImplementationNote, ReflectionText, SessionNote, Snapshot
from .dates import date_range, weekday
from .facts import Reach

# Beyond this many dots nobody counts them, and the number alone says more.
MOST_SEATS = 120


@dataclass(frozen=True, kw_only=True)
class SessionView:
    when: str
    title: str
    notes: str
    reach: Reach

    @property
    def seats(self) -> bool:
        return 0 < self.reach.total <= MOST_SEATS

    @property
    def within(self) -> range:
        return range(self.reach.within or 0)

    @property
    def beyond(self) -> range:
        return range(self.reach.beyond or 0)


@dataclass(frozen=True, kw_only=True)
class RunView:
    """A run worth a chapter: with sessions, with goals, or with a note on how it went."""

    id: str
    heading: str
    note: str
    goals: tuple[str, ...]
    sessions: tuple[SessionView, ...]

    @property
    def has_seats(self) -> bool:
        return any(session.seats for session in self.sessions)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """An outcome other than that it ran, said plainly."""

    title: str
    note: str
    is_warning: bool


@dataclass(frozen=True, kw_only=True)
class Answer:
    text: str
    author: str


@dataclass(frozen=True, kw_only=True)
class Prompt:
    heading: str
    answers: tuple[Answer, ...]


def runs_of(snapshot: Snapshot) -> tuple[RunView, ...]:
    told = [
        run
        for run in snapshot.implementations
        if run.sessions or run.goals.strip() or _ran_with_note(run)
    ]
    return tuple(
        RunView(
            id=f"run-{number}",
            heading=_heading(run, number, of=len(told)),
            note=run.outcome_note if _ran_with_note(run) else "",
            goals=lines_of(run.goals),
            sessions=tuple(_session(session) for session in run.sessions),
        )
        for number, run in enumerate(told, 1)
    )


def notices_of(snapshot: Snapshot) -> tuple[Notice, ...]:
    """One for each run that did not run to its end."""
    return tuple(_notice(run) for run in snapshot.implementations if run.outcome in _STATEMENTS)


def reflections_of(snapshot: Snapshot) -> tuple[Prompt, ...]:
    """Always the five prompts in their order, then the questions of values that were answered.

    Nothing at all when nobody has looked back.
    """
    runs = snapshot.implementations
    told = [(run, text) for run in runs for text in run.reflections]
    if not told:
        return ()
    prompts = []
    for name, heading in PROMPTS.items():
        answers = (
            Answer(text=getattr(text, name), author=_author(run, text, among=len(told)))
            for run, text in told
            if getattr(text, name).strip()
        )
        prompts.append(Prompt(heading=heading, answers=tuple(answers)))
    return (*prompts, *_about_values(told))


def _about_values(told: list[tuple[ImplementationNote, ReflectionText]]) -> Iterable[Prompt]:
    asked: dict[str, list[Answer]] = {}
    for run, text in told:
        for said in text.value_answers:
            author = _author(run, text, among=len(told))
            heading = f"{said.name}: {said.question}"
            asked.setdefault(heading, []).append(Answer(text=said.answer, author=author))
    return (Prompt(heading=heading, answers=tuple(said)) for heading, said in asked.items())


def lines_of(text: str) -> tuple[str, ...]:
    """One entry for each line, without the dashes or stars that people write lists with."""
    lines = (re.sub(r"^[-*•–]\s+", "", line.strip()) for line in text.splitlines())
    return tuple(line for line in lines if line)


PROMPTS = {
    "worked_well": "What worked well",
    "did_not_work": "What didn’t",
    "matched": "What matched our expectations",
    "surprised": "What surprised us",
    "differently": "What we would do differently",
}

_STATEMENTS = {
    Outcome.STOPPED_EARLY: "This stopped early",
    Outcome.DID_NOT_HAPPEN: "This did not happen",
    Outcome.NOT_YET_RUN: "This has not run yet",
}


def _ran_with_note(run: ImplementationNote) -> bool:
    return run.outcome not in _STATEMENTS and bool(run.outcome_note.strip())


def _heading(run: ImplementationNote, number: int, *, of: int) -> str:
    if of == 1:
        return "The run"
    dates = date_range(run.starts_on, run.ends_on)
    return f"Run {number}: {dates}" if dates else f"Run {number}"


def _session(session: SessionNote) -> SessionView:
    reach = Reach(within=session.participants_within, beyond=session.participants_beyond)
    return SessionView(
        when=weekday(session.date), title=session.title, notes=session.notes, reach=reach
    )


def _notice(run: ImplementationNote) -> Notice:
    dates = date_range(run.starts_on, run.ends_on)
    word = "planned for " if run.outcome != Outcome.STOPPED_EARLY else ""
    title = _STATEMENTS[run.outcome]
    return Notice(
        title=f"{title}: {word}{dates}" if dates else title,
        note=run.outcome_note,
        is_warning=run.outcome != Outcome.NOT_YET_RUN,
    )


def _author(run: ImplementationNote, text: ReflectionText, *, among: int) -> str:
    """Who speaks, said only where there is more than one voice."""
    if among == 1 and not text.author:
        return ""
    stage = (
        ReflectionStage(text.stage).label.lower() if text.stage in ReflectionStage.values else ""
    )
    words = [text.author or "The team", stage]
    return ", ".join(word for word in words if word)
