"""What a reviewer should look at first in a version: consent, descriptions, gaps, borrowed text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .enums import Outcome
from .models import Community, Photo
from .snapshot import Snapshot

# A sentence shorter than this is anybody's.
QUOTED_WORDS = 8

_SENTENCE_END = re.compile(r"[.!?]\s+|\n+")


@dataclass(frozen=True)
class Flag:
    """`level` is "stop" for what must not be published so, else "warn"."""

    level: str
    icon: str
    lead: str
    text: str
    slug: str = ""


def flags_of(snapshot: Snapshot, community: Community, photos: dict[str, Photo]) -> list[Flag]:
    """The gravest first. `photos` are the rows of the version's pictures by key in hex.

    No query if the community comes with its parent and the parent's published version.
    """
    return [
        *_consent(snapshot, photos),
        *_descriptions(snapshot, photos),
        *_for_staff(community),
        *_quotes(snapshot, community.parent),
        *_gaps(snapshot),
    ]


def is_consent_open(photo: Photo | None) -> bool:
    """By what is known now; of a picture that is gone, nothing is known."""
    return photo is None or not photo.has_consent


def is_undescribed(alt: str, photo: Photo | None) -> bool:
    return not alt.strip() and not (photo and photo.is_decorative)


def _consent(snapshot: Snapshot, photos: dict[str, Photo]) -> Iterable[Flag]:
    numbers = [
        number
        for number, note in enumerate(snapshot.photos, 1)
        if is_consent_open(photos.get(note.key))
    ]
    if numbers:
        names = _pictures(numbers)
        yield Flag(
            "stop", "consent", "Consent is not settled", f"for {names}. Publishing leaves it out."
        )


def _descriptions(snapshot: Snapshot, photos: dict[str, Photo]) -> Iterable[Flag]:
    numbers = [
        number
        for number, note in enumerate(snapshot.photos, 1)
        if is_undescribed(note.alt, photos.get(note.key))
    ]
    if numbers:
        yield Flag("warn", "image", "No description", f"of {_pictures(numbers)}.")


def _for_staff(community: Community) -> Iterable[Flag]:
    if community.needs_staff:
        yield Flag("warn", "flag", "For staff to complete:", community.needs_staff)


def _quotes(snapshot: Snapshot, parent: Community | None) -> Iterable[Flag]:
    if parent is None or parent.published_version is None:
        return
    original = Snapshot.from_json(parent.published_version.snapshot)
    places = len(_sentences(snapshot) & _sentences(original))
    if places:
        lineage = "is declared" if snapshot.built_on else "is not declared"
        count = "1 sentence" if places == 1 else f"{places} sentences"
        yield Flag("warn", "link", "Quotes", f"in {count}; lineage {lineage}.", slug=parent.slug)


def _gaps(snapshot: Snapshot) -> Iterable[Flag]:
    if not snapshot.photos:
        yield Flag("warn", "image", "No picture", "yet.")
    if snapshot.outcome == Outcome.NOT_YET_RUN:
        return
    unseen = [value.name for value in snapshot.values if not value.evidence.strip()]
    if unseen:
        yield Flag("warn", "eye", "Nothing seen", f"is told of {', '.join(unseen)}.")
    if open_prompts := _open_prompts(snapshot):
        yield Flag("warn", "comment", "Unanswered:", f"{', '.join(open_prompts)}.")
    if not snapshot.insights:
        yield Flag("warn", "comment", "No insight", "that a stranger could use.")


def _open_prompts(snapshot: Snapshot) -> list[str]:
    """Which of the five nobody answered in any reflection."""
    prompts = {
        "worked_well": "what worked well",
        "did_not_work": "what did not",
        "matched": "what matched expectations",
        "surprised": "what surprised",
        "differently": "what to do differently",
    }
    reflections = [r for run in snapshot.implementations for r in run.reflections]
    return [
        words
        for name, words in prompts.items()
        if not any(getattr(reflection, name).strip() for reflection in reflections)
    ]


def _sentences(snapshot: Snapshot) -> set[str]:
    texts = [snapshot.summary, snapshot.description]
    texts += [text for s in snapshot.sections for text in (s.body, s.is_text, s.is_not_text)]
    texts += [value.rationale for value in snapshot.values]
    sentences = (" ".join(part.split()) for text in texts for part in _SENTENCE_END.split(text))
    return {s.rstrip(".!?").lower() for s in sentences if len(s.split()) >= QUOTED_WORDS}


def _pictures(numbers: list[int]) -> str:
    words = ", ".join(str(number) for number in numbers)
    return f"picture {words}" if len(numbers) == 1 else f"pictures {words}"
