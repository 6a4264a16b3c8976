"""Keeps the rows of the index equal to what is published.

Derived and disposable: `rebuild` recreates everything from published versions, through the same
function that follows a single publication.
"""

from collections import Counter
from datetime import date

from django.db import transaction
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from communities.models import Community, OldSlug, Photo
from communities.snapshot import Snapshot

from .corpora import CORPORA, DESIGNS, INSIGHTS
from .entries import FORMAT, Rows, rows_of
from .enums import Sort
from .models import Entry, EntryInsight, EntryText, Generation, InsightText
from .sets import Shelved, write_anew, write_changes
from .text import text_index
from .vocabulary import fingerprint, value_words

BATCH = 200


def index_community(community_id: int) -> None:
    """Add, replace or remove the entry of one community, whatever it is now."""
    index_communities([community_id])


def index_communities(community_ids) -> None:
    """The same for some, in one transaction. Queries do not grow with their number."""
    with transaction.atomic():
        # First of all: whoever holds this row reads versions nobody can index before us.
        generation = Generation.bump()
        _replace(list(community_ids), generation)


def rebuild(progress=lambda done: None) -> int:
    """Write every entry anew and return how many; publishing and searching go on meanwhile."""
    made_by = _made_by()
    numbers = Community.objects.published().order_by("catalogue_number")
    done = 0
    for batch in _batches(list(numbers.values_list("pk", flat=True))):
        index_communities(batch)
        progress(done := done + len(batch))
    index_communities(_unpublished_entries())
    for corpus in CORPORA:
        text_index(corpus.table).settle()
    write_sets_anew()
    Generation.objects.filter(pk=Generation.ONLY).update(made_by=made_by)
    return done


def repair() -> int:
    """Write only what differs from what is published; returns how many communities did.

    All of them when the code or the vocabulary is another than at the last rebuild.
    """
    if not Generation.objects.filter(pk=Generation.ONLY, made_by=_made_by()).exists():
        return rebuild()
    known = set(Entry.objects.values_list("community_id", "version_id", "slug"))
    published = Community.objects.published()
    right = set(published.values_list("pk", "published_version_id", "slug"))
    wrong = sorted({community_id for community_id, *_ in known ^ right})
    for batch in _batches(wrong):
        index_communities(batch)
    return len(wrong) + write_sets_anew()


def write_sets_anew() -> int:
    """Make the stored sets what the entries say; returns how many corpora were not so.

    Publications wait meanwhile: about a second at 100,000 designs.
    """
    with transaction.atomic():
        generation = Generation.bump()
        _count_all_built_on()
        wrong = [
            write_anew(DESIGNS, _designs(Entry.objects.all()), at=generation),
            write_anew(INSIGHTS, _lessons(EntryInsight.objects.all()), at=generation),
        ]
        if not any(wrong):
            # Nothing has changed, so what the processes remember stays good.
            transaction.set_rollback(True)
    return sum(wrong)


def _batches(ids: list[int]):
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _made_by() -> str:
    return f"{FORMAT}-{fingerprint(value_words())}"


def _unpublished_entries() -> list[int]:
    strays = Entry.objects.filter(community__published_version=None)
    return list(strays.values_list("community_id", flat=True))


def _replace(community_ids: list[int], generation: int) -> None:
    communities = list(
        Community.objects.published()
        .filter(pk__in=community_ids)
        .select_related("published_version")
    )
    before = Entry.objects.filter(community_id__in=community_ids)
    parents = set(before.values_list("parent_id", flat=True))
    gone, gone_lessons = _designs(before), _lessons(EntryInsight.objects.filter(entry__in=before))
    before.delete()
    rows = _rows(communities)
    _create(rows)
    written = {row.entry.number for row in rows}
    parents |= {row.entry.parent_id for row in rows}
    recounted = _count_built_on(parents | set(community_ids))
    gone += [thing for thing in recounted if thing.number not in written]
    touched = written | {thing.number for thing in recounted}
    come = _designs(Entry.objects.filter(number__in=touched))
    labels = {place: label for row in rows for place, label in row.labels.items()}
    write_changes(DESIGNS, gone, come, labels, at=generation)
    come_lessons = [Shelved(i.number, i.found_under) for row in rows for i in row.insights]
    write_changes(INSIGHTS, gone_lessons, come_lessons, labels, at=generation)


