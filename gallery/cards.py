"""A design as it stands among others: in the gallery, at the entrance, on the page of a value."""

from dataclasses import dataclass

from django.utils import timezone

from communities.pages import PictureView, picture_view
from communities.snapshot import PhotoFile, PhotoNote

from .models import Entry
from .text import Passage

# What of an entry a card reads; the words of the document are not among it.
CARD_FIELDS = ("number", "slug", "title", "summary", "card")


@dataclass(frozen=True, kw_only=True)
class CardValue:
    slug: str
    name: str
    mark: str
    rationale: str = ""
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class Card:
    """`reasons` are those of the values that were searched for, in the team's own order."""

    number: int = 0
    title: str
    url: str
    summary: str
    line: str
    values: tuple[CardValue, ...]
    cover: PictureView | None = None
    reasons: tuple[CardValue, ...] = ()
    passage: Passage | None = None

    @property
    def holds(self) -> str:
        return ", ".join(value.name for value in self.values)


def card_of(entry: Entry, *, values=(), passage: Passage | None = None) -> Card:
    """The card of an entry, answering for the `values` (slugs) that were searched for. No query."""
    held = tuple(CardValue(**value) for value in entry.card["values"])
    return Card(
        number=entry.number,
        title=entry.title,
        url=entry.get_absolute_url(),
        summary=entry.summary,
        line=entry.card["line"],
        values=held,
        cover=cover_of(entry),
        reasons=tuple(value for value in held if value.slug in values),
        passage=passage,
    )


def cover_of(entry: Entry) -> PictureView | None:
    """Nothing from the day on which its people no longer agree. No query."""
    cover = entry.card["cover"]
    if not cover or is_over(cover.get("until", "")):
        return None
    focus_x, focus_y = cover.get("focus", (50, 50))
    return picture_view(
        PhotoNote(
            key=cover["key"],
            kind="",
            files=tuple(PhotoFile(**file) for file in cover["files"]),
            color=cover["color"],
            alt=cover["alt"],
            focus_x=focus_x,
            focus_y=focus_y,
        )
    )


def is_over(until: str) -> bool:
    """Whether a day as the card has it, which may be none, has passed."""
    return bool(until) and until < timezone.localdate().isoformat()
