"""What the gallery derives from one published version; nothing here reads the database."""

import re
import unicodedata
from dataclasses import dataclass, field

from communities.enums import Audience, Kind, Mode, Outcome
from communities.models import Community
from communities.snapshot import ImplementationNote, Snapshot

from .facets import FACETS, duration_of
from .models import Entry, EntryFacet, EntryInsight, EntryInsightValue, EntryText
from .text.parts import PART_BREAK
from .vocabulary import KIND_ALIASES, Word

# Counts changes of what this module derives: `rebuild_search --check` then rebuilds everything.
FORMAT = 2
# What PostgreSQL can index of one design (1 MB of lexemes) bounds what is searched of it.
COLUMN_CHARACTERS = {"title": 200, "summary": 4_000, "held": 40_000, "rest": 120_000}
REASON_CHARACTERS = 600
DESCRIPTION_CHARACTERS = 320
ANSWER_CHARACTERS = 220
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

PROMPTS = {
    "worked_well": "What worked well",
    "did_not_work": "What didn’t work",
    "matched": "What matched expectations",
    "surprised": "What surprised us",
    "differently": "What we’d do differently",
}
# The candid ones, in the order in which the entrance would quote them.
QUOTED_PROMPTS = ("surprised", "did_not_work", "differently")
Parts = list[tuple[str, str]]


@dataclass
class Rows:
    entry: Entry
    facets: list[EntryFacet]
    text: EntryText
    insights: list[EntryInsight]
    insight_values: list[EntryInsightValue] = field(default_factory=list)


def rows_of(
    community: Community,
    snapshot: Snapshot,
    *,
    words: dict[str, Word],
    parent_id: int | None,
) -> Rows:
    """The unsaved rows of a published community. `snapshot` is without its hidden pictures."""
    entry = Entry(
        number=community.catalogue_number,
        community=community,
        version_id=community.published_version_id,
        published_at=community.published_at,
        slug=community.slug,
        title=snapshot.title,
        summary=snapshot.summary,
        kind=snapshot.kind,
        mode=snapshot.mode,
        audience=snapshot.audience,
        duration=duration_of(snapshot),
        outcome=snapshot.outcome,
        year=snapshot.years[-1] if snapshot.years else None,
        cohort_slug=snapshot.cohort.slug if snapshot.cohort else "",
        cohort_name=snapshot.cohort.name if snapshot.cohort else "",
        participants=snapshot.participants,
        parent_id=parent_id,
        card=shown_on_card(snapshot),
        excerpts=excerpts_of(snapshot),
    )
    facets = [
        EntryFacet(entry=entry, facet=facet.name, choice=choice, label=label)
        for facet in FACETS
        for choice, label in dict(facet.read(snapshot)).items()
    ]
    rows = Rows(entry, facets, _text(entry, snapshot, words), [])
    for position, note in enumerate(snapshot.insights):
        insight = EntryInsight(
            entry=entry,
            position=position,
            type=note.type,
            headline=note.headline,
            body=note.body,
            basis=note.basis,
            values=_named(note.values, snapshot, words),
        )
        rows.insights.append(insight)
        rows.insight_values += [
            EntryInsightValue(insight=insight, value=value["slug"]) for value in insight.values
        ]
    return rows


def shown_on_card(snapshot: Snapshot) -> dict:
    """What a result card shows beyond the columns of the entry, as JSON."""
    cover = snapshot.cover
    return {
        "cover": cover
        and {
            "key": cover.key,
            "color": cover.color,
            "alt": cover.alt,
            "files": [
                {"name": file.name.rpartition("/")[2], "width": file.width, "height": file.height}
                for file in cover.files
            ],
        },
        "line": line_of(snapshot),
        "values": [
            {
                "slug": value.slug,
                "name": value.name,
                "mark": value.mark,
                "rationale": shortened(value.rationale, REASON_CHARACTERS),
                "evidence": shortened(value.evidence, REASON_CHARACTERS),
            }
            for value in snapshot.values
        ],
    }


def excerpts_of(snapshot: Snapshot) -> dict:
    """What the entrance may quote, as JSON: the description and one answer to each prompt."""
    answers = {}
    for run in snapshot.implementations:
        for reflection in run.reflections:
            for prompt in QUOTED_PROMPTS:
                answers[prompt] = answers.get(prompt) or getattr(reflection, prompt).strip()
    return {
        "description": shortened(snapshot.description, DESCRIPTION_CHARACTERS),
        "reflections": {
            prompt: shortened(answer, ANSWER_CHARACTERS)
            for prompt, answer in answers.items()
            if answer
        },
    }


