"""A design in plain words, part by part, so that two of them can be compared."""

from collections.abc import Iterable
from dataclasses import fields

from ..enums import (
    Audience,
    Consent,
    InsightBasis,
    InsightType,
    Kind,
    Licence,
    Mode,
    Outcome,
    PhotoKind,
    ReflectionStage,
    TeamRole,
)
from ..snapshot import ImplementationNote, InsightNote, PhotoNote, ReflectionText, Snapshot
from ..structure import as_lines

PROMPTS = {
    "worked_well": "What worked well",
    "did_not_work": "What did not",
    "matched": "What matched our expectations",
    "surprised": "What surprised us",
    "differently": "What we would do differently",
}


def section_text(section) -> str:
    if section is None:
        return ""
    columns = (("What it is", section.is_text), ("What it is not", section.is_not_text))
    return "\n\n".join(
        [
            section.body,
            as_lines(section.structure),
            *(f"{title}:\n\n{text}" for title, text in columns if text.strip()),
            *_more(section, known=_OF_SECTION),
        ]
    )


_OF_SECTION = ("key", "title", "body", "is_text", "is_not_text", "structure")


def _more(note, *, known: tuple[str, ...]) -> Iterable[str]:
    """What a part of a snapshot says in fields that have no words of their own here."""
    for field in fields(note):
        if field.name not in known and (value := getattr(note, field.name)):
            yield f"{_spoken(field.name)}: {_told(value)}"


def _spoken(name: str) -> str:
    return name.removesuffix("_key").replace("_", " ").capitalize()


def _told(value) -> str:
    """Any value of a snapshot in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return "\n\n".join(map(_told, value))
    if hasattr(value, "__dataclass_fields__"):
        return ", ".join(told for f in fields(value) if (told := _told(getattr(value, f.name))))
    return str(value or "")


def purpose(snapshot: Snapshot) -> str:
    purpose = snapshot.purpose
    parts = ("We bring together", purpose.who), ("to", purpose.what), ("so that", purpose.so_that)
    return " ".join(f"{opening} {text}" for opening, text in parts if text)


def runs(snapshot: Snapshot) -> str:
    return "\n\n".join(_run(run) for run in snapshot.implementations)


def _run(run: ImplementationNote) -> str:
    days = " to ".join(str(day) for day in (run.starts_on, run.ends_on) if day)
    facts = (label(Outcome, run.outcome), days, label(Mode, run.mode), run.place, run.link)
    room = f"Room for {run.capacity}." if run.capacity is not None else ""
    lines = [". ".join(fact for fact in facts if fact) + ".", room, run.outcome_note, _reach(run)]
    lines += [f"{s.date}: {s.title}. {s.notes} {_reach(s)}".strip() for s in run.sessions]
    lines += _more(run, known=_OF_RUN)
    return "\n\n".join(line for line in lines if line)


_OF_RUN = tuple(
    "outcome outcome_note mode place link starts_on ends_on participants_within"
    " capacity participants_beyond sessions reflections".split()
)


def _reach(counted) -> str:
    numbers = (
        (counted.participants_within, "from the institution"),
        (counted.participants_beyond, "from beyond it"),
    )
    words = ", ".join(f"{number} {words}" for number, words in numbers if number is not None)
    return f"Took part: {words}." if words else ""


def reflections(snapshot: Snapshot) -> str:
    return "\n\n".join(
        f"{_speaker(reflection)}. {title}:\n\n{text}"
        for run in snapshot.implementations
        for reflection in run.reflections
        for title, text in _answers(reflection)
        if text.strip()
    )


def _answers(reflection: ReflectionText) -> Iterable[tuple[str, str]]:
    for name, title in PROMPTS.items():
        yield title, getattr(reflection, name)
    for said in reflection.value_answers:
        yield f"{said.name}. {said.question}", said.answer


def _speaker(reflection) -> str:
    stage = label(ReflectionStage, reflection.stage).lower()
    return f"{reflection.author or 'The team'}, {stage}"


def insights(insights: tuple[InsightNote, ...]) -> str:
    return "\n\n".join(
        f"{label(InsightType, insight.type)}: {insight.headline}"
        f" {insight.body} ({_rests_on(insight)})"
        for insight in insights
    )


def _rests_on(insight: InsightNote) -> str:
    basis = label(InsightBasis, insight.basis) or "no basis given"
    return ", ".join((basis, *insight.values))


def about(snapshot: Snapshot) -> dict[str, str]:
    """The short fields by their labels."""
    return {
        "Title": snapshot.title,
        "Kind": label(Kind, snapshot.kind),
        "Mode": label(Mode, snapshot.mode),
        "For": label(Audience, snapshot.audience),
        "Who exactly": snapshot.audience_note,
        "Cohort": snapshot.cohort.name if snapshot.cohort else "",
        "Built on": snapshot.built_on.name if snapshot.built_on else "",
        "Topics": ", ".join(sorted(topic.name for topic in snapshot.topics)),
        "Team": ", ".join(f"{p.name}{_part(p.role)}" for p in snapshot.team),
        "Licence": label(Licence, snapshot.licence),
        "Credit line": snapshot.credit,
        "Source": snapshot.source_url,
        "Attachments": ", ".join(note.caption or note.name for note in snapshot.attachments),
    }


def _part(role: str) -> str:
    return " (lead)" if role == TeamRole.LEAD else ""


_OF_PICTURE = "key kind files color alt caption credit consent".split()


def picture_words(photo: PhotoNote, snapshot: Snapshot) -> dict[str, str]:
    more = [field.name for field in fields(photo) if field.name not in _OF_PICTURE]
    return {
        **{_spoken(name): _told(getattr(photo, name)) for name in more},
        "Description": photo.alt,
        "Caption": photo.caption,
        "Credit": photo.credit,
        "Kind": label(PhotoKind, photo.kind),
        "Consent": label(Consent, photo.consent),
        "Cover": "yes" if snapshot.cover and snapshot.cover.key == photo.key else "no",
    }


def label(choices, value: str) -> str:
    """The word for a stored choice; one that is no longer offered stands as it was stored."""
    return choices(value).label if value in choices.values else value
