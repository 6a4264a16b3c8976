"""Pictures made again: old versions show the new files, and the old files are gone."""

import pytest
from django.core.files.storage import default_storage

from communities.models import Photo
from communities.services.editing import Stale
from communities.services.photo_files import blur_photo
from communities.services.versions import freeze
from communities.snapshot import Snapshot
from gallery.models import Entry
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
