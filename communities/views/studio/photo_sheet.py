"""The sheet of photographs: what it shows, and what one sending of it does.

One form holds the words of all pictures and new files. Each picture is judged and saved on its
own, so that one that is wrong, or that a teammate was quicker with, costs nothing of the others.
"""

import re
import time
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid5

from django.conf import settings

from ...forms.photos import PhotoForm, UploadForm, limits_in_words
from ...media import Refused
from ...models import Photo
from ...pages import PictureView, picture_view
from ...services.editing import Stale
from ...services.photos import add_photo, describe_photo
from ...services.working_copy import photo_note
from .frame import StudioFrame

# A picture takes about a second; a whole sending must end before the server gives up on it.
SECONDS_FOR_FILES = 30
# Far more than a picture of the size that is kept takes, and minutes on a bad connection.
SHRINK_ABOVE = 10 * 1024 * 1024
OUT_OF_TIME = "There was no time left for this one. Choose it again."


@dataclass(frozen=True)
class PhotoRow:
    number: int
    photo: Photo
    form: PhotoForm
    picture: PictureView
    is_cover: bool
    is_last: bool

    @property
    def is_first(self) -> bool:
        return self.number == 1


@dataclass(frozen=True)
class Refusal:
    name: str
    reason: str


@dataclass(frozen=True)
class Orphan:
    """What was typed about a picture that a teammate removed meanwhile."""

    alt: str
    caption: str


@dataclass
class PhotoSheet:
    frame: StudioFrame
    rows: list[PhotoRow]
    upload: UploadForm = field(default_factory=UploadForm)
    refused: list[Refusal] = field(default_factory=list)
    arrived: int = 0
    # Names of the files that moved.
    stilled: list[str] = field(default_factory=list)
    orphans: list[Orphan] = field(default_factory=list)

    @property
    def limits(self) -> str:
        return limits_in_words()

    @property
    def shrink_above(self) -> int:
        """Bytes: the browser draws a larger JPEG smaller before it sends it, when it can."""
        return min(SHRINK_ABOVE, settings.PHOTO_MAX_BYTES)

    @property
    def forms(self) -> list[PhotoForm]:
        return [row.form for row in self.rows]

    @property
    def formsets(self) -> list[list[PhotoForm]]:
        """For the error summary."""
        return [[form for form in self.forms if form.is_bound]]

    @property
    def is_beaten(self) -> bool:
        return bool(self.orphans) or any(form.conflict for form in self.forms)

    @property
    def is_fine(self) -> bool:
        wrong = any(form.is_bound and (form.errors or form.is_to_read) for form in self.forms)
        return not (wrong or self.refused or self.is_beaten)

    @property
    def words(self) -> str:
        """The line in the bar above."""
        total = len(self.rows)
        if not total:
            return "No pictures yet"
        unsettled = sum(not (r.photo.is_described and r.photo.has_consent) for r in self.rows)
        pictures = "One picture" if total == 1 else f"{total} pictures"
        if not unsettled:
            return f"{pictures}, all described and agreed to"
        return f"{pictures}, {unsettled} still to describe or agree on"


def sheet_of(frame: StudioFrame, forms: dict[str, PhotoForm] | None = None) -> PhotoSheet:
    """`forms` by Photo.key in hex stand in for fresh ones."""
    forms = forms or {}
    photos = list(frame.community.photos.current())
    cover = frame.community.cover_id
    if cover not in [photo.pk for photo in photos]:
        cover = photos[0].pk if photos else None
    rows = [
        PhotoRow(
            number=number,
            photo=photo,
            form=_headed(forms.get(photo.key.hex) or form_of(photo), number),
            picture=picture_view(photo_note(photo)),
            is_cover=photo.pk == cover,
            is_last=number == len(photos),
        )
        for number, photo in enumerate(photos, 1)
    ]
    return PhotoSheet(frame, rows)


def form_of(photo: Photo, data=None) -> PhotoForm:
    """Bound only if `data` says something about this picture."""
    prefix = f"photo-{photo.key.hex}"
    has_words = data is not None and f"{prefix}-described" in data
    return PhotoForm(data if has_words else None, instance=photo, prefix=prefix)


def returned_sheet(frame: StudioFrame, data) -> PhotoSheet:
    """The sheet with `data` in its forms, saving nothing."""
    photos = frame.community.photos.current() if data else ()
    return sheet_of(frame, {photo.key.hex: form_of(photo, data) for photo in photos})


def receive(request, frame: StudioFrame) -> PhotoSheet:
    """Save each picture's words that are right, then hang each file that can be."""
    photos = list(frame.community.photos.current())
    forms = {photo.key.hex: _save_words(photo, request) for photo in photos}
    # The files first: the rows are drawn from what hangs then.
    files = _hang_files(request, frame)
    sheet = replace(sheet_of(frame, forms), **files)
    sheet.orphans = lost_pictures(request.POST, {photo.key.hex for photo in photos})
    return sheet


def _save_words(photo: Photo, request) -> PhotoForm:
    """The form as it should come back: fresh once saved, as typed otherwise."""
    form = form_of(photo, request.POST)
    if not form.is_bound or not form.is_valid():
        return form
    if not form.choose(request.POST.get("choose", "")):
        return form
    if form.is_written:
        try:
            describe_photo(photo, by=request.user, revision=form.based_on, **form.changes)
        except Stale as lost:
            if not form.meet(lost.current):
                return form
    return form_of(photo)


def _hang_files(request, frame: StudioFrame) -> dict:
    """What the sheet says of the files that were sent."""
    upload = UploadForm(request.POST)
    key = upload.cleaned_data["key"] if upload.is_valid() else None
    refused, arrived, stilled = [], 0, []
    started = time.monotonic()
    for place, file in enumerate(request.FILES.getlist("photos")):
        if time.monotonic() - started > SECONDS_FOR_FILES:
            refused.append(Refusal(file.name, OUT_OF_TIME))
            continue
        try:
            once = key_of_file(key, place, file)
            photo = add_photo(frame.community, by=request.user, upload=file, key=once)
            arrived += 1
            if photo.frames_dropped:
                stilled.append(file.name)
        except Refused as refusal:
            refused.append(Refusal(file.name, refusal.message))
    return {"refused": refused, "arrived": arrived, "stilled": stilled}


def key_of_file(key: UUID | None, place: int, file) -> UUID | None:
    """Of this file in this form: a second click finds it, another file is another picture."""
    return uuid5(key, f"{place} {file.size} {file.name}") if key else None


def lost_pictures(data, known: set[str]) -> list[Orphan]:
    """What `data` says about pictures that are not among the `known`, Photo.key in hex."""
    pattern = re.compile(r"photo-([0-9a-f]{32})-described")
    keys = [match[1] for name in data if (match := pattern.fullmatch(name))]
    lost = [key for key in keys if key not in known][: settings.PHOTOS_PER_COMMUNITY]
    words = (
        Orphan(data.get(f"photo-{key}-alt", ""), data.get(f"photo-{key}-caption", ""))
        for key in lost
    )
    return [orphan for orphan in words if orphan.alt.strip() or orphan.caption.strip()]


def _headed(form: PhotoForm, number: int) -> PhotoForm:
    form.heading = f"Picture {number}"
    return form
