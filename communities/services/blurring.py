"""Faces blurred in a picture, after which it must be said anew who can be recognised."""

from math import ceil, floor

from django.db import transaction
from django.db.models import F

from ..models import Photo
from ..signals import announce
from .photo_files import Rectangle, blur_photo

# Left, top, width and height as parts of 1.
Box = tuple[float, float, float, float]


def blur_faces(photo: Photo, *, by, boxes: list[Box]) -> None:
    """Blur the boxes for good, everywhere (photo_files.blur_photo, which says what it raises).

    What was agreed on was another picture, so its consent is open again, also where it had been
    taken back.
    """
    blur = [_pixels(box, photo.width, photo.height) for box in boxes]
    blur_photo(photo, by=by, blur=blur)
    with transaction.atomic():
        changes = {"consent": "", "withdrawn_at": None, "revision": F("revision") + 1}
        Photo.objects.filter(pk=photo.pk).update(**changes)
        announce([photo.community_id])


def _pixels(box: Box, width: int, height: int) -> Rectangle:
    """In pixels of the picture, rounded outwards."""
    left, top = floor(box[0] * width), floor(box[1] * height)
    right, bottom = ceil((box[0] + box[2]) * width), ceil((box[1] + box[3]) * height)
    return left, top, right - left, bottom - top
