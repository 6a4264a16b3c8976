"""Puts synthetic designs into the database as published.

The version holds all of a design, as for any other; of the working copy, which visitors never
read, there is what a query may ask for: facts, values, topics and runs, without long texts.
"""

from dataclasses import replace

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import Cohort, User

from ..enums import VersionReason
from ..models import (
    Community,
    CommunityTopic,
    CommunityValue,
    Counter,
    Implementation,
    OldSlug,
    SectionTemplate,
    Topic,
    Value,
    Version,
)
from ..snapshot import HeldValue, Reference, SectionText, Snapshot
from .designs import CREDIT, Brief, Draft, terms

# Nobody receives letters there, and without a password nobody signs in.
AUTHOR = "synthetic@seed.invalid"
PREFIX = "synthetic-"
PLAIN = ("title", "kind", "mode", "audience", "summary", "description", "licence", "credit")
CAPACITY = 40


class Taken(Exception):
    """Addresses that begin like synthetic ones belong to somebody; `slugs` names some."""

    def __init__(self, slugs: list[str]):
        super().__init__(", ".join(slugs))
        self.slugs = slugs


def synthetic() -> QuerySet[Community]:
    """Those made here that nobody else has worked on."""
    return Community.objects.filter(
        slug__startswith=PREFIX, updated_by__email=AUTHOR, members=None, submissions=None
    )


def check_addresses() -> None:
    """Raises Taken."""
    theirs = Community.objects.filter(slug__startswith=PREFIX).exclude(pk__in=synthetic())
    slugs = list(theirs.values_list("slug", flat=True)[:3])
    slugs += OldSlug.objects.filter(slug__startswith=PREFIX).values_list("slug", flat=True)[:3]
    if slugs:
        raise Taken(slugs[:3])


def missing(designs: int) -> list[int]:
    """The numbers up to `designs` that are not here yet."""
    slugs = synthetic().values_list("slug", flat=True)
    here = {int(slug.removeprefix(PREFIX)) for slug in slugs}
    return [number for number in range(1, designs + 1) if number not in here]


