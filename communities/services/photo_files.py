"""The files of pictures that hang already: made again, with or without what must not be seen."""

from collections.abc import Iterable

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from ..media import (
    Limits,
    Picture,
    discard,
    files_from_json,
    files_to_json,
    remake,
)
from ..models import Community, Photo, Version
from ..signals import announce
from .editing import Stale

# x, y, width and height, in pixels of Photo.width and Photo.height.
Rectangle = tuple[int, int, int, int]


def picture_limits() -> Limits:
    return Limits(max_bytes=settings.PHOTO_MAX_BYTES, max_pixels=settings.PHOTO_MAX_PIXELS)


def blur_photo(photo: Photo, *, by, blur: Iterable[Rectangle]) -> None:
    """Make what lies within the rectangles unrecognisable, everywhere and for good.

    The working copy and every version show the new files from the commit on; the old ones are
    deleted then, and nobody keeps them. The picture work happens before the transaction. Raises
    media.Refused with a plain message, and Stale if the picture is no longer the one that `photo`
    says (its files).
    """
    picture = remake(
        files_from_json(photo.files),
        storage=default_storage,
        folder=photo.folder,
        blur=blur,
        limits=picture_limits(),
    )
    try:
        _replace_files(photo, picture, by=by)
    except BaseException:
        discard(picture, storage=default_storage)
        raise


@transaction.atomic
def _replace_files(photo: Photo, picture: Picture, *, by) -> None:
    current = locked_photo(photo)
    if current is None or current.files[0] != photo.files[0]:
        raise Stale(current or photo)
    old = [file["name"] for file in current.files]
    changes = {
        "files": files_to_json(picture.files),
        "width": picture.width,
        "height": picture.height,
        "color": picture.color,
        "content_hash": picture.content_hash,
        "updated_at": timezone.now(),
        "updated_by": by,
    }
    # Not a new revision: that guards the words, and those are as they were.
    Photo.objects.filter(pk=photo.pk).update(**changes)
    for name, value in changes.items():
        setattr(photo, name, value)
    show_files(photo)
    # A file that cannot be deleted now is logged and left to the sweep.
    transaction.on_commit(lambda: [default_storage.delete(name) for name in old], robust=True)


def locked_photo(photo: Photo) -> Photo | None:
    """As it is now, after waiting for whoever hangs, moves, takes down or freezes pictures."""
    Community.objects.select_for_update().get(pk=photo.community_id)
    return Photo.objects.filter(pk=photo.pk).first()


def show_files(photo: Photo) -> None:
    """Let every version of the picture name the files that there are now, and tell the gallery.

    Versions never change but for this: they say what was shown, and the old files are no more.
    """
    files = [
        {name: getattr(file, name) for name in ("name", "width", "height")}
        for file in files_from_json(photo.files)
    ]
    for version in Version.objects.filter(photos=photo).select_for_update():
        for note in version.snapshot["photos"]:
            if note["key"] == photo.key.hex:
                note.update(files=files, color=photo.color)
        version.save(update_fields=["snapshot"])
    announce([photo.community_id])
