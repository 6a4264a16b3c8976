import os
import time
from io import StringIO
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from communities.models import Photo
from tests import factories


def sweep() -> str:
    output = StringIO()
    call_command("sweep", stdout=output)
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

    assert sweep() == "Deleted 1 file that no picture names."
    assert files() == kept | {arriving}
    assert sweep() == "Deleted 0 files that no picture names."


def test_there_may_be_no_pictures_at_all(db):
    assert sweep() == "Deleted 0 files that no picture names."
