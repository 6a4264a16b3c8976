"""How files are received when there is no room for them."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class LostUpload(UploadedFile):
    """A file for which there was no room. Whoever reads it gets the OSError of that moment."""

    def __init__(self, failure: OSError, **about):
        super().__init__(**about)
        self.failure = failure

    def read(self, *args):
        raise OSError(self.failure.errno, self.failure.strerror)

    def chunks(self, chunk_size=None):
        return self.read()

    def close(self):
        """There is nothing to close."""


class RoomlessFileUploadHandler(TemporaryFileUploadHandler):
    """As Django's, but a full disk costs the file alone: the words of the form arrive."""

    failure: OSError | None = None

    def new_file(self, *args, **options):
        self.failure = None
        with self._noticing_a_full_disk():
            super().new_file(*args, **options)

    def receive_data_chunk(self, raw_data, start):
        if self.failure is None:
            with self._noticing_a_full_disk():
                super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size):
        if self.failure is None:
            with self._noticing_a_full_disk():
                return super().file_complete(file_size)
        about = {"name": self.file_name, "content_type": self.content_type}
        return LostUpload(self.failure, size=file_size, **about)

    @contextmanager
    def _noticing_a_full_disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno not in (ENOSPC, EDQUOT):
                raise
            self.failure = error
            # What was begun gives its room back; closing writes once more, and fails once more.
            with contextlib.suppress(OSError, AttributeError):
                self.file.close()
