"""Pictures made again: old versions show the new files, and the old files are gone."""

import time
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import OperationalError

from communities.media import Limits, Refused, sandbox
from communities.media.picture import refusal
from communities.models import Photo
from communities.services import photo_files, photos
from communities.services.editing import Stale
from communities.services.photo_files import blur_photo, complete_photo
from communities.services.versions import freeze
from communities.snapshot import Snapshot
from gallery.models import Entry
from gallery.settings import TASK_BACKENDS
from tests import factories


@pytest.fixture
def made(cast):
    return factories.community(cast.author)


@pytest.fixture
def photo(cast, made):
    return factories.photo(made, by=cast.author)


def names(photo) -> list[str]:
    return [file["name"] for file in photo.files]


def shown_in(version) -> list[str]:
    version.refresh_from_db()
    return [file.name for file in Snapshot.from_json(version.snapshot).photos[0].files]


def test_every_version_shows_the_blurred_one_and_nobody_keeps_the_other(
    cast, made, photo, django_capture_on_commit_callbacks
):
    other = factories.photo(made, by=cast.author)
    first, second = freeze(made, by=cast.author), freeze(made, by=cast.author)
    before, revision = names(photo), photo.revision
    with django_capture_on_commit_callbacks(execute=True):
        blur_photo(photo, by=cast.teammate, blur=[(0, 0, 30, 30)])
    stored = Photo.objects.get(pk=photo.pk)
    assert not set(names(stored)) & set(before)
    assert [default_storage.exists(name) for name in before] == [False] * len(before)
    assert all(default_storage.exists(name) for name in names(stored))
    assert shown_in(first) == shown_in(second) == names(stored)
    assert Snapshot.from_json(first.snapshot).photos[1].files[0].name == names(other)[0]
    assert (stored.revision, stored.updated_by) == (revision, cast.teammate)
    assert stored.content_hash == photo.content_hash


def test_the_gallery_shows_the_blurred_one(cast, made, photo, django_capture_on_commit_callbacks):
    factories.publish(made, by=cast.author, staff=cast.staff)
    with django_capture_on_commit_callbacks(execute=True):
        blur_photo(photo, by=cast.author, blur=[(0, 0, 30, 30)])
    cover = Entry.objects.get().card["cover"]
    assert cover["files"][0]["name"] == names(photo)[0].rpartition("/")[2]


def test_who_saw_another_picture_blurs_nothing(cast, photo, django_capture_on_commit_callbacks):
    late = Photo.objects.get(pk=photo.pk)
    with django_capture_on_commit_callbacks(execute=True):
        blur_photo(photo, by=cast.author, blur=[(0, 0, 30, 30)])
    kept = names(photo)
    with default_storage.open(kept[0]) as master:
        default_storage.save(late.files[0]["name"], master)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Stale):
        blur_photo(late, by=cast.teammate, blur=[(5, 5, 30, 30)])
    assert names(Photo.objects.get(pk=photo.pk)) == kept
    _, files = default_storage.listdir(photo.folder)
    assert len(files) == len(kept) + 1, "nothing of the second try is left"


# --- Formats that take long -----------------------------------------------------------------------


