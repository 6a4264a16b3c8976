"""Two designs: values and reasons, facts, document, what happened, pictures."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..snapshot import HeldValue, PhotoNote, Snapshot
from .moves import with_moves
from .text import Budget, TextChange, compare_texts
from .wording import about, insights, picture_words, purpose, reflections, runs, section_text


@dataclass(frozen=True)
class FactChange:
    """A short field; an empty side means that nothing stood there."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ValueChange:
    """A value held now (`change` "" or "add") or no longer ("cut"), its rank then and now."""

    name: str
    mark: str
    change: str
    was: int | None = None
    rank: int | None = None


@dataclass(frozen=True)
class PictureChange:
    """`words` say what is different about a picture that stayed ("edit")."""

    photo: PhotoNote
    change: str
    words: tuple[FactChange, ...] = ()


@dataclass(frozen=True)
class Differences:
    """`values` is empty when values and their order are as before.

    `is_rough` when there was too much to compare every paragraph word by word.
    """

    facts: tuple[FactChange, ...]
    values: tuple[ValueChange, ...]
    are_values_reordered: bool
    texts: tuple[TextChange, ...]
    pictures: tuple[PictureChange, ...]
    are_pictures_reordered: bool
    same_sections: tuple[str, ...]
    is_rough: bool = False

    def __bool__(self):
        return self.count > 0

    @property
    def count(self) -> int:
        """How many parts of the design changed."""
        pictures = self.pictures or self.are_pictures_reordered
        groups = (self.facts, self.values, pictures)
        return sum(bool(group) for group in groups) + len(self.texts)

    @property
    def unchanged_sections(self) -> int:
        return len(self.same_sections)

    @property
    def is_cut_short(self) -> bool:
        return any(change.is_cut_short for change in self.texts)


def compare(before: Snapshot, after: Snapshot, *, budget: Budget | None = None) -> Differences:
    budget = budget or Budget()
    sections = _section_changes(before, after, budget)
    texts = (
        *_reasons(before.values, after.values, budget),
        *(change for _, change in sections if change),
        *_other_texts(before, after, budget),
    )
    return Differences(
        facts=tuple(_facts(about(before), about(after))),
        values=_values(before.values, after.values),
        are_values_reordered=_is_reordered(before.values, after.values),
        texts=with_moves(texts, budget),
        pictures=tuple(_pictures(before, after)),
        are_pictures_reordered=_is_reordered(before.photos, after.photos),
        same_sections=tuple(title for title, change in sections if not change),
        is_rough=budget.is_rough,
    )


def explained(differences: Differences, whys: dict[str, tuple[str, ...]]) -> Differences:
    """The same, each section with the reasons for changing it, by its key."""
    texts = (replace(text, whys=whys.get(text.key, ())) for text in differences.texts)
    return replace(differences, texts=tuple(texts))


def _values(before: tuple[HeldValue, ...], after: tuple[HeldValue, ...]):
    if [v.slug for v in before] == [v.slug for v in after]:
        return ()
    old = {value.slug: rank for rank, value in enumerate(before, 1)}
    new = {value.slug: rank for rank, value in enumerate(after, 1)}
    return tuple(
        ValueChange(
            name=value.name,
            mark=value.mark,
            change="add" if value.slug not in old else "" if value.slug in new else "cut",
            was=old.get(value.slug),
            rank=new.get(value.slug),
        )
        for value in (*after, *(v for v in before if v.slug not in new))
    )


def _is_reordered(before: tuple, after: tuple) -> bool:
    """Whether those that stayed stand in another order."""
    old, new = [_key(one) for one in before], [_key(one) for one in after]
    stayed = set(old) & set(new)
    return [key for key in old if key in stayed] != [key for key in new if key in stayed]


def _key(one: HeldValue | PhotoNote) -> str:
    return one.slug if isinstance(one, HeldValue) else one.key


def _reasons(before, after, budget: Budget) -> Iterable[TextChange]:
    """What was written about each value, those no longer held included."""
    old = {value.slug: value for value in before}
    new = {value.slug: value for value in after}
    for slug, value in {**new, **{s: v for s, v in old.items() if s not in new}}.items():
        for word, name in (("how it shapes the design", "rationale"), ("what we saw", "evidence")):
            was, now = (getattr(side.get(slug), name, "") for side in (old, new))
            if change := compare_texts(f"{value.name}: {word}", was, now, budget):
                yield change


def _section_changes(before: Snapshot, after: Snapshot, budget: Budget):
    """The title of every section of either side, and what changed in it or None."""
    old = {section.key: section for section in before.sections}
    new = {section.key: section for section in after.sections}
    changes = []
    for key, section in {**old, **new}.items():
        was, now = section_text(old.get(key)), section_text(new.get(key))
        change = compare_texts(section.title, was, now, budget)
        changes.append((section.title, change and replace(change, key=key)))
    return changes


def _other_texts(before: Snapshot, after: Snapshot, budget: Budget) -> Iterable[TextChange]:
    both = (
        ("In one sentence", before.summary, after.summary),
        ("In a paragraph", before.description, after.description),
        ("Big purpose", purpose(before), purpose(after)),
        ("What happened", runs(before), runs(after)),
        ("Reflections", reflections(before), reflections(after)),
        ("Insights", insights(before.insights), insights(after.insights)),
    )
    for title, was, now in both:
        if change := compare_texts(title, was, now, budget):
            yield change


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
        was = picture_words(old[photo.key], before)
        if words := tuple(_facts(was, picture_words(photo, after))):
            yield PictureChange(photo, "edit", words)
    for photo in before.photos:
        if photo.key not in new:
            yield PictureChange(photo, "cut")
