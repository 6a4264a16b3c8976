"""The pictures of a version with their words, their order and the cover."""

from dataclasses import fields

from django.core.files.storage import default_storage

from ...models import Community, Photo
from ...snapshot import PhotoNote, Snapshot
from ..photos import describe_photo, remove_photo, reorder_photos

# Files are what they are, and consent is what people say today.
_PHOTO_WORDS = [
    f.name for f in fields(PhotoNote) if f.name not in ("key", "files", "color", "consent")
]


def bring_back_photos(community: Community, wanted: Snapshot, *, by, left_out: list[str]) -> None:
    rows = {photo.key.hex: photo for photo in community.photos.all()}
    keys = [note.key for note in wanted.photos]
    for row in [row for key, row in rows.items() if key not in keys]:
        if not row.is_removed and not row.is_hidden:
            remove_photo(row, by=by)
    for note in wanted.photos:
        row = rows.get(note.key)
        if row is None or row.is_hidden or (row.is_removed and not _may_come_back(row)):
            name = note.caption or note.alt or "without words"
            left_out.append(f"The picture “{name}” is gone or was withdrawn.")
        else:
            _hang(row, note, by=by)
    reorder_photos(community, keys)
    cover = rows.get(wanted.cover_key)
    shown = community.photos.current().filter(pk=cover.pk).exists() if cover else False
    Community.objects.filter(pk=community.pk).update(cover=cover if shown else None)


def _may_come_back(photo: Photo) -> bool:
    """Never what staff have hidden or what somebody in it does not agree to."""
    has_files = all(default_storage.exists(file["name"]) for file in photo.files)
    return not photo.is_withheld and has_files


def _hang(photo: Photo, note: PhotoNote, *, by) -> None:
    words = {name: getattr(note, name) for name in _PHOTO_WORDS if hasattr(photo, name)}
    words |= {"is_removed": False, "is_decorative": photo.is_decorative and not note.alt}
    if any(getattr(photo, name) != value for name, value in words.items()):
        describe_photo(photo, by=by, revision=photo.revision, **words)
