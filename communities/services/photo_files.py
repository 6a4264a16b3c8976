"""The files of pictures that hang already: made again, with or without what must not be seen."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from errno import EDQUOT, ENOSPC

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task, task_backends
from django_tasks.backends.immediate import ImmediateBackend

from ..media import (
    Limits,
    Picture,
    PictureFile,
    Refused,
    delete_all,
    discard,
    files_from_json,
    files_to_json,
    make_renditions,
    missing_files,
    remake,
)
from ..models import Community, Photo, Version
from ..signals import announce
from .editing import Stale

log = logging.getLogger(__name__)

NO_ROOM = (
    "There is no room left on our side for this file, and nothing of it was kept. Please tell"
    " the staff, and upload it again later."
)
# As many as were likely chosen at once: about four seconds of work at the most.
MADE_UP_FOR = 8
# x, y, width and height, in pixels of Photo.width and Photo.height.
Rectangle = tuple[int, int, int, int]


def picture_limits() -> Limits:
    return Limits(max_bytes=settings.PHOTO_MAX_BYTES, max_pixels=settings.PHOTO_MAX_PIXELS)


@contextmanager
def told_when_full() -> Iterator[None]:
    """A full disk is nothing that the person could mend: Refused with plain words."""
    try:
        yield
    except OSError as error:
        if error.errno not in (ENOSPC, EDQUOT):
            raise
        log.error("No room for an upload: %s", error)
        raise Refused("no_room", NO_ROOM) from error
    except OperationalError as error:
        if "full" not in str(error):
            raise
        log.error("No room for a row: %s", error)
        raise Refused("no_room", NO_ROOM) from error


@told_when_full()
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
    versions = list(Version.objects.filter(photos=photo).select_for_update())
    for version in versions:
        for note in version.snapshot["photos"]:
            if note["key"] == photo.key.hex:
                note.update(files=files, color=photo.color)
        version.save(update_fields=["snapshot"])
    if versions:
        announce([photo.community_id])


@task()
def complete_soon(photo_id: int) -> None:
    """Make what takes longer than anybody should wait for, of this picture and of its neighbours.

    Neighbours are the pictures that came into the same design before it and gave way to it. What
    gives way now, or fails, is left to the next one or to the sweep.
    """
    photo = Photo.objects.filter(pk=photo_id).first()
    if photo is None:
        return
    patience, made = 0 if _is_immediate() else 60, 0
    for lacking in (photo, *_neighbours(photo)):
        try:
            made += complete_photo(lacking, patience=patience)
        except (Refused, OSError) as error:
            log.info("Picture %s is left to the sweep: %r", lacking.key.hex, error)
            if getattr(error, "code", "") == "busy":
                return
        if made == MADE_UP_FOR:
            return


def _neighbours(photo: Photo) -> Iterable[Photo]:
    older = Photo.objects.filter(community_id=photo.community_id, pk__lt=photo.pk)
    return older.order_by("-pk")[: settings.PHOTOS_PER_COMMUNITY]


def _is_immediate() -> bool:
    """Whether a task holds up the person who asked: then it gives way to other pictures."""
    return isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], ImmediateBackend)


def complete_photo(photo: Photo, *, patience: float = 60) -> bool:
    """Make the renditions that a picture lacks, from its master; whether there were any.

    Waits up to `patience` seconds for a place. Raises media.Refused, and FileNotFoundError if the
    master is gone.
    """
    files = files_from_json(photo.files)
    missing = missing_files(files)
    if not missing:
        return False
    limits = replace(picture_limits(), wait_seconds=patience)
    made = make_renditions(
        files, missing, storage=default_storage, folder=photo.folder, limits=limits
    )
    try:
        _add_files(photo, made)
    except BaseException:
        delete_all(default_storage, [file.name for file in made])
        raise
    return True


@transaction.atomic
def _add_files(photo: Photo, made: tuple[PictureFile, ...]) -> None:
    """If it is still the same picture, and nobody else made the same meanwhile."""
    current = locked_photo(photo)
    if current is None or current.files != photo.files:
        transaction.on_commit(lambda: delete_all(default_storage, [file.name for file in made]))
        return
    current.files += files_to_json(made)
    Photo.objects.filter(pk=photo.pk).update(files=current.files)
    photo.files = current.files
    show_files(photo)
