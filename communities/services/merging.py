"""One value or topic instead of two: in the working copies, in all versions, under its old name.

A merge is the one change of the vocabulary that reaches what was published. Versions keep their
texts; only the word that they are found under becomes the other one.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from django.db import transaction
from django.db.models import F, Model, TextField
from django.db.models.functions import Cast

from ..enums import VocabularyAct
from ..models import (
    Community,
    CommunityTopic,
    CommunityValue,
    Insight,
    Topic,
    TopicAlias,
    Value,
    ValueAlias,
    Version,
)
from ..signals import announce, announce_vocabulary
from ..snapshot import HeldValue, Reference, Snapshot
from .vocabulary import record

BATCH = 100


@transaction.atomic
def merge_value(value: Value, *, into: Value, by) -> None:
    """`value` is gone; its name, its other names, its designs and its lessons are those of `into`.

    A design that holds both keeps the better rank, and both texts one after the other. Whoever has
    its values open in a form gets a conflict to look at.
    """
    held = CommunityValue.objects.filter(tag=value)
    touched = list(held.values_list("content_object", flat=True))
    _merge_held(value, into)
    Community.objects.filter(pk__in=touched).update(values_revision=F("values_revision") + 1)
    _move(Insight.values.through, "insight", "value", value, into)
    ValueAlias.objects.filter(value=value).update(value=into)
    ValueAlias.objects.get_or_create(slug=value.slug, defaults={"value": into, "name": value.name})
    changed = _rewrite(value.slug, lambda snapshot: with_value_merged(snapshot, value.slug, into))
    _finish(value, into, by=by, touched=touched, changed=changed)
    announce_vocabulary([value.slug, into.slug])
    value.delete()


@transaction.atomic
def merge_topic(topic: Topic, *, into: Topic, by) -> None:
    """The same for topics, which have no texts to keep."""
    links = CommunityTopic.objects.filter(tag=topic)
    touched = list(links.values_list("content_object", flat=True))
    _move(CommunityTopic, "content_object", "tag", topic, into)
    TopicAlias.objects.filter(topic=topic).update(topic=into)
    TopicAlias.objects.create(slug=topic.slug, topic=into, name=topic.name)
    changed = _rewrite(topic.slug, lambda snapshot: with_topic_merged(snapshot, topic.slug, into))
    _finish(topic, into, by=by, touched=touched, changed=changed)
    # No value changed, but the old name is part of what searches know.
    announce_vocabulary([])
    topic.delete()


def with_value_merged(snapshot: Snapshot, slug: str, into: Value) -> Snapshot:
    held: dict[str, HeldValue] = {}
    for one in snapshot.values:
        new = one
        if one.slug == slug:
            new = replace(one, slug=into.slug, name=into.name, mark=into.mark)
        before = held.get(new.slug)
        held[new.slug] = _joined(before, new) if before else new
    insights = (
        replace(note, values=_renamed(note.values, slug, into.slug)) for note in snapshot.insights
    )
    return replace(snapshot, values=tuple(held.values()), insights=tuple(insights))


def with_topic_merged(snapshot: Snapshot, slug: str, into: Topic) -> Snapshot:
    new = Reference(slug=into.slug, name=into.name)
    topics = dict.fromkeys(
        new if topic.slug in (slug, into.slug) else topic for topic in snapshot.topics
    )
    return replace(snapshot, topics=tuple(topics))


def versions_with(slug: str) -> Iterator[Version]:
    """Every version whose snapshot has this word somewhere. Reads each text once."""
    with_text = Version.objects.alias(text=Cast("snapshot", TextField()))
    found = with_text.filter(text__contains=f'"{slug}"').order_by("pk")
    yield from found.iterator(BATCH)


def _rewrite(slug: str, change: Callable[[Snapshot], Snapshot]) -> list[int]:
    """The keys of the versions that say something else now."""
    changed, batch = [], []
    for version in versions_with(slug):
        before = Snapshot.from_json(version.snapshot)
        after = change(before)
        if after != before:
            version.snapshot = after.to_json()
            batch.append(version)
            changed.append(version.pk)
        if len(batch) == BATCH:
            Version.objects.bulk_update(batch, ["snapshot"])
            batch = []
    Version.objects.bulk_update(batch, ["snapshot"])
    return changed


def _finish(what: Value | Topic, into, *, by, touched: list[int], changed: list[int]) -> None:
    published = Community.objects.filter(published_version__in=changed)
    announce(published.values_list("pk", flat=True))
    details = {"into": into.slug, "into_name": into.name}
    details |= {"designs": sorted(touched), "versions": changed}
    record(what, VocabularyAct.MERGED, by=by, **details)


def _merge_held(value: Value, into: Value) -> None:
    both = CommunityValue.objects.filter(tag=value, content_object__community_values__tag=into)
    others = {
        link.content_object_id: link
        for link in CommunityValue.objects.filter(
            tag=into, content_object__in=both.values("content_object")
        )
    }
    kept, gone = [], list(both)
    for link in gone:
        other = others[link.content_object_id]
        other.rank = min(other.rank, link.rank)
        other.rationale = _both(other.rationale, link.rationale)
        other.evidence = _both(other.evidence, link.evidence)
        kept.append(other)
    CommunityValue.objects.filter(pk__in=[link.pk for link in gone]).delete()
    CommunityValue.objects.bulk_update(kept, ["rank", "rationale", "evidence"])
    CommunityValue.objects.filter(tag=value).update(tag=into)


def _move(through: type[Model], owner: str, field: str, what: Model, into: Model) -> None:
    """Rows of `through` that name `what` name `into`; an owner that has both keeps one."""
    has_both = through._base_manager.filter(**{field: into}).values(owner)
    through._base_manager.filter(**{field: what, f"{owner}__in": has_both}).delete()
    through._base_manager.filter(**{field: what}).update(**{field: into})


def _joined(first: HeldValue, second: HeldValue) -> HeldValue:
    return replace(
        first,
        rationale=_both(first.rationale, second.rationale),
        evidence=_both(first.evidence, second.evidence),
    )


def _both(first: str, second: str) -> str:
    return "\n\n".join(dict.fromkeys(text for text in (first, second) if text.strip()))


def _renamed(slugs: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(new if slug == old else slug for slug in slugs))
