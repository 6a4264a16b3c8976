"""A fresh local storage whose every file, hidden or not, a test can list."""

from __future__ import annotations

import tempfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from PIL import Image

from communities.media import Limits, ingest


@pytest.fixture(autouse=True)
def temporary_folder(tmp_path, monkeypatch):
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def storage(tmp_path):
    return FileSystemStorage(location=tmp_path / "media", base_url=None)


@pytest.fixture
def files_left(tmp_path):
    """A function giving every file and temporary folder that exists now."""

    def left():
        found = [path for path in tmp_path.rglob("*") if path.is_file() or path.name[0] == "."]
        return sorted(str(path.relative_to(tmp_path)) for path in found)

    return left


@pytest.fixture
def take(storage):
    def take(data: bytes, *, storage=storage, name="photo.jpg", limits=None):
        upload = ContentFile(data, name=name)
        return ingest(upload, storage=storage, folder="designs/1", limits=limits or Limits())

    return take


@pytest.fixture
def shown(take, storage):
    """A function taking a file and giving its master back as loaded by Pillow."""

    def shown(data: bytes, **options) -> Image.Image:
        picture = take(data, **options)
        with storage.open(picture.files[0].name) as file, Image.open(file) as master:
            master.load()
            return master

    return shown
