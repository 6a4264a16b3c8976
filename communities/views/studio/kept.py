"""Texts that are kept because they could not be saved, each with the name of its page."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import Resolver404, resolve, reverse

from ...models import Community, SectionTemplate, UnsavedText
from .frame import TABS

# By how the address begins; the first that fits. Of a design that is not in one's team, or of none.
ELSEWHERE = (
    ("/studio/start/", "A new community"),
    ("/studio/propose-value/", "A value that you propose"),
    ("/studio/", "A design that you worked on"),
    ("/review/", "The review desk"),
    ("/designs/", "The page of a design"),
    ("/people/", "A profile"),
)


@dataclass(frozen=True)
class KeptText:
    path: str
    name: str
    at: datetime


def kept_texts(
    rows, communities: list[Community], templates: list[SectionTemplate]
) -> tuple[KeptText, ...]:
    """The `rows` (UnsavedText) named after designs and sections that are at hand. No query."""
    titles = {community.slug: community.title for community in communities}
    sections = {template.key: template.title for template in templates}
    return tuple(KeptText(row.path, _name(row, titles, sections), row.created_at) for row in rows)


def _name(row: UnsavedText, titles: dict[str, str], sections: dict[str, str]) -> str:
    try:
        place = resolve(row.path)
    except Resolver404:
        return row.path
    slug = place.kwargs.get("slug")
    title = titles.get(slug)
    if title is None or not place.url_name.startswith("studio_"):
        return next((name for start, name in ELSEWHERE if row.path.startswith(start)), row.path)
    return f"{title}: {sections.get(place.kwargs.get('key')) or _tab(row.path, slug)}"


def _tab(path: str, slug: str) -> str:
    below = (label for label, name, _ in TABS[1:] if path.startswith(reverse(name, args=[slug])))
    return next(below, TABS[0][0])
