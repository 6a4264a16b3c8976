"""A picture as a page shows it: addresses in every stored size, words, and its shape."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from django.urls import reverse

from ..enums import Consent, PhotoKind
from ..snapshot import PhotoFile, PhotoNote, Snapshot

# What a browser without srcset gets: about this wide.
PLAIN_WIDTH = 1280
# The master may be wider; it is for looking closely, not for a page.
WIDEST_ON_A_PAGE = 1920
# The best compressed first: a browser takes the first one that it knows.
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
# The levels of each colour for which static/css/components/pictures.css has a rule.
TINT_LEVELS = 8


@dataclass(frozen=True, kw_only=True)
class Source:
    """The addresses of one format, as the attributes of <source> want them."""

    type: str
    srcset: str


@dataclass(frozen=True, kw_only=True)
class PictureView:
    """`src` and `srcset` are for every browser; `sources` are for those that can do better.

    `full` is the address of the master, `tint` the dominant colour as words for a style sheet.
    """

    src: str
    srcset: str
    full: str
    width: int
    height: int
    sources: tuple[Source, ...] = ()
    tint: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    label: str = ""
    key: str = ""
    # Classes that say what a crop keeps in sight; nothing for the middle.
    focus: str = ""

    @property
    def has_words(self) -> bool:
        return bool(self.caption or self.credit or self.label)


@dataclass(frozen=True, kw_only=True)
class PicturePage:
    """One picture of a design among the others, in the order in which the page shows them."""

    picture: PictureView
    number: int
    total: int
    before: str
    after: str


def picture_view(photo: PhotoNote) -> PictureView:
    """No query. The addresses answer to whoever may see the picture, and 404 to others.

    Works with whatever files there are: pictures may wait for some formats or never get them.
    """
    formats = {ending: found for ending in TYPES if (found := _addresses(photo, ending))}
    *better, (_, fallback) = formats.items()
    plain = next((width for width in fallback if width >= PLAIN_WIDTH), max(fallback))
    return PictureView(
        src=fallback[plain],
        srcset=_srcset(fallback),
        sources=tuple(Source(type=TYPES[ending], srcset=_srcset(a)) for ending, a in better),
        full=_address(photo.key, photo.files[0].name),
        width=photo.width,
        height=photo.height,
        tint=tint_of(photo.color),
        alt=photo.alt,
        caption=photo.caption,
        credit=photo.credit,
        label=_LABELS.get(photo.kind, ""),
        key=photo.key,
        focus=focus_classes(photo.focus_x, photo.focus_y),
    )


def focus_classes(x: int, y: int) -> str:
    """For the frame round a picture that is cropped: the nearest tenth from the left and the top.

    Classes, because the policy of the site forbids styles in the page.
    """
    if (x, y) == (50, 50):
        return ""
    return f"fx-{(x + 5) // 10} fy-{(y + 5) // 10}"


def _addresses(photo: PhotoNote, ending: str) -> dict[int, str]:
    """By width, the narrowest first; of a master wider than any page only if it is all there is."""
    files = sorted((f for f in photo.files if f.name.endswith(f".{ending}")), key=_width)
    shown = [file for file in files if file.width <= WIDEST_ON_A_PAGE] or files
    return {file.width: _address(photo.key, file.name) for file in shown}


def _width(file: PhotoFile) -> int:
    return file.width


def _srcset(addresses: dict[int, str]) -> str:
    return ", ".join(f"{address} {width}w" for width, address in addresses.items())


def tint_of(color: str) -> str:
    """`#rrggbb` as the nearest of the style sheet's levels, such as `r0 g7 b3`."""
    if len(color) != 7:
        return ""
    parts = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    levels = (round(part * (TINT_LEVELS - 1) / 255) for part in parts)
    return " ".join(f"{name}{level}" for name, level in zip("rgb", levels, strict=True))


def pictures_but_cover(snapshot: Snapshot) -> tuple[PictureView, ...]:
    cover = snapshot.cover
    return tuple(picture_view(photo) for photo in snapshot.photos if photo != cover)


def picture_page(snapshot: Snapshot, key: str) -> PicturePage | None:
    """None for a picture that is not shown."""
    cover = snapshot.cover
    shown = [*filter(None, [cover]), *(photo for photo in snapshot.photos if photo != cover)]
    keys = [photo.key for photo in shown]
    if key not in keys:
        return None
    place = keys.index(key)
    return PicturePage(
        picture=picture_view(shown[place]),
        number=place + 1,
        total=len(keys),
        before=keys[place - 1] if place else "",
        after=keys[place + 1] if place + 1 < len(keys) else "",
    )


def people_agreed(snapshot: Snapshot) -> bool:
    """Whether there are people in the pictures, and all of them were asked."""
    agreed = (Consent.EVERYONE_AGREED, Consent.GUARDIANS_AGREED)
    states = {photo.consent for photo in snapshot.photos}
    return bool(states.intersection(agreed)) and states <= set(Consent.settled())


def _address(key: str, name: str) -> str:
    return reverse("picture", args=[key, PurePosixPath(name).name])


_LABELS = {PhotoKind.SCREENSHOT: "Screenshot.", PhotoKind.ILLUSTRATION: "Drawing."}
