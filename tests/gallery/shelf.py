"""Published designs in bulk, for tests of search that need many and quick."""

from django.utils import timezone

from accounts.models import User
from communities.models import Community, Value, Version
from communities.snapshot import HeldValue, Reference, Snapshot
from gallery.index import index_communities


def shelve(*snapshots: Snapshot) -> list[int]:
    """Publish these designs; returns their numbers in the same order."""
    first = Community.objects.count() + 1
    someone = User.objects.first()
    communities = Community.objects.bulk_create(
        Community(title=snapshot.title, slug=f"design-{first + place}", updated_by=someone)
        for place, snapshot in enumerate(snapshots)
    )
    versions = Version.objects.bulk_create(
        Version(community=community, number=1, reason="submitted", snapshot=snapshot.to_json())
        for community, snapshot in zip(communities, snapshots, strict=True)
    )
    for place, (community, version) in enumerate(zip(communities, versions, strict=True)):
        community.published_version = version
        community.published_at = timezone.now()
        community.catalogue_number = first + place
    Community.objects.bulk_update(
        communities, ["published_version", "published_at", "catalogue_number"]
    )
    index_communities([community.pk for community in communities])
    return [community.catalogue_number for community in communities]


def held(*slugs: str, why="", seen="") -> tuple[HeldValue, ...]:
    """Values as a snapshot holds them; `why` and `seen` are completed by the value's name."""
    rows = {value.slug: value for value in Value.objects.filter(slug__in=slugs)}
    return tuple(
        HeldValue(
            slug=slug,
            name=rows[slug].name,
            mark=rows[slug].mark,
            rationale=f"{why} {rows[slug].name}" if why else "",
            evidence=f"{seen} {rows[slug].name}" if seen else "",
        )
        for slug in slugs
    )


def topics(*names: str) -> tuple[Reference, ...]:
    return tuple(Reference(slug=name.lower(), name=name) for name in names)
