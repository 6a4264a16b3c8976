from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

from communities.media import delete_unreferenced
from communities.models import Photo

ROOT = "photos"


class Command(BaseCommand):
    help = (
        "Delete picture files older than an hour that no picture names: what an upload left"
        " behind that was cut off. Safe at any time, for example once a day."
    )

    def handle(self, *args, **options):
        deleted = delete_unreferenced(default_storage, ROOT, _named_by_photos())
        files = "1 file" if len(deleted) == 1 else f"{len(deleted)} files"
        self.stdout.write(f"Deleted {files} that no picture names.")


def _named_by_photos() -> set[str]:
    """Pictures that were removed or hidden count too: a version may show them."""
    lists = Photo.objects.values_list("files", flat=True).iterator()
    return {file["name"] for files in lists for file in files}
