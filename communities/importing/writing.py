"""Writing a plan: all or nothing in one transaction, in batches so that a long file stays quick."""

from collections.abc import Callable

from django.db import transaction

from .. import workflow
from ..models import (
    Community,
    CommunityTopic,
    CommunityValue,
    Implementation,
    OldSlug,
    Topic,
)
from ..services.versions import freeze_many
from ..tagging import slug_for
from .plan import Design, Plan
from .rows import Row

BATCH = 400


@transaction.atomic
def write(plan: Plan, *, by, publish: bool, progress: Callable[[int], None]) -> int:
    """Create and, with `publish`, publish what the plan holds. Returns how many designs changed.

    `progress` is told after each batch how many designs are done.
    """
    topics = _topics(plan)
    taken = _taken_slugs()
    work = [(None, design) for design in plan.grown] + plan.new
    for start in range(0, len(work), BATCH):
        batch = work[start : start + BATCH]
        _create([(key, design) for key, design in batch if key], by=by, taken=taken)
        designs = [design for _, design in batch]
        _link(designs, topics)
        if publish:
            communities = [design.community for design in designs]
            versions = freeze_many(communities, by=by, note="Imported")
            workflow.publish_imported(versions, by=by)
        progress(start + len(batch))
    return len(work)


def _create(new: list[tuple[str, Design]], *, by, taken: set[str]) -> None:
    made = Community.objects.bulk_create(
        _community(design, key, by=by, slug=_free(design.first.title, taken)) for key, design in new
    )
    for (_, design), community in zip(new, made, strict=True):
        design.community = community


def _community(design: Design, key: str, *, by, slug: str) -> Community:
    row = design.first
    plain = ("title", "kind", "mode", "summary", "description", "licence", "credit", "source_url")
    lacking = ["kind: missing"] if not row.kind else []
    lacking += [warning for one in design.rows for warning in one.warnings]
    return Community(
        **{name: getattr(row, name) for name in plain},
        slug=slug,
        cohort=row.cohort,
        import_key=key,
        needs_staff="; ".join(dict.fromkeys(lacking))[:200],
        updated_by=by,
    )


def _free(title: str, taken: set[str]) -> str:
    slug, number = slug_for(title), 1
    while slug in taken:
        number += 1
        slug = slug_for(title, number)
    taken.add(slug)
    return slug


def _taken_slugs() -> set[str]:
    return set(Community.objects.values_list("slug", flat=True)) | set(
        OldSlug.objects.values_list("slug", flat=True)
    )


def _topics(plan: Plan) -> dict[str, Topic]:
    """The topics of all rows by slug; those nobody used before are made."""
    designs = [*(design for _, design in plan.new), *plan.grown]
    wanted = {slug_for(name): name for design in designs for name in design.topics}
    Topic.objects.bulk_create(
        (Topic(name=name, slug=slug) for slug, name in wanted.items()), ignore_conflicts=True
    )
    return {topic.slug: topic for topic in Topic.objects.all() if topic.slug in wanted}


def _link(designs: list[Design], topics: dict[str, Topic]) -> None:
    CommunityTopic.objects.bulk_create(
        (
            CommunityTopic(content_object=design.community, tag=topics[slug_for(name)])
            for design in designs
            for name in design.topics
        ),
        ignore_conflicts=True,
    )
    CommunityValue.objects.bulk_create(
        (
            CommunityValue(
                content_object=design.community, tag=value, rank=rank, rationale=rationale
            )
            for design in designs
            for rank, (value, rationale) in enumerate(design.values, 1)
        ),
        ignore_conflicts=True,
    )
    runs = [(design, _run(design, row)) for design in designs for row in design.runs]
    made = Implementation.objects.bulk_create(run for _, run in runs)
    for (design, _), run in zip(runs, made, strict=True):
        design.made.append(run)


def _run(design: Design, row: Row) -> Implementation:
    return Implementation(
        community=design.community,
        mode=row.mode,
        place=row.place,
        starts_on=row.starts,
        ends_on=row.ends,
        outcome=row.outcome,
        participants_within=row.participants_within,
        participants_beyond=row.participants_beyond,
    )
