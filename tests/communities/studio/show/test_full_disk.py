"""A disk that is full while a file comes in: said in plain words, and only the file is lost."""

from pathlib import Path

import pytest
from django.core.files import temp
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from communities.services.photo_files import NO_ROOM
from tests import factories

from .fields import fields_of


@pytest.fixture
def client(cast, design, sign_in):
    return sign_in(cast.author)


@pytest.fixture
def full(settings, monkeypatch):
    """Files come in on a disk of which the system says that it is full."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    device = Path("/dev/full")
    monkeypatch.setattr(
        temp, "NamedTemporaryFile", lambda **options: device.open("w+b", buffering=0)
    )


def stored() -> list[Path]:
    return [path for path in Path(default_storage.location).rglob("*") if path.is_file()]


def test_what_was_typed_about_other_pictures_is_kept(client, design, cast, at, full):
    photo = factories.photo(design, by=cast.author)
    before = stored()
    sent = fields_of(client.get(at("studio_photos")))
    sent[f"photo-{photo.key.hex}-caption"] = "Typed on a full disk"
    sent["photos"] = [factories.picture_file("one.png"), factories.picture_file("two.png")]
    answer = client.post(at("studio_photos"), sent)
    assert answer.status_code == 422
    refused = answer.context["sheet"].refused
    assert [(r.name, r.reason) for r in refused] == [("one.png", NO_ROOM), ("two.png", NO_ROOM)]
    assert fields_of(answer)[f"photo-{photo.key.hex}-caption"] == ["Typed on a full disk"]
    assert (design.photos.count(), stored()) == (1, before)


def test_a_picture_that_the_script_sends(client, design, at, full):
    answer = client.post(at("studio_photo_add"), {"photos": factories.picture_file()})
    assert (answer.status_code, answer.content.decode()) == (422, NO_ROOM)
    assert (design.photos.count(), stored()) == (0, [])


def test_a_document(client, design, at, full):
    file = SimpleUploadedFile("plan.txt", b"to scale")
    answer = client.post(at("studio_attachment_new"), {"file": file, "caption": "The plan"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"file": [NO_ROOM]}
    assert fields_of(answer)["caption"] == ["The plan"]
    assert (design.attachments.count(), stored()) == (0, [])


def test_designs_from_a_file(cast, client, full):
    file = SimpleUploadedFile("designs.csv", b"title\nBench Swap\n")
    client.force_login(cast.staff)
    address = reverse("review_imports")
    answer = client.post(address, {"file": file, "columns": "title=name"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"file": [NO_ROOM]}
    assert fields_of(answer)["columns"] == ["title=name"]


def test_any_other_trouble_with_the_disk_is_a_fault(client, at, settings, monkeypatch):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    settings.FILE_UPLOAD_TEMP_DIR = "/nowhere/at/all"
    with pytest.raises(FileNotFoundError):
        client.post(at("studio_photo_add"), {"photos": factories.picture_file()})
