"""What is done to one picture on a page of its own: its focus, blurred faces, the link to agree."""

from dataclasses import dataclass

import qrcode
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_safe
from qrcode.image.svg import SvgPathImage

from ... import access
from ...forms.photos import MOST_BOXES, BlurFormSet, FocusForm
from ...media import Refused
from ...models import Photo
from ...pages import PictureView, picture_view
from ...services.blurring import blur_faces
from ...services.consents import withdrawal_token
from ...services.editing import Stale
from ...services.photos import focus_photo
from ...services.working_copy import photo_note
from .frame import StudioFrame, open_frame_to_write
from .guard import form_data, studio_view

# The middles of nine fields: percent from the left, from the top, and the name.
NINE = (
    (17, 17, "top left"),
    (50, 17, "top"),
    (83, 17, "top right"),
    (17, 50, "left"),
    (50, 50, "centre"),
    (83, 50, "right"),
    (17, 83, "bottom left"),
    (50, 83, "bottom"),
    (83, 83, "bottom right"),
)
MORE_PLACES = 4
BLURRED = "The faces are blurred, and the picture as it was is gone. Now say who is recognisable."
NOTHING_MARKED = "Mark at least one place: fill in a row, or draw on the picture."
CHANGED = "A teammate changed the picture meanwhile. Look at it again, then blur."


@dataclass(frozen=True)
class OnePicture:
    frame: StudioFrame
    photo: Photo
    view: PictureView

    @property
    def back(self) -> str:
        place = reverse("studio_photos", args=[self.frame.community.slug])
        return f"{place}#photo-{self.photo.key.hex}"


def open_picture(request, slug: str, pk: int) -> OnePicture:
    frame = open_frame_to_write(request, slug)
    photo = access.part_to_edit(frame.community.photos.current(), pk)
    return OnePicture(frame, photo, picture_view(photo_note(photo)))


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def photo_focus(request, slug, pk):
    page = open_picture(request, slug, pk)
    data = form_data(request)
    if request.method == "POST" and "field" in request.POST:
        # One of nine fields instead of numbers.
        x, _, y = request.POST["field"].partition(",")
        data = {"x": x, "y": y}
    form = FocusForm(data, initial={"x": page.photo.focus_x, "y": page.photo.focus_y})
    if request.method == "POST" and form.is_valid():
        focus_photo(page.photo, **form.cleaned_data)
        messages.success(request, "Saved. Crops keep this place in sight.")
        return redirect(page.back)
    status = 422 if request.method == "POST" else 200
    context = {"frame": page.frame, "page": page, "form": form, "nine": NINE}
    return render(request, "communities/studio/photo_focus.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def photo_blur(request, slug, pk):
    page = open_picture(request, slug, pk)
    data = form_data(request)
    is_asking = "more" in (data or ())
    forms = BlurFormSet(_with_more_rows(data) if is_asking else data, prefix="blur")
    problem, status = "", 200
    if request.method == "POST" and not is_asking:
        problem, status = _blurred(request, page.photo, forms)
        if status == 200:
            messages.success(request, BLURRED)
            return redirect(page.back)
    context = {"frame": page.frame, "page": page, "forms": forms, "problem": problem}
    return render(request, "communities/studio/photo_blur.html", context, status=status)


@require_safe
@studio_view
def photo_agreement(request, slug, pk):
    """A sheet to hand over or to print: the picture, and the link that takes consent back."""
    page = open_picture(request, slug, pk)
    url = request.build_absolute_uri(reverse("consent", args=[withdrawal_token(page.photo)]))
    context = {"frame": page.frame, "page": page, "url": url, "code": _square(url)}
    return render(request, "communities/studio/photo_agreement.html", context)


def _with_more_rows(data):
    """What was typed, and some empty rows below it."""
    data, total = data.copy(), data.get("blur-TOTAL_FORMS", "")
    rows = int(total) if total.isdecimal() and len(total) < 4 else 0
    data["blur-TOTAL_FORMS"] = str(min(rows + MORE_PLACES, MOST_BOXES))
    return data


def _blurred(request, photo: Photo, forms) -> tuple[str, int]:
    """What is wrong, and the status of the answer; "" and 200 once it is done."""
    if not forms.is_valid():
        return "", 422
    boxes = [form.box for form in forms if form.box]
    if not boxes:
        return NOTHING_MARKED, 422
    if request.POST.get("name") != photo.files[0]["name"]:
        return CHANGED, 409
    try:
        blur_faces(photo, by=request.user, boxes=boxes)
    except Stale:
        return CHANGED, 409
    except Refused as refusal:
        return refusal.message, 422
    return "", 200


def _square(url: str) -> SafeString:
    """The address as a square that a phone reads, to stand in the page itself."""
    image = qrcode.make(url, image_factory=SvgPathImage, border=2)
    drawn = image.to_string(encoding="unicode")
    return mark_safe(drawn)
