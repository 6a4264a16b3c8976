"""The words that a published design, or a lesson of it, is found by; nothing reads the database."""

import re
import unicodedata

from communities.enums import Audience, InsightType, Kind
from communities.snapshot import ImplementationNote, InsightNote, Snapshot
from communities.structure import as_lines

from .text import PART_BREAK
from .vocabulary import KIND_ALIASES, Word

# What PostgreSQL can index of one design (1 MB of lexemes) bounds what is searched of it.
COLUMN_CHARACTERS = {"title": 240, "summary": 4_000, "held": 40_000, "rest": 120_000}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
Parts = list[tuple[str, str]]

PROMPTS = {
    "worked_well": "What worked well",
    "did_not_work": "What didn’t work",
    "matched": "What matched expectations",
    "surprised": "What surprised us",
    "differently": "What we’d do differently",
}


def text_of_design(snapshot: Snapshot, words: dict[str, Word]) -> dict:
    """The columns of its models.SearchedText. `words` are the vocabulary by slug."""
    return _columns(
        title=[("Title", snapshot.title)],
        summary=_summary(snapshot),
        held=_held(snapshot, words),
        rest=_rest(snapshot),
    )


def text_of_insight(
    note: InsightNote, snapshot: Snapshot, values: list[dict], words: dict[str, Word]
) -> dict:
    """The same of one lesson; `values` are those that it speaks of, as [{slug, name, mark}]."""
    return _columns(
        title=[("Headline", note.headline)],
        summary=[("Lesson", note.body)],
        held=[
            *(("Value", _called(value["slug"], value["name"], words)) for value in values),
            ("Type", label_of(InsightType, note.type)),
        ],
        rest=[("Design", snapshot.title), _kind(snapshot)],
    )


def label_of(choices, value: str) -> str:
    """The name of a choice; one that is no longer offered stands for itself."""
    try:
        return choices(value).label
    except ValueError:
        return value


def _columns(**columns: Parts) -> dict:
    texts, names = {}, {}
    for column, parts in columns.items():
        filled = [(name, _clean(text)) for name, text in parts if text.strip()]
        names[column] = [name for name, _ in filled]
        whole = PART_BREAK.join(text for _, text in filled)
        texts[column] = whole[: COLUMN_CHARACTERS[column]]
    return {**texts, "parts": names}


def _summary(snapshot: Snapshot) -> Parts:
    purpose = snapshot.purpose
    sentence = ", ".join(part for part in (purpose.who, purpose.what, purpose.so_that) if part)
    return [("Summary", snapshot.summary), ("Big purpose", sentence)]


def _held(snapshot: Snapshot, words: dict[str, Word]) -> Parts:
    parts = []
    for value in snapshot.values:
        parts += [
            ("Value", _called(value.slug, value.name, words)),
            (f"{value.name}, why", value.rationale),
            (f"{value.name}, what we saw", value.evidence),
        ]
    parts += [("Insight", f"{note.headline}\n{note.body}") for note in snapshot.insights]
    parts += [_kind(snapshot), ("Topics", ", ".join(topic.name for topic in snapshot.topics))]
    return parts


def _kind(snapshot: Snapshot) -> tuple[str, str]:
    name, aliases = label_of(Kind, snapshot.kind), KIND_ALIASES.get(snapshot.kind, ())
    return "Kind", _also_called(name, aliases)


def _called(slug: str, name: str, words: dict[str, Word]) -> str:
    return _also_called(name, words[slug].aliases if slug in words else ())


def _rest(snapshot: Snapshot) -> Parts:
    parts = [
        ("Description", snapshot.description),
        ("Who it is for", f"{label_of(Audience, snapshot.audience)} {snapshot.audience_note}"),
        ("Cohort", snapshot.cohort.name if snapshot.cohort else ""),
        ("Credit", snapshot.credit),
    ]
    for section in snapshot.sections:
        texts = (section.body, section.is_text, section.is_not_text)
        text = "\n".join((*texts, as_lines(section.structure)))
        parts.append((section.title, text))
    for run in snapshot.implementations:
        parts += _run(run)
    parts += [("Picture", f"{photo.caption}\n{photo.alt}") for photo in snapshot.photos]
    return parts


def _run(run: ImplementationNote) -> Parts:
    parts = [("The run", "\n".join((run.place, run.outcome_note)))]
    parts += [("The run", f"{session.title}\n{session.notes}") for session in run.sessions]
    for reflection in run.reflections:
        parts += [(name, getattr(reflection, prompt)) for prompt, name in PROMPTS.items()]
    return parts


def _also_called(name: str, aliases: tuple[str, ...]) -> str:
    return f"{name}, also called {', '.join(aliases)}" if aliases else name


def _clean(text: str) -> str:
    return CONTROL.sub(" ", unicodedata.normalize("NFC", text)).strip()
