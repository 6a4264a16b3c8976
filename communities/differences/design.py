"""Two designs: values and reasons, facts, document, what happened, pictures."""

from collections.abc import Iterable
from dataclasses import dataclass

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
)
from ..snapshot import HeldValue, ImplementationNote, InsightNote, PhotoNote, Snapshot
from ..structure import as_lines
from .text import Budget, TextChange, compare_texts

PROMPTS = {
    "worked_well": "What worked well",
    "did_not_work": "What did not",
    "matched": "What matched our expectations",
    "surprised": "What surprised us",
    "differently": "What we would do differently",
}


@dataclass(frozen=True)
class FactChange:
    """A short field; an empty side means that nothing stood there."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ValueChange:
    """A value held now (`change` "" or "add") or no longer ("cut")."""

    name: str
    mark: str
    change: str


@dataclass(frozen=True)
class PictureChange:
    """`words` say what is different about a picture that stayed ("edit")."""

    photo: PhotoNote
    change: str
    words: tuple[FactChange, ...] = ()


@dataclass(frozen=True)
class Differences:
    """`values` is empty when values and their order are as before."""

    facts: tuple[FactChange, ...]
    values: tuple[ValueChange, ...]
    are_values_reordered: bool
    texts: tuple[TextChange, ...]
    pictures: tuple[PictureChange, ...]
    unchanged_sections: int

    def __bool__(self):
        return self.count > 0

    @property
    def count(self) -> int:
        """How many parts of the design changed."""
        groups = (self.facts, self.values, self.pictures)
        return sum(bool(group) for group in groups) + len(self.texts)

    @property
    def is_cut_short(self) -> bool:
        return any(change.is_cut_short for change in self.texts)


def compare(before: Snapshot, after: Snapshot, *, budget: Budget | None = None) -> Differences:
    budget = budget or Budget()
    sections = _section_changes(before, after, budget)
    sections_before = {section.key for section in before.sections}
    sections_after = {section.key for section in after.sections}
    return Differences(
        facts=tuple(_facts(_about(before), _about(after))),
        values=_values(before.values, after.values),
        are_values_reordered=_is_reordered(before.values, after.values),
        texts=(
            *_reasons(before.values, after.values, budget),
            *sections,
            *_other_texts(before, after, budget),
        ),
        pictures=tuple(_pictures(before, after)),
        unchanged_sections=len(sections_before | sections_after) - len(sections),
    )


def _values(before: tuple[HeldValue, ...], after: tuple[HeldValue, ...]):
    old, new = {v.slug for v in before}, {v.slug for v in after}
    if [v.slug for v in before] == [v.slug for v in after]:
        return ()
    return (
        *(ValueChange(v.name, v.mark, "" if v.slug in old else "add") for v in after),
        *(ValueChange(v.name, v.mark, "cut") for v in before if v.slug not in new),
    )


def _is_reordered(before: tuple[HeldValue, ...], after: tuple[HeldValue, ...]) -> bool:
    """Whether those that stayed stand in another order."""
    old, new = [v.slug for v in before], [v.slug for v in after]
    return [s for s in old if s in new] != [s for s in new if s in old]


def _reasons(before, after, budget: Budget) -> Iterable[TextChange]:
    old = {value.slug: value for value in before}
    for value in after:
        was = old.get(value.slug)
        for word, name in (("how it shapes the design", "rationale"), ("what we saw", "evidence")):
            title = f"{value.name}: {word}"
            text = getattr(was, name) if was else ""
            if change := compare_texts(title, text, getattr(value, name), budget):
                yield change


def _section_changes(before: Snapshot, after: Snapshot, budget: Budget) -> list[TextChange]:
    old = {section.key: section for section in before.sections}
    new = {section.key: section for section in after.sections}
    changes = []
    for key, section in {**old, **new}.items():
        was, now = _section_text(old.get(key)), _section_text(new.get(key))
        if change := compare_texts(section.title, was, now, budget):
            changes.append(change)
    return changes


def _section_text(section) -> str:
    if section is None:
        return ""
    columns = (("What it is", section.is_text), ("What it is not", section.is_not_text))
    texts = [section.body, as_lines(section.structure)]
    return "\n\n".join(
        [*texts, *(f"{title}:\n\n{text}" for title, text in columns if text.strip())]
    )


def _other_texts(before: Snapshot, after: Snapshot, budget: Budget) -> Iterable[TextChange]:
    both = (
        ("In one sentence", before.summary, after.summary),
        ("In a paragraph", before.description, after.description),
        ("Big purpose", _purpose(before), _purpose(after)),
        ("What happened", _runs(before), _runs(after)),
        ("Reflections", _reflections(before), _reflections(after)),
        ("Insights", _insights(before.insights), _insights(after.insights)),
    )
    for title, was, now in both:
        if change := compare_texts(title, was, now, budget):
            yield change


def _purpose(snapshot: Snapshot) -> str:
    purpose = snapshot.purpose
    parts = ("We bring together", purpose.who), ("to", purpose.what), ("so that", purpose.so_that)
    return " ".join(f"{opening} {text}" for opening, text in parts if text)


def _runs(snapshot: Snapshot) -> str:
    return "\n\n".join(_run(run) for run in snapshot.implementations)


def _run(run: ImplementationNote) -> str:
    days = " to ".join(str(day) for day in (run.starts_on, run.ends_on) if day)
    facts = (_label(Outcome, run.outcome), days, _label(Mode, run.mode), run.place, run.link)
    room = f"Room for {run.capacity}." if run.capacity is not None else ""
    lines = [". ".join(fact for fact in facts if fact) + ".", room, run.outcome_note, _reach(run)]
    lines += [f"{s.date}: {s.title}. {s.notes} {_reach(s)}".strip() for s in run.sessions]
    return "\n\n".join(line for line in lines if line)


def _reach(counted) -> str:
    numbers = (
        (counted.participants_within, "from the institution"),
        (counted.participants_beyond, "from beyond it"),
    )
    words = ", ".join(f"{number} {words}" for number, words in numbers if number is not None)
    return f"Took part: {words}." if words else ""


def _reflections(snapshot: Snapshot) -> str:
    return "\n\n".join(
        f"{reflection.author or 'The team'}. {title}:\n\n{text}"
        for run in snapshot.implementations
        for reflection in run.reflections
        for name, title in PROMPTS.items()
        if (text := getattr(reflection, name)).strip()
    )


def _insights(insights: tuple[InsightNote, ...]) -> str:
    return "\n\n".join(
        f"{_label(InsightType, insight.type)}: {insight.headline}"
        f" {insight.body} ({_rests_on(insight)})"
        for insight in insights
    )


def _rests_on(insight: InsightNote) -> str:
    basis = _label(InsightBasis, insight.basis) or "no basis given"
    return ", ".join((basis, *insight.values))


def _about(snapshot: Snapshot) -> dict[str, str]:
    """The short fields by their labels."""
    return {
        "Title": snapshot.title,
        "Kind": _label(Kind, snapshot.kind),
        "Mode": _label(Mode, snapshot.mode),
        "For": _label(Audience, snapshot.audience),
        "Who exactly": snapshot.audience_note,
        "Cohort": snapshot.cohort.name if snapshot.cohort else "",
        "Built on": snapshot.built_on.name if snapshot.built_on else "",
        "Topics": ", ".join(sorted(topic.name for topic in snapshot.topics)),
        "Team": ", ".join(person.name for person in snapshot.team),
        "Licence": _label(Licence, snapshot.licence),
        "Credit line": snapshot.credit,
        "Source": snapshot.source_url,
    }


def _facts(before: dict[str, str], after: dict[str, str]) -> Iterable[FactChange]:
    for label, was in before.items():
        if was != after[label]:
            yield FactChange(label, was, after[label])


def _pictures(before: Snapshot, after: Snapshot) -> Iterable[PictureChange]:
    old = {photo.key: photo for photo in before.photos}
    new = {photo.key for photo in after.photos}
    for photo in after.photos:
        if photo.key not in old:
            yield PictureChange(photo, "add")
            continue
        was = _picture_words(old[photo.key], before)
        if words := tuple(_facts(was, _picture_words(photo, after))):
            yield PictureChange(photo, "edit", words)
    for photo in before.photos:
        if photo.key not in new:
            yield PictureChange(photo, "cut")


def _picture_words(photo: PhotoNote, snapshot: Snapshot) -> dict[str, str]:
    return {
        "Description": photo.alt,
        "Caption": photo.caption,
        "Credit": photo.credit,
        "Kind": _label(PhotoKind, photo.kind),
        "Consent": _label(Consent, photo.consent),
        "Cover": "yes" if snapshot.cover and snapshot.cover.key == photo.key else "no",
    }


def _label(choices, value: str) -> str:
    """The word for a stored choice; one that is no longer offered stands as it was stored."""
    return choices(value).label if value in choices.values else value
