from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction

from ..media import Refused, discard, files_to_json, ingest
from ..models import Community, Photo
from ..signals import announce
from .editing import Stale, create_once, created_before, write_revised
from .photo_files import complete_soon, picture_limits, told_when_full
from .sittings import keep_before


@told_when_full()
def add_photo(community: Community, *, by, upload, key=None, is_completed=True, **words) -> Photo:
    """Make clean files of `upload` and a row for them, together or not at all.

    The picture work happens before the transaction. Raises media.Refused with a plain message.
    `key` is the one-time key of this one file: sent again, it finds the picture it made. The
    first picture becomes the cover. `frames_dropped` is true for an animation that was stilled.
    Formats that take long follow in a task, or if not `is_completed` with the next sweep.
    """
    if first := created_before(key, by=by):
        return first
    _refuse_when_full(community, by)
    photo = Photo(community=community, uploaded_by=by, updated_by=by, **words)
    picture = ingest(upload, storage=default_storage, folder=photo.folder, limits=picture_limits())
    photo.files = files_to_json(picture.files)
    photo.width, photo.height = picture.width, picture.height
    photo.color, photo.content_hash = picture.color, picture.content_hash
    photo.frames_dropped = picture.frames_dropped
    photo.original_name = (getattr(upload, "name", "") or "")[-120:]
    try:
        made = create_once(key, by=by, make=lambda: _hang(photo))
    except BaseException:
        discard(picture, storage=default_storage)
        raise
    if made is not photo:
        discard(picture, storage=default_storage)
    elif is_completed:
        transaction.on_commit(lambda: complete_soon.enqueue(photo.pk), robust=True)
    return made


@transaction.atomic
def _hang(photo: Photo) -> Photo:
    """Give a finished picture the last place in its community."""
    community = _locked(photo.community_id)
    _refuse_when_full(community, photo.uploaded_by)
    last = community.photos.order_by("-position").values_list("position", flat=True).first()
    photo.position = 0 if last is None else last + 1
    photo.save()
    Community.objects.filter(pk=community.pk, cover=None).update(cover=photo)
    return photo


def _refuse_when_full(community: Community, by) -> None:
    if community.photos.current().count() >= settings.PHOTOS_PER_COMMUNITY:
        raise Refused(
            "too_many",
            f"A design holds at most {settings.PHOTOS_PER_COMMUNITY} pictures. Remove one first.",
        )
    if Photo.objects.filter(uploaded_by=by).count() >= settings.PHOTOS_PER_PERSON:
        raise Refused(
            "too_many",
            f"You have uploaded {settings.PHOTOS_PER_PERSON} pictures, which is the most for one"
            " person. Remove one first, or ask the staff.",
        )


def _locked(community_id: int) -> Community:
    """Two hands that hang, move, take down or freeze pictures wait for each other."""
    return Community.objects.select_for_update().get(pk=community_id)


@transaction.atomic
def remove_photo(photo: Photo, *, by, revision: int | None = None) -> None:
    """Take it out of the working copy; the files go too unless a version shows them.

    Raises Stale when its words are no longer those of `revision`.
    """
    _locked(photo.community_id)
    if revision is not None and not Photo.objects.filter(pk=photo.pk, revision=revision).exists():
        raise Stale(Photo.objects.get(pk=photo.pk))
    keep_before(photo, by=by, rows=Photo.objects.filter(pk=photo.pk))
    Community.objects.filter(pk=photo.community_id, cover=photo).update(cover=None)
    if photo.versions.exists():
        Photo.objects.filter(pk=photo.pk).update(is_removed=True)
        return
    names = [file["name"] for file in photo.files]
    photo.delete()
    # A file that cannot be deleted now is logged and left to the sweep.
    transaction.on_commit(lambda: [default_storage.delete(name) for name in names], robust=True)


@transaction.atomic
def move_photo(photo: Photo, *, steps: int = 0, to: int | None = None) -> None:
    """Change places: -1 is one up, 1 is one down, `to` counts from 0; past the end is the end."""
    community = _locked(photo.community_id)
    keys = [key.hex for key in community.photos.current().values_list("key", flat=True)]
    if photo.key.hex not in keys:
        return
    place = keys.index(photo.key.hex)
    wanted = place + steps if to is None else to
    keys.insert(min(max(wanted, 0), len(keys) - 1), keys.pop(place))
    reorder_photos(community, keys)


@transaction.atomic
def reorder_photos(community: Community, keys: list[str]) -> None:
    """Put the pictures in the order of `keys` (hex); those not named follow as they were."""
    photos = list(community.photos.current())
    ranks = {key: rank for rank, key in enumerate(keys)}
    photos.sort(key=lambda photo: ranks.get(photo.key.hex, len(ranks)))
    for position, photo in enumerate(photos):
        photo.position = position
    Photo.objects.bulk_update(photos, ["position"])


def describe_photo(photo: Photo, *, by, revision: int, **words) -> Photo:
    """A picture whose consent is withdrawn leaves the public page at once. Raises Stale."""
    before = (photo.is_withheld, photo.consent_until)
    with transaction.atomic():
        write_revised(photo, by=by, revision=revision, **words)
        if (photo.is_withheld, photo.consent_until) != before:
            announce([photo.community_id])
    return photo


def focus_photo(photo: Photo, *, x: int, y: int) -> None:
    """What crops keep in sight, in percent; the public page follows with the next version."""
    Photo.objects.filter(pk=photo.pk).update(focus_x=x, focus_y=y)


def choose_cover(photo: Photo) -> None:
    Community.objects.filter(pk=photo.community_id).update(cover=photo)
