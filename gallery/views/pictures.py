"""The files of pictures, each served only to whoever may see the picture."""

import logging
from pathlib import PurePosixPath
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from communities import access, rules

log = logging.getLogger(__name__)

# Kept by the browser that showed it and by no cache on the way: a picture that is taken down is
# gone for everybody else at once.
PUBLISHED = "private, max-age=31536000, immutable"
UNPUBLISHED = "private, no-store"
INERT = "default-src 'none'; sandbox"
TYPES = {".webp": "image/webp", ".jpg": "image/jpeg", ".avif": "image/avif"}


@require_safe
def picture(request, key: str, name: str):
    photo = access.photo_to_see(request.user, uuid_or_404(key))
    path = _path_or_404(photo, name)
    if not rules.is_photo_public(photo):
        return _inert(_streamed(path), UNPUBLISHED)
    # A file never changes under its name, so that the name is its tag.
    tag = f'"{name}"'
    response = get_conditional_response(request, etag=tag) or _streamed(path)
    response["ETag"] = tag
    return _inert(response, PUBLISHED)


def uuid_or_404(key: str) -> UUID:
    """Only the plain form that our own addresses have."""
    try:
        found = UUID(hex=key)
    except ValueError:
        raise Http404 from None
    if found.hex != key:
        raise Http404
    return found


def _path_or_404(photo, name: str) -> str:
    """The path comes from the photo's own list; the address only chooses among it."""
    stored = {PurePosixPath(file["name"]).name: file["name"] for file in photo.files}
    if name not in stored:
        raise Http404
    return stored[name]


def _streamed(path: str) -> FileResponse:
    try:
        file = default_storage.open(path, "rb")
    except FileNotFoundError:
        log.error("The picture %r is gone from the storage", path)
        raise Http404 from None
    return FileResponse(file, content_type=TYPES[PurePosixPath(path).suffix])


def _inert(response, cache_control: str):
    response["Cache-Control"] = cache_control
    response["Content-Security-Policy"] = INERT
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
