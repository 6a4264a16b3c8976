"""Documents that go with a design: adding, naming, ordering and removing."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ... import access
from ...forms.attachments import AttachmentForm, NewAttachmentForm
from ...media import Refused
from ...pages.attachments import attachment_view
from ...services.attachments import (
    add_attachment,
    describe_attachment,
    move_attachment,
    remove_attachment,
)
from ...services.working_copy import attachment_note
from . import removal
from .answers import is_saved, saved, status_of
from .frame import open_frame, open_frame_to_write
from .guard import form_data, studio_view

GET_OR_POST = ["GET", "HEAD", "POST"]
EDIT = "communities/studio/attachment.html"
STEPS = {"up": -1, "down": 1}


@require_safe
@studio_view
def attachments(request, slug):
    frame = open_frame(request, slug)
    rows = [(row, attachment_view(attachment_note(row))) for row in _current(frame)]
    context = {"frame": frame, "rows": rows}
    return render(request, "communities/studio/attachments.html", context)


@require_http_methods(GET_OR_POST)
@studio_view
def attachment_new(request, slug):
    frame = open_frame_to_write(request, slug)
    form = NewAttachmentForm(form_data(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        words = {"upload": form.cleaned_data["file"], "caption": form.cleaned_data["caption"]}
        try:
            add_attachment(frame.community, by=request.user, key=form.once, **words)
            return saved(request, form, "studio_attachments", slug)
        except Refused as refusal:
            form.add_error("file", refusal.message)
    context = {"frame": frame, "form": form}
    return render(request, EDIT, context, status=status_of(request, form))


@require_http_methods(GET_OR_POST)
@studio_view
def attachment(request, slug, pk):
    frame = open_frame(request, slug)
    row = access.part_to_edit(_current(frame), pk)
    form = frame.shown(AttachmentForm(form_data(request), instance=row))
    if is_saved(request, form, describe_attachment, row):
        return saved(request, form, "studio_attachments", slug)
    context = {"frame": frame, "form": form, "attachment": row}
    return render(request, EDIT, context, status=status_of(request, form))


@require_POST
@studio_view
def attachment_move(request, slug, pk):
    frame = open_frame(request, slug)
    row = removal.part_if_there(request, _current(frame), pk)
    if row is not None and request.POST.get("to") in STEPS:
        move_attachment(row, steps=STEPS[request.POST["to"]])
    return redirect("studio_attachments", slug)


@require_http_methods(GET_OR_POST)
@studio_view
def attachment_remove(request, slug, pk):
    frame = open_frame_to_write(request, slug)
    back = reverse("studio_attachments", args=[slug])
    row = removal.part_if_there(request, _current(frame), pk)
    if row is None:
        return removal.gone_already(request, back)
    removed = removal.Removal(
        title="Remove this attachment?",
        lost=(f"“{row}”, {row.name}",),
        back=back,
        button="Remove the attachment",
        row=row,
    )
    return removal.ask(request, frame, removed, remove=remove_attachment)


def _current(frame):
    return frame.community.attachments.current()
