"""Makes the rows of synthetic designs, without a look at the database."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..enums import VersionReason
from ..models import Community, CommunityTopic, CommunityValue, Implementation, Version
from ..models.bulk import Table, table_of
from ..snapshot import Reference, Snapshot
from .designs import CREDIT, Brief, Designer, Draft

PREFIX = "synthetic-"
PLAIN = ("title", "kind", "mode", "audience", "summary", "description", "licence", "credit")
OF_A_RUN = ("outcome", "outcome_note", "mode", "place", "starts_on", "ends_on")
OF_A_RUN += ("participants_within", "participants_beyond")

Published = list[tuple[Community, Snapshot]]


@dataclass(frozen=True)
class Spot:
    """Where a design goes: its number, the keys of its rows and its number in the catalogue."""

    number: int
    key: int
    version_key: int
    catalogue_number: int


@dataclass(frozen=True)
class Ground:
    """The keys of what is there: by slug, and of the designs with their titles by number."""

    author: int
    values: dict[str, int]
    cohorts: dict[str, int]
    designs: dict[int, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """Tables in the order in which they can be written. Of topics there is only the slug yet."""

    spots: list[Spot]
    tables: list[Table]
    topics: dict[str, str]
    links: list[tuple[int, str]]
    indexed: object


@dataclass
class Maker:
    """Called with the spots of some designs, in their order, makes their batch.

    `index` makes what the gallery wants to write of them.
    """

    brief: Brief
    ground: Ground
    index: Callable[[Published], object]

    @cached_property
    def designer(self) -> Designer:
        return Designer(self.brief)

    @cached_property
    def known(self) -> dict[int, tuple[int, str]]:
        return {**self.ground.designs}

    def __call__(self, spots: list[Spot]) -> Batch:
        published = [self._design(spot, self.designer.draft(spot.number)) for spot in spots]
        versions = [
            Version(
                pk=community.published_version_id,
                community=community,
                number=1,
                snapshot=snapshot.to_json(),
                reason=VersionReason.SUBMITTED.value,
                note=CREDIT,
                created_by_id=self.ground.author,
            )
            for community, snapshot in published
        ]
        tables = [table_of([community for community, _ in published]), table_of(versions)]
        tables += [self._values(published), table_of(self._runs(published))]
        return Batch(
            spots=spots,
            tables=[table for table in tables if table],
            topics={t.slug: t.name for _, snapshot in published for t in snapshot.topics},
            links=[(one.pk, t.slug) for one, snapshot in published for t in snapshot.topics],
            indexed=self.index(published),
        )

    def _design(self, spot: Spot, draft: Draft) -> tuple[Community, Snapshot]:
        snapshot, parent = draft.snapshot, self.known.get(draft.builds_on)
        if parent:
            reference = Reference(slug=f"{PREFIX}{draft.builds_on}", name=parent[1])
            snapshot = replace(snapshot, built_on=reference)
        self.known[spot.number] = (spot.key, snapshot.title)
        community = Community(
            **{name: getattr(snapshot, name) for name in PLAIN},
            pk=spot.key,
            slug=f"{PREFIX}{spot.number}",
            purpose_who=snapshot.purpose.who,
            purpose_what=snapshot.purpose.what,
            purpose_so_that=snapshot.purpose.so_that,
            cohort_id=self.ground.cohorts[snapshot.cohort.slug] if snapshot.cohort else None,
            parent_id=parent[0] if parent else None,
            updated_by_id=self.ground.author,
            published_version_id=spot.version_key,
            catalogue_number=spot.catalogue_number,
            published_at=draft.published_at,
        )
        return community, snapshot

    def _values(self, published: Published) -> Table:
        rows = [
            (community.pk, self.ground.values[one.slug], rank, one.rationale, one.evidence)
            for community, snapshot in published
            for rank, one in enumerate(snapshot.values, 1)
        ]
        columns = ("content_object_id", "tag_id", "rank", "rationale", "evidence")
        return Table(CommunityValue._meta.label, columns, rows)

    def _runs(self, published: Published) -> list[Implementation]:
        return [
            Implementation(
                community=community,
                updated_by_id=self.ground.author,
                **{name: getattr(run, name) for name in OF_A_RUN},
            )
            for community, snapshot in published
            for run in snapshot.implementations
        ]


def topic_links(links: list[tuple[int, str]], topics: dict[str, int]) -> Table:
    rows = [(community, topics[slug]) for community, slug in links]
    return Table(CommunityTopic._meta.label, ("content_object_id", "tag_id"), rows)
