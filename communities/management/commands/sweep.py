import logging
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

from communities.media import Refused, delete_stranded_uploads, delete_unreferenced
from communities.models import Attachment, Photo
from communities.services.photo_files import complete_photo

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Delete files older than an hour that nothing names, which an upload left behind that was"
        " cut off, and make the renditions that pictures lack. Safe at any time, for example once"
        " a day."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--only-delete", action="store_true", help="leave missing renditions missing"
        )

        parser.add_argument(
            "--minutes",
            type=int,
            default=60,
            help="how old a file must be to be deleted; less than 60 only while nobody uploads",
        )

    def handle(self, *, only_delete=False, minutes=60, **options):
        age = timedelta(minutes=minutes)
        deleted = [
            *delete_unreferenced(default_storage, "photos", _named_by_photos(), age),
            *delete_unreferenced(default_storage, "attachments", _named_by_attachments(), age),
        ]
        delete_stranded_uploads(settings.FILE_UPLOAD_TEMP_DIR, age)
        self.stdout.write(f"Deleted {_count(len(deleted), 'file')} that nothing names.")
        if not only_delete:
            self._complete()

    def _complete(self):
        """One after the other; what cannot be made is named and does not stop the rest."""
        completed, failed = 0, []
        for photo in Photo.objects.order_by("pk").iterator(chunk_size=100):
            try:
                completed += complete_photo(photo)
            except (Refused, OSError) as error:
                log.error("Picture %s cannot be completed: %r", photo.key.hex, error)
                failed.append(photo.key.hex)
        if completed:
            self.stdout.write(f"Completed {_count(completed, 'picture')}.")
        if failed:
            self.stderr.write(f"Could not complete: {', '.join(failed)}. The log says why.")


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"


def _named_by_photos() -> set[str]:
    """Pictures that were removed or hidden count too: a version may show them."""
    lists = Photo.objects.values_list("files", flat=True).iterator()
    return {file["name"] for files in lists for file in files}


def _named_by_attachments() -> set[str]:
    return set(Attachment.objects.values_list("file", flat=True))
