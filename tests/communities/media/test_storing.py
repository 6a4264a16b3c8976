"""All files of a picture are in the storage, or none; strays are swept."""

import hashlib
import json
import os
import re
import stat
import time
from datetime import timedelta

import pytest
from django.core.files.storage import FileSystemStorage, InMemoryStorage

from communities.media import (
    Picture,
    delete_unreferenced,
    discard,
    files_from_json,
    files_to_json,
    unreferenced,
)
from communities.media.workspace import PREFIX

from . import corpus

WIDE = corpus.encoded(corpus.four_corners((1300, 100)), "PNG")


class FailingAtTheSecond:
    """Mixed into a storage: the second save raises as a full disk does."""

    saves = 0

    def _save(self, name, content):
        self.saves += 1
        if self.saves == 2:
            raise OSError(28, "No space left on device")
        return super()._save(name, content)


class FailingDisk(FailingAtTheSecond, FileSystemStorage):
    pass


class FailingMemory(FailingAtTheSecond, InMemoryStorage):
    pass


def test_names_and_hash_come_from_the_content(take, storage):
    picture = take(WIDE)

    with storage.open(picture.files[0].name) as file:
        assert hashlib.sha256(file.read()).hexdigest() == picture.content_hash
    start = f"designs/1/{picture.content_hash[:16]}"
    names = [f"{start}-{width}.webp" for width in (1300, 1280, 640, 480, 320)]
    names += [f"{start}-{width}.jpg" for width in (1280, 640)]
    assert [file.name for file in picture.files] == names
    assert re.fullmatch("#[0-9a-f]{6}", picture.color)


def test_only_the_named_files_are_left(take, files_left):
    picture = take(WIDE)

    assert files_left() == sorted(f"media/{file.name}" for file in picture.files)


def test_stored_files_have_the_permissions_of_the_storage(take, tmp_path):
    storage = FileSystemStorage(
        tmp_path / "media", file_permissions_mode=0o640, directory_permissions_mode=0o750
    )

    path = storage.path(take(WIDE, storage=storage).files[0].name)

    assert stat.S_IMODE(os.stat(path).st_mode) == 0o640
    assert stat.S_IMODE(os.stat(os.path.dirname(path)).st_mode) == 0o750


def test_a_storage_without_paths(take, files_left):
    storage = InMemoryStorage()

    picture = take(WIDE, storage=storage)

    assert [storage.size(file.name) for file in picture.files] == [
        file.bytes for file in picture.files
    ]
    assert files_left() == []


def test_a_save_that_fails_on_disk_leaves_nothing(take, tmp_path, files_left):
    storage = FailingDisk(tmp_path / "media")

    with pytest.raises(OSError, match="No space left"):
        take(WIDE, storage=storage)

    assert storage.saves == 2
    assert files_left() == []


def test_a_save_that_fails_elsewhere_leaves_nothing(take, files_left):
    storage = FailingMemory()

    with pytest.raises(OSError, match="No space left"):
        take(WIDE, storage=storage)

    assert storage.listdir("designs/1") == ([], [])
    assert files_left() == []


def test_the_same_picture_twice_shares_no_file(take, storage):
    first, second = take(WIDE), take(WIDE)

    assert first.content_hash == second.content_hash
    discard(first, storage=storage)
    assert all(storage.exists(file.name) for file in second.files)


def test_discarding_leaves_nothing(take, storage, files_left):
    discard(take(WIDE), storage=storage)

    assert files_left() == []


def test_a_picture_survives_a_json_field(take):
    picture = take(WIDE)

    assert Picture.from_json(json.loads(json.dumps(picture.to_json()))) == picture
    assert files_from_json(json.loads(json.dumps(files_to_json(picture.files)))) == picture.files


@pytest.fixture
def aged(storage):
    """A function that makes a stored file two hours old."""

    def aged(name):
        two_hours_ago = time.time() - 7200
        os.utime(storage.path(name), (two_hours_ago, two_hours_ago))

    return aged


def test_the_sweep_takes_old_strays_and_nothing_else(take, storage, aged):
    kept, young, stray = take(WIDE), take(WIDE), take(WIDE)
    for file in (*kept.files, *stray.files):
        aged(file.name)
    referenced = {file.name for file in kept.files}

    deleted = delete_unreferenced(storage, "designs", referenced)

    assert sorted(deleted) == sorted(file.name for file in stray.files)
    assert all(storage.exists(file.name) for file in (*kept.files, *young.files))
    assert list(unreferenced(storage, "", referenced)) == []
    young_names = {file.name for file in young.files}
    assert set(unreferenced(storage, "", referenced, timedelta(0))) == young_names


def test_the_sweep_clears_killed_ingests_but_no_running_one(storage, aged, files_left):
    for name in ("killed", "running"):
        os.makedirs(storage.path(f"{PREFIX}{name}/inside"))
    aged(f"{PREFIX}killed")

    assert delete_unreferenced(storage, "", set()) == []
    assert files_left() == [f"media/{PREFIX}running"]


def test_sweeping_where_nothing_was_ever_stored(storage):
    assert delete_unreferenced(storage, "designs", set()) == []
