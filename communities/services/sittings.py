"""The safety net: what a design said before a person began to change it, kept once a sitting.

Everybody sits for themselves, and a sitting ends after half an hour without a change. So two
people who write in turns cause two versions between them, not one with every turn.
"""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, Model, QuerySet
from django.utils import timezone

from ..enums import VersionReason
from ..models import Attachment, Community, Photo, Reflection, Sitting, Version
from .versions import as_it_stands, freeze_if_new

QUIET = timedelta(minutes=30)
# Of one design; beyond it the oldest one goes. Versions that people made stay for ever.
MOST_KEPT = 30


def keep_before(instance: Model, *, by, rows: QuerySet) -> None:
    """To be called before a part of a design is changed or removed, in the same transaction.

    The first change of a sitting keeps a version of the state before it, unless one says the same
    already. `rows` are those about to be written: where there are none the save is stale, and
    nothing is kept. Two queries within a sitting, at most seven when one begins.
    """
    now, pk = timezone.now(), _community_id(instance)
    sittings = Sitting.objects.filter(community=pk, user=by, last_change_at__gt=now - QUIET)
    # Within a sitting no row is found, and so nobody waits for another one's save.
    begins = Community.objects.select_for_update().filter(~Exists(sittings), Exists(rows), pk=pk)
    if not list(begins.values_list("pk")):
        sittings.update(last_change_at=now)
        return
    community = as_it_stands(pk, is_sat_at=Exists(sittings))
    # The other request of the same person may have begun it while this one waited.
    if not community.is_sat_at:
        sit_down(community, by=by)
        _keep(community, by=by)


def sit_down(community: Community, *, by) -> None:
    """From now on `by` is at work on it, and what they change needs no net."""
    Sitting.objects.bulk_create(
        [Sitting(community=community, user=by, last_change_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["community", "user"],
        update_fields=["last_change_at"],
    )


def _keep(community: Community, *, by) -> None:
    note = f"Before {by}’s changes"[:300]
    version = freeze_if_new(community, by=by, reason=VersionReason.KEPT, note=note)
    if version and community.kept_count >= MOST_KEPT:
        _thin_out(community)


def _thin_out(community: Community) -> None:
    kept = community.versions.filter(reason=VersionReason.KEPT, published_of=None)
    too_many = list(kept.values_list("pk", flat=True)[MOST_KEPT:])
    if not too_many:
        return
    Version.objects.filter(pk__in=too_many).delete()
    forget_unseen(community)


def forget_unseen(community: Community) -> None:
    """What the team removed and no version shows any more goes, pictures and documents alike."""
    photos = Photo.objects.filter(community=community, is_removed=True, versions=None)
    documents = Attachment.objects.filter(community=community, is_removed=True, versions=None)
    names = [file["name"] for photo in photos for file in photo.files]
    names += [document.file for document in documents]
    photos.delete()
    documents.delete()
    transaction.on_commit(lambda: [default_storage.delete(name) for name in names], robust=True)


def _community_id(instance: Model) -> int:
    if isinstance(instance, Community):
        return instance.pk
    if isinstance(instance, Reflection):
        return instance.implementation.community_id
    return instance.community_id
