"""What the gallery derives from one published version; nothing here reads the database."""

from dataclasses import dataclass, field, replace
from datetime import date

from communities.enums import Kind, Mode, Outcome
from communities.models import Community
from communities.snapshot import InsightNote, Snapshot

from .facets import DESIGN_FACETS, INSIGHT_FACETS, Lesson
from .models import Entry, EntryInsight, EntryText, InsightText
from .models.insight import MOST_OF_ONE_ENTRY
from .vocabulary import Word
from .words import label_of, text_of_design, text_of_insight

# Counts changes of what is derived here, in facets and in words: `rebuild_search --check` then
# rebuilds everything.
FORMAT = 5
REASON_CHARACTERS = 600
DESCRIPTION_CHARACTERS = 320
ANSWER_CHARACTERS = 220

# The candid ones, in the order in which the entrance would quote them.
QUOTED_PROMPTS = ("surprised", "did_not_work", "differently")


@dataclass
class Rows:
    """What is written of one design. `labels` name its choices by facet and choice."""

    entry: Entry
    text: EntryText
    labels: dict[tuple[str, str], str]
    insights: list[EntryInsight] = field(default_factory=list)
    insight_texts: list[InsightText] = field(default_factory=list)


def rows_of(
    community: Community,
    snapshot: Snapshot,
    *,
    words: dict[str, Word],
    parent_id: int | None,
    ends: dict[str, date] | None = None,
) -> Rows:
    """The unsaved rows of a published community. `snapshot` is without what is withheld.

    `ends` says by key until when pictures are agreed to. Their words are not searched: nothing
    would take them out of the index in the moment in which the consent ends.
    """
    ends = ends or {}
    found = {facet.name: dict(facet.read(snapshot)) for facet in DESIGN_FACETS}
    entry = Entry(
        number=community.catalogue_number,
        community=community,
        version_id=community.published_version_id,
        published_at=community.published_at,
        slug=community.slug,
        title=snapshot.title,
        summary=snapshot.summary,
        kind=snapshot.kind,
        participants=snapshot.participants,
        parent_id=parent_id,
        found_under=_choices(found) | _written(snapshot),
        card=shown_on_card(snapshot, ends),
        excerpts=excerpts_of(snapshot),
    )
    labels = {
        (facet, choice): label
        for facet, choices in found.items()
        for choice, label in choices.items()
        if label
    }
    lasting = snapshot.without_photos(set(ends))
    rows = Rows(entry, EntryText(entry=entry, **text_of_design(lasting, words)), labels)
    for position, note in enumerate(snapshot.insights[:MOST_OF_ONE_ENTRY]):
        insight = _insight(entry, position, note, snapshot, words)
        rows.insights.append(insight)
        text = text_of_insight(note, snapshot, insight.values, words)
        rows.insight_texts.append(InsightText(insight=insight, **text))
    return rows


def _insight(
    entry: Entry, position: int, note: InsightNote, snapshot: Snapshot, words: dict[str, Word]
) -> EntryInsight:
    values = _named(note.values, snapshot, words)
    lesson = Lesson(replace(note, values=tuple(value["slug"] for value in values)), snapshot)
    return EntryInsight(
        number=EntryInsight.numbered(entry.number, position),
        entry=entry,
        type=note.type,
        headline=note.headline,
        body=note.body,
        basis=note.basis,
        values=values,
        found_under=_choices({facet.name: dict(facet.read(lesson)) for facet in INSIGHT_FACETS}),
    )


def _written(snapshot: Snapshot) -> dict[str, list[str]]:
    """The sections that are written: no filter, but how examples of a section are found."""
    keys = [section.key for section in snapshot.sections]
    return {"section": keys} if keys else {}


def _choices(found: dict[str, dict[str, str]]) -> dict[str, list[str]]:
    return {facet: list(choices) for facet, choices in found.items() if choices}


def shown_on_card(snapshot: Snapshot, ends: dict[str, date]) -> dict:
    """What a result card shows beyond the columns of the entry, as JSON."""
    cover = snapshot.cover
    return {
        "cover": cover
        and {
            "key": cover.key,
            "color": cover.color,
            "alt": cover.alt,
            "focus": [cover.focus_x, cover.focus_y],
            "until": ends[cover.key].isoformat() if cover.key in ends else "",
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
    kind, mode = label_of(Kind, snapshot.kind), label_of(Mode, snapshot.mode)
    what = f"{kind}, {mode.lower()}" if kind and mode else kind or mode
    people = snapshot.participants
    facts = [
        snapshot.cohort.name if snapshot.cohort else _years(snapshot),
        _counted(snapshot.days, "day", "days"),
        _counted(people, "person reached", "people reached"),
    ]
    outcome = "" if snapshot.outcome == Outcome.RAN else label_of(Outcome, snapshot.outcome)
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


def _counted(number: int | None, one: str, many: str) -> str:
    # The number stays on the line of what it counts.
    return f"{number}\N{NO-BREAK SPACE}{one if number == 1 else many}" if number else ""