def _designs(entries: QuerySet[Entry]) -> list[Shelved]:
    rows = entries.order_by().values_list("number", "found_under", "participants", "built_on_count")
    return [_shelved(*row) for row in rows]


def _shelved(number: int, found_under: dict, participants: int, built_on: int) -> Shelved:
    measures = {Sort.PARTICIPANTS.value: participants, Sort.BUILT_ON.value: built_on}
    amounts = {measure: [str(amount)] for measure, amount in measures.items()}
    return Shelved(number, found_under | amounts)


def _lessons(insights: QuerySet[EntryInsight]) -> list[Shelved]:
    rows = insights.order_by().values_list("number", "found_under")
    return [Shelved(number, found) for number, found in rows]


def _rows(communities: list[Community]) -> list[Rows]:
    words = value_words()
    withheld, ends = _withheld_photos(communities)
    snapshots = {
        community.pk: Snapshot.from_json(community.published_version.snapshot)
        .without_photos(withheld)
        .without_insights(community.hidden_insights)
        for community in communities
    }
    parents = _ids_by_slug({s.built_on.slug for s in snapshots.values() if s.built_on})
    rows = []
    for community in communities:
        snapshot = snapshots[community.pk]
        parent_id = parents.get(snapshot.built_on.slug) if snapshot.built_on else None
        rows.append(rows_of(community, snapshot, words=words, parent_id=parent_id, ends=ends))
    return rows


def _create(rows: list[Rows]) -> None:
    Entry.objects.bulk_create(row.entry for row in rows)
    EntryText.objects.bulk_create(row.text for row in rows)
    EntryInsight.objects.bulk_create(lesson for row in rows for lesson in row.insights)
    InsightText.objects.bulk_create(text for row in rows for text in row.insight_texts)


def _withheld_photos(communities: list[Community]) -> tuple[set[str], dict[str, date]]:
    """Which pictures are not shown, and until when some of the others are."""
    photos = Photo.objects.filter(community__in=communities)
    unlasting = photos.withheld() | photos.exclude(consent_until=None)
    rows = list(unlasting.defer("files"))
    withheld = {photo.key.hex for photo in rows if photo.is_withheld}
    ends = {photo.key.hex: photo.consent_until for photo in rows if photo.consent_until}
    return withheld, ends


def _ids_by_slug(slugs: set[str]) -> dict[str, int]:
    old = OldSlug.objects.filter(slug__in=slugs).values_list("slug", "community_id")
    now = Community.objects.filter(slug__in=slugs).values_list("slug", "pk")
    return {**dict(old), **dict(now)} if slugs else {}


def _count_built_on(community_ids: set[int | None]) -> list[Shelved]:
    """Each of these says how many entries build on it; returns those changed, as they were."""
    counts = Counter(
        Entry.objects.filter(parent__in=community_ids).values_list("parent", flat=True)
    )
    entries = Entry.objects.filter(community__in=community_ids).only(
        "community_id", "found_under", "participants", "built_on_count"
    )
    changed = [entry for entry in entries if entry.built_on_count != counts[entry.community_id]]
    before = [
        _shelved(entry.number, entry.found_under, entry.participants, entry.built_on_count)
        for entry in changed
    ]
    for entry in changed:
        entry.built_on_count = counts[entry.community_id]
    Entry.objects.bulk_update(changed, ["built_on_count"])
    return before


def _count_all_built_on() -> None:
    """The same for every entry at once; writes only those that are wrong."""
    children = Entry.objects.filter(parent=OuterRef("community")).order_by().values("parent")
    right = Coalesce(Subquery(children.annotate(count=Count("pk")).values("count")), 0)
    wrong = Entry.objects.annotate(right=right).exclude(built_on_count=F("right"))
    wrong.update(built_on_count=right)
