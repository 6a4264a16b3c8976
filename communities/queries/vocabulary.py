"""The vocabulary as staff look after it: what is used, what is nearly the same, what changed."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from rapidfuzz import fuzz, process

from ..models import Community, Insight, Topic, Value, VocabularyEvent

# Of topics those used most are compared with each other: some tenths of a second for all of them.
COMPARED = 1_500
# Of a hundred letters so many alike are worth a look.
ALIKE = 86
SHOWN = 40
# A topic that so many of all designs have narrows no search.
TOO_BROAD, FROM_DESIGNS = 0.25, 12


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two topics that may be one: `less` is used by fewer designs than `more`."""

    less: Topic
    more: Topic


@dataclass(frozen=True, kw_only=True)
class TopicReport:
    """`found` are those asked for by name; the lists are cut at SHOWN."""

    total: int
    found: list[Topic]
    unused: list[Topic]
    alike: list[Pair]
    broad: list[Topic]


@dataclass(frozen=True, kw_only=True)
class Effects:
    """What a merge would change. `designs` are cut at SHOWN; `both` of all hold both already."""

    designs: list[Community]
    total: int
    public: int
    both: int
    lessons: int


def values_in_use() -> QuerySet[Value]:
    """Each value with `held`, by how many working copies, and its other names. Two queries."""
    held = Count("community_values", distinct=True)
    public = Count(
        "community_values",
        filter=Q(community_values__content_object__published_version__isnull=False),
        distinct=True,
    )
    return Value.objects.annotate(held=held, public=public).prefetch_related("aliases")


def topic_report(asked: str = "") -> TopicReport:
    """Two queries, however many there are."""
    topics = list(Topic.objects.annotate(used=Count("community_topics")).order_by("-used", "name"))
    designs = Community.objects.count()
    broad = [t for t in topics if designs >= FROM_DESIGNS and t.used > TOO_BROAD * designs]
    wanted = asked.casefold()
    return TopicReport(
        total=len(topics),
        found=[t for t in topics if wanted and wanted in t.name.casefold()][:SHOWN],
        unused=[t for t in topics if not t.used][:SHOWN],
        alike=alike(topics)[:SHOWN],
        broad=broad[:SHOWN],
    )


def alike(topics: list[Topic]) -> list[Pair]:
    """Pairs whose names differ in a letter or an ending; `topics` are those used most first."""
    compared = topics[:COMPARED]
    names = [topic.name.casefold() for topic in compared]
    pairs = []
    for place, topic in enumerate(compared):
        near = process.extract(
            names[place], names[:place], scorer=fuzz.ratio, score_cutoff=ALIKE, limit=1
        )
        pairs += [Pair(less=topic, more=compared[other]) for _, _, other in near]
    return pairs


def effects_of_value(value: Value, into: Value) -> Effects:
    """Five queries."""
    holding = Community.objects.filter(community_values__tag=value)
    both = holding.filter(pk__in=Community.objects.filter(community_values__tag=into))
    lessons = Insight.objects.filter(values=value).count()
    return _effects(holding, both.count(), lessons)


def effects_of_topic(topic: Topic, into: Topic) -> Effects:
    """Four queries."""
    holding = Community.objects.filter(community_topics__tag=topic)
    both = holding.filter(pk__in=Community.objects.filter(community_topics__tag=into))
    return _effects(holding, both.count(), 0)


def _effects(holding: QuerySet[Community], both: int, lessons: int) -> Effects:
    return Effects(
        designs=list(holding.order_by("title")[:SHOWN]),
        total=holding.count(),
        public=holding.filter(published_version__isnull=False).count(),
        both=both,
        lessons=lessons,
    )


def history_of(kind: str, slug: str) -> list[VocabularyEvent]:
    """What was done to it, the latest first. One query."""
    events = VocabularyEvent.objects.filter(kind=kind, slug=slug).select_related("actor")
    return list(events[:SHOWN])


def recent_history() -> list[VocabularyEvent]:
    return list(VocabularyEvent.objects.select_related("actor")[:12])
