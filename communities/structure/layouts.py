"""The layouts of structured sections: one class for each, with its sums and its doubts.

A class is named in its tag as in SectionLayout. Old versions hold these tags and names for
ever: add what you like, but rename nothing.
"""

from msgspec import convert

from .budget import Budget
from .calendar import Calendar
from .cells import Row, Structure, choice, count, day, line, rows, tick
from .kinds import Evidence, MeetingKind, Need, Phase, Rhythm, RiskKind, SectionLayout, Work
from .words import counted, listed, quoted


class Role(Row, frozen=True, kw_only=True):
    role: line("Role", 120) = ""
    does: line("What this person does, so that others can see it", 300) = ""
    people: count("How many", 10_000) = None
    leads: tick("Leads the community") = False


class Roles(Structure, frozen=True, kw_only=True, tag=SectionLayout.ROLES.value):
    members: count("How many members", 1_000_000, hint="Those who take part, leaders included.") = (
        None
    )
    ages: line("Of what ages", 80) = ""
    roles: rows(Role, "Roles", one="role", hint="Roles rather than names of people.") = ()

    def doubts(self):
        if self.roles and not any(role.leads for role in self.roles):
            yield "No role leads the community: tick the one that does."
        if idle := [role.role for role in self.roles if role.role and not role.does]:
            yield f"What {quoted(idle[0])} does is not said yet."


class Meeting(Row, frozen=True, kw_only=True):
    kind: choice("Who meets", MeetingKind) = ""
    rhythm: choice("How often", Rhythm) = ""
    minutes_from: count("Minutes, from", 1_440) = None
    minutes_to: count("to", 1_440) = None
    purpose: line("What for", 300) = ""


class Norm(Row, frozen=True, kw_only=True):
    norm: line("What we agree on", 300) = ""


class Meetings(Structure, frozen=True, kw_only=True, tag=SectionLayout.MEETINGS.value):
    meetings: rows(
        Meeting,
        "The frame",
        one="meeting",
        most=12,
        hint="For example: the whole group every month for 90 to 120 minutes, and one to one"
        " touch points between.",
    ) = ()
    norms: rows(Norm, "Norms", one="norm", most=12, hint="Three to six are remembered.") = ()

    def doubts(self):
        kinds = {meeting.kind for meeting in self.meetings}
        if self.meetings and MeetingKind.WHOLE not in kinds:
            yield "It is not said when the whole group meets."
        if self.meetings and not kinds & {MeetingKind.SMALL, MeetingKind.PAIRS}:
            yield "There is no small group and no one to one touch point."
        if any(meeting.minutes_from is None for meeting in self.meetings):
            yield "Not every meeting says how long it is."


class Part(Row, frozen=True, kw_only=True):
    phase: choice("Part of the cycle", Phase) = ""
    minutes: count("Minutes", 1_440) = None
    what: line("What people do", 400) = ""


class Cycle(Structure, frozen=True, kw_only=True, tag=SectionLayout.CYCLE.value):
    parts: rows(Part, "One session, part by part", one="part", blanks=4) = ()

    @property
    def minutes(self) -> int:
        return sum(part.minutes or 0 for part in self.parts)

    def notes(self):
        if self.minutes:
            yield f"One session takes {counted(self.minutes, 'minute')}."

    def doubts(self):
        if not self.parts:
            return
        if missing := [p.label.lower() for p in CYCLE if p not in {q.phase for q in self.parts}]:
            yield f"The cycle has no part for this yet: {listed(missing)}."
        if untimed := sum(part.minutes is None for part in self.parts):
            yield f"{counted(untimed, 'part')} of the session {_has(untimed)} no length in minutes."


CYCLE = (Phase.TRY, Phase.COLLECT, Phase.EXAMINE, Phase.NEXT)


class Barrier(Row, frozen=True, kw_only=True):
    kind: choice("Kind", Need) = ""
    need: line("What stands in the way, or is needed", 300) = ""
    antidote: line("Antidote: what we do", 400) = ""