class Shelf:
    """Writes designs in batches: `add(drafts)` returns the keys of their communities."""

    def __init__(self, seed: int):
        self.author = _author()
        self.rows = {value.slug: value for value in Value.objects.filter(is_retired=False)}
        self.templates = {row.key: row for row in SectionTemplate.objects.filter(is_active=True)}
        self.brief = Brief(
            seed=seed,
            values=[
                HeldValue(slug=row.slug, name=row.name, mark=row.mark) for row in self.rows.values()
            ],
            sections=[
                SectionText(key=row.key, title=row.title, is_text="-" * _has_columns(row))
                for row in self.templates.values()
            ],
        )
        self.cohorts = _cohorts()
        self.topics: dict[str, Topic] = {}

    @transaction.atomic
    def add(self, drafts: list[Draft]) -> list[int]:
        communities = self._communities(drafts)
        snapshots = _with_parents(drafts, communities)
        self._link(communities, snapshots)
        self._publish(communities, snapshots)
        return [community.pk for community in communities]

    def _communities(self, drafts: list[Draft]) -> list[Community]:
        numbers = Counter.take("catalogue", len(drafts))
        return Community.objects.bulk_create(
            Community(
                **{name: getattr(draft.snapshot, name) for name in PLAIN},
                slug=f"{PREFIX}{draft.number}",
                purpose_who=draft.snapshot.purpose.who,
                purpose_what=draft.snapshot.purpose.what,
                purpose_so_that=draft.snapshot.purpose.so_that,
                cohort=self._cohort(draft.snapshot),
                updated_by=self.author,
                catalogue_number=number,
                published_at=draft.published_at,
            )
            for draft, number in zip(drafts, numbers, strict=True)
        )

    def _cohort(self, snapshot: Snapshot) -> Cohort | None:
        return self.cohorts[snapshot.cohort.slug] if snapshot.cohort else None

    def _link(self, communities: list[Community], snapshots: list[Snapshot]) -> None:
        both = list(zip(communities, snapshots, strict=True))
        self._learn_topics(snapshots)
        CommunityValue.objects.bulk_create(
            CommunityValue(
                content_object=community,
                tag=self.rows[value.slug],
                rank=rank,
                rationale=value.rationale,
                evidence=value.evidence,
            )
            for community, snapshot in both
            for rank, value in enumerate(snapshot.values, 1)
        )
        CommunityTopic.objects.bulk_create(
            CommunityTopic(content_object=community, tag=self.topics[topic.slug])
            for community, snapshot in both
            for topic in snapshot.topics
        )
        names = ("outcome", "outcome_note", "mode", "place", "starts_on", "ends_on")
        names += ("participants_within", "participants_beyond")
        Implementation.objects.bulk_create(
            Implementation(
                community=community,
                updated_by=self.author,
                **{name: getattr(run, name) for name in names},
            )
            for community, snapshot in both
            for run in snapshot.implementations
        )

    def _learn_topics(self, snapshots: list[Snapshot]) -> None:
        """Make those that nobody used before."""
        used = {topic.slug: topic.name for one in snapshots for topic in one.topics}
        new = used.keys() - self.topics.keys()
        Topic.objects.bulk_create(
            (Topic(name=used[slug], slug=slug) for slug in sorted(new)), ignore_conflicts=True
        )
        self.topics |= {topic.slug: topic for topic in Topic.objects.filter(slug__in=new)}

    def _publish(self, communities: list[Community], snapshots: list[Snapshot]) -> None:
        Version.objects.bulk_create(
            Version(
                community=community,
                number=1,
                snapshot=snapshot.to_json(),
                reason=VersionReason.SUBMITTED,
                note=CREDIT,
                created_by=self.author,
            )
            for community, snapshot in zip(communities, snapshots, strict=True)
        )
        version = Version.objects.filter(community=OuterRef("pk")).values("pk")
        made = Community.objects.filter(pk__in=[community.pk for community in communities])
        made.update(published_version=Subquery(version[:1]))


def _has_columns(template: SectionTemplate) -> bool:
    return template.layout == "two-columns"


def _with_parents(drafts: list[Draft], communities: list[Community]) -> list[Snapshot]:
    """What the drafts say with what they build on, which the communities get as well."""
    wanted = {f"{PREFIX}{draft.builds_on}" for draft in drafts if draft.builds_on}
    here = synthetic().filter(slug__in=wanted).only("pk", "slug", "title")
    parents = {parent.slug: parent for parent in here}
    snapshots, changed = [], []
    for draft, community in zip(drafts, communities, strict=True):
        parent = parents.get(f"{PREFIX}{draft.builds_on}")
        snapshots.append(_built_on(draft.snapshot, parent))
        if parent:
            community.parent = parent
            changed.append(community)
    Community.objects.bulk_update(changed, ["parent"], batch_size=500)
    return snapshots


def _built_on(snapshot: Snapshot, parent: Community | None) -> Snapshot:
    if parent is None:
        return snapshot
    return replace(snapshot, built_on=Reference(slug=parent.slug, name=parent.title))


def _author() -> User:
    found = User.objects.filter(email=AUTHOR).first()
    return found or User.objects.create_user(AUTHOR, None, name="Synthetic", is_active=False)


def _cohorts() -> dict[str, Cohort]:
    Cohort.objects.bulk_create(
        (
            Cohort(
                slug=term.reference.slug,
                name=term.reference.name,
                starts_on=term.starts_on,
                ends_on=term.ends_on,
                capacity=CAPACITY,
            )
            for term in terms()
        ),
        ignore_conflicts=True,
    )
    return {cohort.slug: cohort for cohort in Cohort.objects.filter(slug__startswith=PREFIX)}
