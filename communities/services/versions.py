"""Freezing a working copy into a version."""

from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from ..differences import change_of_words
from ..enums import VersionReason
from ..models import Community, Section, Version
from ..snapshot import Snapshot
from .working_copy import snapshot_at_hand, snapshots_of, with_snapshot_parts


@transaction.atomic
def freeze(community: Community, *, by, reason=VersionReason.SAVED, note="") -> Version:
    """Make the next version of what the working copy says now. At most six queries."""
    list(Community.objects.select_for_update().filter(pk=community.pk).values_list("pk"))
    return _freeze(as_it_stands(community.pk), by=by, reason=reason, note=note)


def as_it_stands(pk: int, **more) -> Community:
    """The working copy with all that its next version needs, and `more`, by one query.

    To be read after the community was locked, so that no other version gets the same number.
    """
    versions = Version.objects.filter(community=OuterRef("pk"))
    kept = versions.filter(reason=VersionReason.KEPT, published_of=None).order_by()
    kept = kept.values("community").annotate(n=Count("pk")).values("n")
    last = {f"last_{name}": Subquery(versions.values(name)[:1]) for name in ("number", "snapshot")}
    rows = with_snapshot_parts().annotate(kept_count=Coalesce(Subquery(kept), 0), **last, **more)
    return rows.get(pk=pk)


def freeze_if_new(row: Community, *, by, reason, note="") -> Version | None:
    """The next version, or None where the newest one says exactly the same already.

    `row` is from `as_it_stands`.
    """
    if row.last_number and Snapshot.from_json(row.last_snapshot) == snapshot_at_hand(row):
        return None
    return _freeze(row, by=by, reason=reason, note=note)


def _freeze(community: Community, *, by, reason, note) -> Version:
    said = snapshot_at_hand(community).to_json()
    added, cut = change_of_words(community.last_snapshot or {}, said)
    version = Version.objects.create(
        community=community,
        number=(community.last_number or 0) + 1,
        snapshot=said,
        reason=reason,
        note=note,
        words_added=added,
        words_cut=cut,
        whys=_whys_kept(community),
        created_by=by,
    )
    version.photos.add(*community.photos.all())
    version.attachments.add(*community.attachments.all())
    return version


def _whys_kept(community: Community) -> list[dict]:
    """Why sections changed since the version before; from now on the next reasons are collected.

    At most one query. A reason that is written meanwhile stays for the next version.
    """
    given = [section for section in community.sections.all() if section.why]
    as_read = (Q(pk=section.pk, why=section.why) for section in given)
    if given:
        Section.objects.filter(reduce(or_, as_read)).update(why="")
    return [
        {"key": section.template.key, "title": section.template.title, "why": section.why}
        for section in given
    ]


@transaction.atomic
def freeze_many(communities: list[Community], *, by, note="") -> list[Version]:
    """One version of each, for imports: rows nobody else edits, without pictures."""
    snapshots = snapshots_of(communities)
    versions = Version.objects.filter(community__in=communities).order_by("number")
    last = {v.community_id: v for v in versions.only("community", "number", "snapshot")}
    made = []
    for community in communities:
        before, said = last.get(community.pk), snapshots[community.pk].to_json()
        added, cut = change_of_words(before.snapshot if before else {}, said)
        made.append(
            Version(
                community=community,
                number=before.number + 1 if before else 1,
                snapshot=said,
                reason=VersionReason.SAVED,
                note=note,
                words_added=added,
                words_cut=cut,
                created_by=by,
            )
        )
    return Version.objects.bulk_create(made)