class Barriers(Structure, frozen=True, kw_only=True, tag=SectionLayout.BARRIERS.value):
    suggests = ("barriers", "kind", "need", "antidote")
    barriers: rows(Barrier, "Barriers and antidotes", one="barrier") = ()

    def doubts(self):
        if bare := [row.need for row in self.barriers if row.need and not row.antidote]:
            yield f"There is no antidote yet to {quoted(bare[0])}."


class Risk(Row, frozen=True, kw_only=True):
    kind: choice("Kind", RiskKind) = ""
    risk: line("What could happen", 300) = ""
    before: line("Safeguard: what we do beforehand", 400) = ""
    then: line("What we do when it happens", 400) = ""
    who: line("Who sees to it", 80) = ""


class Risks(Structure, frozen=True, kw_only=True, tag=SectionLayout.RISKS.value):
    suggests = ("risks", "kind", "risk", "before")
    risks: rows(Risk, "Risks and safeguards", one="risk") = ()

    def doubts(self):
        if bare := [r.risk for r in self.risks if r.risk and not (r.before or r.then)]:
            yield f"There is no safeguard yet against {quoted(bare[0])}."


class Task(Row, frozen=True, kw_only=True):
    kind: choice("Part of the plan", Work) = ""
    task: line("What is to be done", 300) = ""
    who: line("Who", 80) = ""
    by: day("By which day") = None
    is_done: tick("Done") = False


class Tasks(Structure, frozen=True, kw_only=True, tag=SectionLayout.TASKS.value):
    suggests = ("tasks", "kind", "task", "")
    at_least: count("From how many participants we go ahead", 1_000_000) = None
    otherwise: line("What we do if there are fewer", 300) = ""
    tasks: rows(Task, "Checklist", one="task", most=40, blanks=4) = ()

    def notes(self):
        if self.tasks:
            done = sum(task.is_done for task in self.tasks)
            yield f"{done} of {counted(len(self.tasks), 'task')} done."

    def doubts(self):
        if not self.tasks:
            return
        if missing := [w.label.lower() for w in Work if w not in {t.kind for t in self.tasks}]:
            yield f"The checklist has nothing on {listed(missing)}."
        if loose := sum(not (task.who and task.by) for task in self.tasks if not task.is_done):
            yield f"{counted(loose, 'task')} {_has(loose)} no name or no day beside {_it(loose)}."
        if self.at_least is None:
            yield "It is not said from how many participants you go ahead."


class Sign(Row, frozen=True, kw_only=True):
    sign: line("What we look at", 300) = ""
    how: choice("How", Evidence) = ""
    who: line("Who notes it, and when", 120) = ""
    against: line("What would show that we were wrong", 300) = ""


class Signs(Structure, frozen=True, kw_only=True, tag=SectionLayout.EVIDENCE.value):
    suggests = ("signs", "how", "sign", "against")
    signs: rows(Sign, "What we look at", one="sign", most=12) = ()

    def doubts(self):
        if self.signs and not any(sign.against for sign in self.signs):
            yield "No sign says what would show that you were wrong."
        if loose := sum(not sign.who for sign in self.signs):
            yield f"Nobody is named yet to note {counted(loose, 'sign')}."


def _has(number: int) -> str:
    return "has" if number == 1 else "have"


def _it(number: int) -> str:
    return "it" if number == 1 else "them"


AnyStructure = Roles | Meetings | Calendar | Cycle | Barriers | Risks | Budget | Tasks | Signs
STRUCTURES: dict[str, type[Structure]] = {
    made.__struct_config__.tag: made for made in AnyStructure.__args__
}


def from_json(data: dict | None) -> Structure | None:
    """Raises msgspec.ValidationError when `data` is no structure of a known layout."""
    return convert(data, AnyStructure) if data else None


def structure_of(layout: str) -> type[Structure] | None:
    """The class of a layout; None for those of free text alone."""
    return STRUCTURES.get(layout)
