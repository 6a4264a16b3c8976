"""Designs as typed answers: what their cards show, and what only their snapshots say."""

from collections.abc import Iterable
from pathlib import PurePosixPath

import msgspec
from django.urls import reverse

from communities import enums
from communities.pages import PictureView
from communities.snapshot import Snapshot

from ..cards import Card
from ..models import Entry
from ..text import Passage as FoundPassage
from ..updates import with_updated
from .types import Cover, Design, Licence, Passage, PictureFile, Piece, Value

# What of a snapshot is read: never its document, which may be long.
READ = "title kind mode audience cohort topics values implementations licence".split()
COLUMNS = ("slug", "number", "published_at", "updated_at")


def designs_of(cards: Iterable[Card], root: str) -> list[Design]:
    """In their order; one that has been taken down meanwhile is left out. One query."""
    by_slug = {PurePosixPath(card.url).name: card for card in cards}
    paths = [f"version__snapshot__{name}" for name in READ]
    entries = with_updated(Entry.objects.filter(slug__in=by_slug)).order_by()
    rows = {row[0]: row for row in entries.values_list(*COLUMNS, *paths)}
    return [_design(card, rows[slug], root) for slug, card in by_slug.items() if slug in rows]


def value_url(slug: str, root: str) -> str:
    return root + reverse("value", args=[slug])


def _design(card: Card, row: tuple, root: str) -> Design:
    slug, number, published_at, updated_at, *read = row
    given = {name: part for name, part in zip(READ, read, strict=True) if part is not None}
    snapshot = msgspec.convert(given, Snapshot)
    runs = snapshot.implementations
    return Design(
        title=card.title,
        url=root + card.url,
        api_url=root + reverse("api_design", args=[slug]),
        export_url=root + reverse("design_export_json", args=[slug]),
        number=number,
        summary=card.summary,
        kind=snapshot.kind,
        mode=snapshot.mode,
        audience=snapshot.audience,
        outcome=snapshot.outcome,
        values=_values(snapshot, root),
        topics=list(snapshot.topics),
        cohort=snapshot.cohort,
        participants=snapshot.participants,
        starts_on=min((run.starts_on for run in runs if run.starts_on), default=None),
        ends_on=max((run.ends_on or run.starts_on for run in runs if run.starts_on), default=None),
        published_at=published_at,
        updated_at=updated_at,
        licence=_licence(snapshot.licence),
        cover=card.cover and _cover(card.cover, root),
        passage=card.passage and _passage(card.passage),
    )


def _values(snapshot: Snapshot, root: str) -> list[Value]:
    return [
        Value(
            slug=value.slug,
            name=value.name,
            url=value_url(value.slug, root),
            rationale=value.rationale,
            evidence=value.evidence,
        )
        for value in snapshot.values
    ]


def _licence(slug: str) -> Licence | None:
    """One that is no longer offered stands for itself."""
    if slug not in enums.Licence.values:
        return Licence(slug=slug, name=slug, url="") if slug else None
    known = enums.Licence(slug)
    return Licence(slug=slug, name=str(known.label), url=known.url)


def _cover(picture: PictureView, root: str) -> Cover:
    webp = (source.srcset for source in picture.sources if source.type == "image/webp")
    pairs = [file.rsplit(" ", 1) for file in next(webp, picture.srcset).split(", ")]
    return Cover(
        alt=picture.alt,
        width=picture.width,
        height=picture.height,
        files=[
            PictureFile(url=root + address, width=int(width.removesuffix("w")))
            for address, width in pairs
        ],
    )


def _passage(passage: FoundPassage) -> Passage:
    pieces = [Piece(text=text, is_found=is_found) for text, is_found in passage.pieces]
    return Passage(part=passage.part, pieces=pieces)
