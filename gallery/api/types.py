"""What the API answers. The OpenAPI document is made from these classes."""

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from communities.snapshot import Reference

Address = Annotated[str, Meta(extra_json_schema={"format": "uri"})]
Count = Annotated[int, Meta(ge=0)]


class Answer(Struct, frozen=True, kw_only=True):
    pass


class ValueName(Answer):
    slug: str
    name: str
    url: Address


class Value(ValueName):
    """A value as one design holds it."""

    rationale: Annotated[str, Meta(description="How it shapes the design.")]
    evidence: Annotated[str, Meta(description="What the team saw of it.")]


class Licence(Answer):
    slug: str
    name: str
    url: Annotated[str, Meta(description="Empty where all rights are reserved.")]


class PictureFile(Answer):
    url: Address
    width: Count


class Cover(Answer):
    alt: str
    width: Count
    height: Count
    files: Annotated[list[PictureFile], Meta(description="The same picture, the widest last.")]


class Piece(Answer):
    text: str
    is_found: Annotated[bool, Meta(description="Whether it was searched for.")]


class Passage(Answer):
    """The passage that shows best why a design was found."""

    part: Annotated[str, Meta(description="Which part of the design it comes from.")]
    pieces: list[Piece]


class DesignName(Answer):
    title: str
    url: Annotated[Address, Meta(description="The page to read and to link to.")]
    api_url: Address


class Design(DesignName):
    """A published design. The whole document is behind `export_url`."""

    export_url: Address
    number: Annotated[int, Meta(ge=1, description="Its number in the catalogue, for ever.")]
    summary: str
    kind: str
    mode: str
    audience: str
    outcome: str
    values: Annotated[list[Value], Meta(description="In the team’s own order.")]
    topics: list[Reference]
    cohort: Reference | None
    participants: Annotated[int, Meta(ge=0, description="People reached, over all its runs.")]
    starts_on: Annotated[date | None, Meta(description="First day of its first run.")]
    ends_on: Annotated[date | None, Meta(description="Last day of its last run.")]
    published_at: Annotated[datetime, Meta(tz=True, description="For the first time.")]
    updated_at: Annotated[datetime, Meta(tz=True, description="As it is now.")]
    licence: Licence | None
    cover: Cover | None
    passage: Annotated[Passage | None, Meta(description="When words were searched for.")]


class Insight(Answer):
    """One lesson of one design."""

    headline: str
    body: str
    type: str
    basis: Annotated[str, Meta(description="What it rests on.")]
    values: list[ValueName]
    design: DesignName


class Option(Answer):
    """A choice that may be sent for this facet."""

    choice: str
    name: str
    count: Annotated[int, Meta(ge=0, description="How many there are with it, given all else.")]
    is_chosen: bool


class Facet(Answer):
    title: str
    options: list[Option]


class Page(Answer):
    """One page of what was found."""

    count: Annotated[int, Meta(ge=0, description="How many were found in all.")]
    page: Annotated[int, Meta(ge=1)]
    last_page: Annotated[int, Meta(ge=1)]
    url: Annotated[Address, Meta(description="What was understood, as the shortest address.")]
    html_url: Annotated[Address, Meta(description="The same as a page to read.")]
    previous: Address | None
    next: Address | None
    hints: Annotated[list[str], Meta(description="What was not understood, and left out.")]
    facets: Annotated[dict[str, Facet], Meta(description="By the name of their parameter.")]


class DesignPage(Page):
    feed_url: Annotated[Address, Meta(description="The same search as Atom, newest first.")]
    results: list[Design]


class InsightPage(Page):
    results: list[Insight]
