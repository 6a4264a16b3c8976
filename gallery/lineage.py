"""What a published design was built on and what was built on it, among what is published."""

from dataclasses import dataclass

from communities.models import Community
from communities.pages import Kin, Lineage

from .cards import cover_of
from .models import Entry

SHOWN_BESIDE = 6
MOST_RELATIVES = 200


@dataclass(frozen=True, kw_only=True)
class FamilyTree:
    """`ancestors` from the oldest on; `children` are built on it, `further` on those."""

    ancestors: tuple[Kin, ...]
    children: tuple[Kin, ...]
    further: tuple[Kin, ...]


def lineage_of(community: Community) -> Lineage:
    """The nearest relatives, as they stand on the page of a design. Two queries."""
    parents = Entry.objects.filter(community__in=_parent_of(community))
    children = Entry.objects.filter(parent=community)[:SHOWN_BESIDE]
    return Lineage(
        built_on=tuple(map(_kin, parents)),
        built_on_by=tuple(map(_kin, children)),
    )


def family_tree(community: Community) -> FamilyTree:
    """All relatives up and down, however far, at most MOST_RELATIVES of them. Two queries."""
    parents = dict(
        Entry.objects.filter(parent__isnull=False).values_list("community_id", "parent_id")
    )
    above = _above(community.pk, parents)
    children, further = _below(community.pk, parents, seen={community.pk, *above})
    entries = Entry.objects.filter(community__in=[*above, *children, *further])
    kin = {entry.community_id: _kin(entry) for entry in entries}
    return FamilyTree(
        ancestors=tuple(kin[pk] for pk in reversed(above) if pk in kin),
        children=tuple(kin[pk] for pk in children if pk in kin),
        further=tuple(kin[pk] for pk in further if pk in kin),
    )


def _parent_of(community: Community):
    return Entry.objects.filter(community=community, parent__isnull=False).values("parent")


def _kin(entry: Entry) -> Kin:
    return Kin(
        title=entry.title,
        href=entry.get_absolute_url(),
        summary=entry.summary,
        marks=tuple(value["mark"] for value in entry.card["values"]),
        picture=cover_of(entry),
    )


def _above(pk: int, parents: dict[int, int]) -> list[int]:
    """Nearest first. Two designs may each say that they are built on the other."""
    above: list[int] = []
    while (pk := parents.get(pk)) and pk not in above and len(above) < MOST_RELATIVES:
        above.append(pk)
    return above


def _below(pk: int, parents: dict[int, int], *, seen: set[int]) -> tuple[list[int], list[int]]:
    built_on_by: dict[int, list[int]] = {}
    for child, parent in parents.items():
        built_on_by.setdefault(parent, []).append(child)
    generations, generation = [], [pk]
    while generation:
        found = [child for parent in generation for child in built_on_by.get(parent, [])]
        generation = [child for child in dict.fromkeys(found) if child not in seen]
        seen |= set(generation)
        generations.append(generation)
    children, *others = generations
    further = [pk for generation in others for pk in generation]
    return children[:MOST_RELATIVES], further[:MOST_RELATIVES]
