"""Photographs: uploading, describing, ordering and removing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ... import access
from ...forms.photos import UploadForm
from ...media import Refused
from ...models import Photo
from ...pages import picture_view
from ...services.photos import add_photo, choose_cover, describe_photo, move_photo, remove_photo
from ...services.working_copy import photo_note
from . import removal
from .answers import is_saved
from .autosave import is_autosave, saved_answer, unsaved_answer
from .frame import open_frame, open_frame_to_write
from .guard import form_data, studio_view
from .photo_sheet import (
    PhotoSheet,
    form_of,
    lost_pictures,
    receive,
    returned_sheet,
    sheet_of,
)

PAGE = "communities/studio/photos.html"
NO_FILE = "No file arrived. Choose it again."
# The buttons beside each picture. They send the whole form, so that nothing typed is lost.
ACTIONS = {
    "up": lambda photo: move_photo(photo, steps=-1),
    "down": lambda photo: move_photo(photo, steps=1),
    "cover": choose_cover,
}
# Those that lead on to a page of the picture.
PAGES = {
    "remove": "studio_photo_remove",
    "focus": "studio_photo_focus",
    "blur": "studio_photo_blur",
    "agreement": "studio_photo_agreement",
}


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def photos(request, slug):
    frame = open_frame(request, slug)
    if request.method != "POST":
        context = {"frame": frame, "sheet": returned_sheet(frame, form_data(request))}
        return render(request, PAGE, context)
    if is_autosave(request):
        return _autosaved(request, frame)
    sheet = receive(request, frame)
    for name in sheet.stilled:
        messages.warning(request, f"{name} moves. Only its first frame is kept.")
    if sheet.is_fine:
        return _saved(request, sheet)
    status = 409 if sheet.is_beaten else 422
    return render(request, PAGE, {"frame": frame, "sheet": sheet}, status=status)


@require_POST
@studio_view
def photo_add(request, slug):
    """One file at a time, for the script: the new picture's part of the form, or why not.

    Many come in at the same moment. What their answers need is asked for one after the other, when
    each was decoded, so that pages find a turn before that.
    """
    community = access.community_to_edit(request.user, slug)
    upload, file = UploadForm(request.POST), request.FILES.get("photos")
    if file is None or not upload.is_valid():
        return HttpResponse(NO_FILE, status=422, content_type="text/plain")
    try:
        key = upload.cleaned_data["key"]
        photo = add_photo(community, by=request.user, upload=file, key=key)
    except Refused as refusal:
        # The picture is not to blame when it finds no place: the script sends it again by itself.
        status = 503 if refusal.code == "busy" else 422
        return HttpResponse(refusal.message, status=status, content_type="text/plain")
    frame = open_frame_to_write(request, slug)
    row = next((row for row in sheet_of(frame).rows if row.photo.pk == photo.pk), None)
    if row is None:
        return HttpResponse(NO_FILE, status=422, content_type="text/plain")
    context = {"frame": frame, "row": row, "is_stilled": photo.frames_dropped}
    return render(request, "communities/studio/_photo.html", context, status=201)


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def photo_remove(request, slug, pk):
    frame = open_frame_to_write(request, slug)
    back = reverse("studio_photos", args=[slug])
    photo = removal.part_if_there(request, frame.community.photos.current(), pk)
    if photo is None:
        return removal.gone_already(request, back)
    removed = removal.Removal(
        title="Remove this picture?",
        lost=_lost_with(photo),
        back=back,
        button="Remove the picture",
        row=photo,
        picture=picture_view(photo_note(photo)),
    )
    return removal.ask(request, frame, removed, remove=remove_photo)


def _autosaved(request, frame):
    """The words of those pictures about which something was typed; files wait for the button."""
    forms = [form_of(photo, request.POST) for photo in frame.community.photos.current()]
    written = [form for form in forms if form.is_bound and (not form.is_valid() or form.is_written)]
    wrote = [is_saved(request, form, describe_photo, form.instance) for form in written]
    if lost_pictures(request.POST, {form.instance.key.hex for form in forms}):
        return unsaved_answer(request, is_gone=True)
    return saved_answer(request, *written) if all(wrote) else unsaved_answer(request, *written)


def _saved(request, sheet: PhotoSheet):
    """On to what the button asked for, saying what was done."""
    if sheet.arrived:
        arrived = "One picture has" if sheet.arrived == 1 else f"{sheet.arrived} pictures have"
        messages.success(request, f"{arrived} arrived. Describe them below.")
    else:
        messages.success(request, "Saved.")
    slug = sheet.frame.community.slug
    action, key, place = _asked(request.POST)
    photo = next((row.photo for row in sheet.rows if row.photo.key.hex == key), None)
    if photo is None:
        return redirect("studio_photos", slug)
    if action in PAGES:
        return redirect(PAGES[action], slug, photo.pk)
    if action == "place":
        move_photo(photo, to=place)
    else:
        ACTIONS[action](photo)
    return redirect(f"{reverse('studio_photos', args=[slug])}#photo-{key}")


def _asked(data) -> tuple[str, str, int]:
    """Which button was pressed, and of which picture; no button but “Save all” has a name.

    A picture that was dragged comes with the place where it was dropped, counted from 0.
    """
    name = next((name for name in (*ACTIONS, *PAGES, "place") if name in data), "")
    key, _, place = data.get(name, "").partition(" ")
    return name, key, int(place) if place.isdecimal() and len(place) < 4 else 0


def _lost_with(photo: Photo) -> tuple[str, ...]:
    words = "its description, caption and credit" if photo.alt or photo.caption else ""
    lost = ["The picture" + (f", {words}" if words else "")]
    if photo.versions.exists():
        lost.append("Not from versions that show it already: those stay as they are")
    return tuple(lost)
