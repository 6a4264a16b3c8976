import os
import time
from io import StringIO
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from communities.models import Photo
from communities.services.versions import freeze
from communities.snapshot import Snapshot
from tests import factories


def sweep(*options: str) -> str:
    output = StringIO()
    call_command("sweep", *options, stdout=output, stderr=output)
    return output.getvalue().strip()


def files() -> set[str]:
    root = Path(default_storage.location)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def grow_old(*names: str) -> None:
    long_ago = time.time() - 2 * 3600
    for name in names:
        os.utime(default_storage.path(name), (long_ago, long_ago))


def test_files_that_no_picture_names_are_deleted_after_an_hour(cast):
    made = factories.community(cast.author)
    shown = factories.photo(made, by=cast.author)
    hidden = factories.photo(made, by=cast.author)
    Photo.objects.filter(pk=hidden.pk).update(is_hidden=True)
    kept = {file["name"] for photo in (shown, hidden) for file in photo.files}
    stranded = default_storage.save("photos/ab/stranded-64.webp", ContentFile(b"cut off"))
    arriving = default_storage.save("photos/ab/arriving-64.webp", ContentFile(b"just now"))
    grow_old(stranded, *kept)

    assert sweep("--only-delete") == "Deleted 1 file that nothing names."
    assert files() == kept | {arriving}
    assert sweep("--only-delete") == "Deleted 0 files that nothing names."


def test_renditions_that_a_picture_lacks_are_made(cast):
    made = factories.community(cast.author)
    photo, other = (factories.photo(made, by=cast.author) for _ in range(2))
    version = freeze(made, by=cast.author)
    default_storage.delete(other.files[0]["name"])
    old = [file for file in photo.files if file["name"].endswith(".webp")]
    Photo.objects.filter(pk=photo.pk).update(files=old)
    assert sweep().splitlines() == [
        "Deleted 0 files that nothing names.",
        "Completed 1 picture.",
        f"Could not complete: {other.key.hex}. The log says why.",
    ]
    photo.refresh_from_db()
    assert [f["name"].rpartition(".")[2] for f in photo.files] == ["webp", "jpg", "avif"]
    assert all(default_storage.exists(f["name"]) for f in photo.files)
    version.refresh_from_db()
    shown = Snapshot.from_json(version.snapshot).photos[0].files
    assert [file.name for file in shown] == [file["name"] for file in photo.files]
    assert "Completed" not in sweep()


def test_there_may_be_no_pictures_at_all(db):
    assert sweep() == "Deleted 0 files that nothing names."


def test_what_a_killed_request_had_received_is_deleted(db, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    cut_off, coming_in = tmp_path / "tmpabc.upload.jpg", tmp_path / "tmpdef.upload.jpg"
    for path in (cut_off, coming_in):
        path.write_bytes(b"with a place and a camera")
    long_ago = time.time() - 2 * 3600
    os.utime(cut_off, (long_ago, long_ago))

    sweep("--only-delete")

    assert list(tmp_path.iterdir()) == [coming_in]
