"""A picture as a page shows it: addresses in every stored size, words, and its shape."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from django.urls import reverse

from ..enums import Consent, PhotoKind
from ..snapshot import PhotoNote, Snapshot

# What a browser without srcset gets: about this wide.
PLAIN_WIDTH = 1280


@dataclass(frozen=True, kw_only=True)
class PictureView:
    src: str
    srcset: str
    full: str
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    credit: str = ""
    label: str = ""

    @property
    def has_words(self) -> bool:
        return bool(self.caption or self.credit or self.label)


def picture_view(photo: PhotoNote) -> PictureView:
    """No query. The addresses answer to whoever may see the picture, and 404 to others."""
    addresses = {file.width: _address(photo.key, file.name) for file in photo.files}
    widths = sorted(addresses)
    plain = next((width for width in widths if width >= PLAIN_WIDTH), widths[-1])
    return PictureView(
        src=addresses[plain],
        srcset=", ".join(f"{addresses[width]} {width}w" for width in widths),
        full=addresses[widths[-1]],
        width=photo.width,
        height=photo.height,
        alt=photo.alt,
        caption=photo.caption,
        credit=photo.credit,
        label=_LABELS.get(photo.kind, ""),
    )


def pictures_but_cover(snapshot: Snapshot) -> tuple[PictureView, ...]:
    cover = snapshot.cover
    return tuple(picture_view(photo) for photo in snapshot.photos if photo != cover)


def people_agreed(snapshot: Snapshot) -> bool:
    """Whether there are people in the pictures, and all of them were asked."""
    agreed = (Consent.EVERYONE_AGREED, Consent.GUARDIANS_AGREED)
    states = {photo.consent for photo in snapshot.photos}
    return bool(states.intersection(agreed)) and states <= set(Consent.settled())


def _address(key: str, name: str) -> str:
    return reverse("picture", args=[key, PurePosixPath(name).name])


_LABELS = {PhotoKind.SCREENSHOT: "Screenshot.", PhotoKind.ILLUSTRATION: "Drawing."}
