"""Puts synthetic designs into the database as published.

The version holds all of a design, as for any other; of the working copy, which visitors never
read, there is what a query may ask for: facts, values, topics and runs, without long texts.
"""

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Cohort, User

from ..models import Community, Counter, OldSlug, SectionTemplate, Topic, Value, Version
from ..models.bulk import reserve_keys
from ..snapshot import HeldValue, SectionText
from .designs import Brief, terms
from .making import PREFIX, Batch, Ground, Spot, topic_links

# Nobody receives letters there, and without a password nobody signs in.
AUTHOR = "synthetic@seed.invalid"
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
    """Says what is there already, and writes what was made."""

    def __init__(self, seed: int):
        author = _author()
        values = {value.slug: value for value in Value.objects.filter(is_retired=False)}
        templates = SectionTemplate.objects.filter(is_active=True)
        self.brief = Brief(
            seed=seed,
            values=[HeldValue(slug=v.slug, name=v.name, mark=v.mark) for v in values.values()],
            sections=[
                SectionText(key=row.key, title=row.title, is_text="-" * _has_columns(row))
                for row in templates
            ],
        )
        self.ground = Ground(
            author=author.pk,
            values={slug: value.pk for slug, value in values.items()},
            cohorts={cohort.slug: cohort.pk for cohort in _cohorts()},
            designs={
                int(slug.removeprefix(PREFIX)): (key, title)
                for slug, key, title in synthetic().values_list("slug", "pk", "title")
            },
        )
        self.topics: dict[str, int] = {}

    @transaction.atomic
    def spots(self, numbers: list[int]) -> list[Spot]:
        """A place for each, which nobody else will be given."""
        keys = reserve_keys(Community, len(numbers)), reserve_keys(Version, len(numbers))
        taken = Counter.take("catalogue", len(numbers))
        return [Spot(*facts) for facts in zip(numbers, *keys, taken, strict=True)]

    @transaction.atomic
    def add(self, batch: Batch) -> None:
        for table in batch.tables:
            table.write()
        self._learn_topics(batch.topics)
        topic_links(batch.links, self.topics).write()

    def _learn_topics(self, used: dict[str, str]) -> None:
        """Make those that nobody used before."""
        new = used.keys() - self.topics.keys()
        Topic.objects.bulk_create(
            (Topic(name=used[slug], slug=slug) for slug in sorted(new)), ignore_conflicts=True
        )
        self.topics |= dict(Topic.objects.filter(slug__in=new).values_list("slug", "pk"))


def _has_columns(template: SectionTemplate) -> bool:
    return template.layout == "two-columns"


def _author() -> User:
    found = User.objects.filter(email=AUTHOR).first()
    return found or User.objects.create_user(AUTHOR, None, name="Synthetic", is_active=False)


def _cohorts() -> QuerySet[Cohort]:
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
    return Cohort.objects.filter(slug__startswith=PREFIX)
