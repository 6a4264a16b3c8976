"""Freezing a working copy into a version."""

from django.db import transaction

from ..differences import change_of_words
from ..enums import VersionReason
from ..models import Community, Section, Version
from ..snapshot import Snapshot
from .working_copy import parts_of, snapshot_at_hand, snapshots_of


@transaction.atomic
def freeze(community: Community, *, by, reason=VersionReason.SAVED, note="") -> Version:
    """Make the next version of what the working copy says now."""
    Community.objects.select_for_update().get(pk=community.pk)
    row = parts_of(community)
    return _freeze(row, _last(row), by=by, reason=reason, note=note)


def freeze_if_new(row: Community, *, by, reason, note="") -> Version | None:
    """The next version, or None where the newest one says exactly the same already.

    `row` is from `parts_of`, read in this transaction after the community was locked.
    """
    last = _last(row)
    if last and Snapshot.from_json(last["snapshot"]) == snapshot_at_hand(row):
        return None
    return _freeze(row, last, by=by, reason=reason, note=note)


def _last(community: Community) -> dict | None:
    return community.versions.values("number", "snapshot").first()


def _freeze(community: Community, last: dict | None, *, by, reason, note) -> Version:
    said = snapshot_at_hand(community).to_json()
    added, cut = change_of_words(last["snapshot"] if last else {}, said)
    version = Version.objects.create(
        community=community,
        number=last["number"] + 1 if last else 1,
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

    One query for each reason. One that is written meanwhile stays for the next version.
    """
    whys = []
    for section in (section for section in community.sections.all() if section.why):
        Section.objects.filter(pk=section.pk, why=section.why).update(why="")
        key, title = section.template.key, section.template.title
        whys.append({"key": key, "title": title, "why": section.why})
    return whys


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