def _years(snapshot: Snapshot) -> str:
    """ "2024", or "2019–2024" for a design that ran again."""
    first_and_last = dict.fromkeys(snapshot.years[:1] + snapshot.years[-1:])
    return "–".join(map(str, first_and_last))


def line_of(snapshot: Snapshot) -> str:
    """The facts in a line: "Camp, in person. Autumn 2024, 3 days, 46 people reached."."""
    kind, mode = _label(Kind, snapshot.kind), _label(Mode, snapshot.mode)
    what = f"{kind}, {mode.lower()}" if kind and mode else kind or mode
    people = snapshot.participants
    facts = [
        snapshot.cohort.name if snapshot.cohort else _years(snapshot),
        _counted(snapshot.days, "day", "days"),
        _counted(people, "person reached", "people reached"),
    ]
    outcome = "" if snapshot.outcome == Outcome.RAN else _label(Outcome, snapshot.outcome)
    sentences = (what, ", ".join(fact for fact in facts if fact), outcome)
    return " ".join(f"{sentence}." for sentence in sentences if sentence)


def shortened(text: str, length: int) -> str:
    """At most `length` characters, cut between words."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[: length - 1].rpartition(" ")[0].rstrip(",;:.") + "…"


def _named(slugs, snapshot: Snapshot, words: dict[str, Word]) -> list[dict]:
    held = {value.slug: value for value in snapshot.values}
    known = [held.get(slug) or words.get(slug) for slug in dict.fromkeys(slugs)]
    return [
        {"slug": value.slug, "name": value.name, "mark": value.mark} for value in known if value
    ]


def _text(entry: Entry, snapshot: Snapshot, words: dict[str, Word]) -> EntryText:
    columns = {
        "title": [("Title", snapshot.title)],
        "summary": _summary(snapshot),
        "held": _held(snapshot, words),
        "rest": _rest(snapshot),
    }
    texts, names = {}, {}
    for column, parts in columns.items():
        filled = [(name, _clean(text)) for name, text in parts if text.strip()]
        names[column] = [name for name, _ in filled]
        whole = PART_BREAK.join(text for _, text in filled)
        texts[column] = whole[: COLUMN_CHARACTERS[column]]
    return EntryText(entry=entry, parts=names, **texts)


def _summary(snapshot: Snapshot) -> Parts:
    purpose = snapshot.purpose
    sentence = ", ".join(part for part in (purpose.who, purpose.what, purpose.so_that) if part)
    return [("Summary", snapshot.summary), ("Big purpose", sentence)]


def _held(snapshot: Snapshot, words: dict[str, Word]) -> Parts:
    parts = []
    for value in snapshot.values:
        aliases = words[value.slug].aliases if value.slug in words else ()
        parts += [
            ("Value", _also_called(value.name, aliases)),
            (f"{value.name}, why", value.rationale),
            (f"{value.name}, what we saw", value.evidence),
        ]
    parts += [("Insight", f"{note.headline}\n{note.body}") for note in snapshot.insights]
    parts += [
        ("Kind", _also_called(_label(Kind, snapshot.kind), KIND_ALIASES.get(snapshot.kind, ()))),
        ("Topics", ", ".join(topic.name for topic in snapshot.topics)),
    ]
    return parts


def _rest(snapshot: Snapshot) -> Parts:
    parts = [
        ("Description", snapshot.description),
        ("Who it is for", f"{_label(Audience, snapshot.audience)} {snapshot.audience_note}"),
        ("Cohort", snapshot.cohort.name if snapshot.cohort else ""),
        ("Credit", snapshot.credit),
    ]
    for section in snapshot.sections:
        text = "\n".join((section.body, section.is_text, section.is_not_text))
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


def _label(choices, value: str) -> str:
    """The name of a choice; one that is no longer offered stands for itself."""
    return choices(value).label if value in choices.values else value


def _counted(number: int | None, one: str, many: str) -> str:
    # The number stays on the line of what it counts.
    return f"{number}\N{NO-BREAK SPACE}{one if number == 1 else many}" if number else ""