def test_an_upload_is_completed_after_its_commit(cast, made, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        photo = factories.photo(made, by=cast.author)
    photo.refresh_from_db()
    assert [name.rpartition(".")[2] for name in names(photo)] == ["webp", "jpg", "avif"]
    assert all(default_storage.exists(name) for name in names(photo))


def test_what_cannot_be_completed_spoils_no_upload(
    cast, made, monkeypatch, django_capture_on_commit_callbacks
):
    def fails(*args, **options):
        raise Refused("busy", "Many pictures are arriving.")

    monkeypatch.setattr(photo_files, "make_renditions", fails)
    with django_capture_on_commit_callbacks(execute=True):
        photo = factories.photo(made, by=cast.author)
    photo.refresh_from_db()
    assert [name.rpartition(".")[2] for name in names(photo)] == ["webp", "jpg"]


def test_completing_a_picture_that_was_made_again_meanwhile_leaves_nothing(
    cast, photo, django_capture_on_commit_callbacks
):
    late = Photo.objects.get(pk=photo.pk)
    with default_storage.open(late.files[0]["name"]) as master:
        kept = default_storage.save(late.files[0]["name"] + ".kept", master)
    with django_capture_on_commit_callbacks(execute=True):
        blur_photo(photo, by=cast.author, blur=[(0, 0, 30, 30)])
    with default_storage.open(kept) as master:
        default_storage.save(late.files[0]["name"], master)
    _, before = default_storage.listdir(photo.folder)
    with django_capture_on_commit_callbacks(execute=True):
        complete_photo(late)
    assert sorted(default_storage.listdir(photo.folder)[1]) == sorted(before)
    assert names(Photo.objects.get(pk=photo.pk)) == names(photo)


def no_room(*args, **options):
    raise OSError(28, "No space left on device")


def no_room_in_the_database(*args, **options):
    raise OperationalError("database or disk is full")


def not_ours(*args, **options):
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize(
    ("place", "name", "fails"),
    [(FileSystemStorage, "_save", no_room), (photos, "_hang", no_room_in_the_database)],
)
def test_a_full_disk_is_said_and_leaves_nothing(cast, made, monkeypatch, place, name, fails):
    monkeypatch.setattr(place, name, fails)
    with pytest.raises(Refused) as caught:
        factories.photo(made, by=cast.author)
    monkeypatch.undo()
    assert caught.value.message.startswith("There is no room left on our side for this file")
    root = Path(default_storage.location)
    assert [path for path in root.rglob("*") if path.is_file()] == []
    assert not made.photos.exists()


def test_another_fault_of_the_storage_is_not_called_a_full_disk(cast, made, monkeypatch):
    monkeypatch.setattr(FileSystemStorage, "_save", not_ours)
    with pytest.raises(PermissionError):
        factories.photo(made, by=cast.author)


def test_what_takes_long_gives_way_to_other_pictures_at_once(photo, caplog):
    """It holds up the person who sent the picture, unless a worker does it."""
    busy = refusal("busy", Limits())
    before, began = names(photo), time.monotonic()
    with sandbox._slots, caplog.at_level("INFO", logger=photo_files.__name__):
        photo_files.complete_soon.enqueue(photo.pk)
    assert time.monotonic() - began < 20
    assert [r.message for r in caplog.records if r.name == photo_files.__name__] == [
        f"Picture {photo.key.hex} is left to the sweep: {busy!r}"
    ]
    photo.refresh_from_db()
    assert names(photo) == before
    photo_files.complete_soon.enqueue(photo.pk)
    photo.refresh_from_db()
    assert {name.rpartition(".")[2] for name in set(names(photo)) - set(before)} == {"avif"}


def test_a_worker_waits_for_its_turn(photo, settings, monkeypatch):
    patience = []
    monkeypatch.setattr(photo_files, "complete_photo", lambda p, **how: bool(patience.append(how)))
    photo_files.complete_soon.call(photo.pk)
    settings.TASKS = {"default": {"BACKEND": TASK_BACKENDS["database"]}}
    photo_files.complete_soon.call(photo.pk)
    assert patience == [{"patience": 0}, {"patience": 60}]


def test_the_last_of_many_makes_up_for_those_that_gave_way(cast, made, photo, monkeypatch):
    elsewhere = factories.photo(factories.community(cast.author), by=cast.author)
    lost, third, last = (factories.photo(made, by=cast.author) for _ in range(3))
    default_storage.delete(names(lost)[0])
    photo_files.complete_soon.enqueue(last.pk)

    def formats(one) -> set[str]:
        one.refresh_from_db()
        return {name.rpartition(".")[2] for name in names(one)}

    assert [formats(one) for one in (photo, third, last)] == [{"webp", "jpg", "avif"}] * 3
    assert [formats(one) for one in (lost, elsewhere)] == [{"webp", "jpg"}] * 2
    monkeypatch.setattr(photo_files, "MADE_UP_FOR", 2)
    more = [factories.photo(made, by=cast.author) for _ in range(3)]
    photo_files.complete_soon.enqueue(more[-1].pk)
    assert ["avif" in formats(one) for one in more] == [False, True, True]
