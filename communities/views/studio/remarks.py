"""Answering what a reviewer remarked."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ... import access
from ...forms.submitting import ReplyForm
from ...models import Remark
from ...services.reviewing import resolve_remark
from .answers import status_of
from .frame import open_frame_to_write
from .guard import form_data, studio_view


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def remark(request, slug, pk):
    """The form stands beside what it is about as well; here it comes back when it must."""
    frame = open_frame_to_write(request, slug)
    sent = Remark.objects.sent().filter(submission__community=frame.community)
    pinned = access.part_to_edit(sent.select_related("author", "resolved_by"), pk)
    form = ReplyForm(form_data(request))
    is_late = False
    if request.method == "POST" and form.is_valid():
        if resolve_remark(pinned, by=request.user, reply=form.cleaned_data["reply"]):
            messages.success(request, "Marked as answered. The reviewer sees it on the next round.")
            return redirect(_place(request, slug))
        is_late = True
        pinned = access.part_to_edit(sent.select_related("author", "resolved_by"), pk)
    context = {"frame": frame, "remark": pinned, "form": form, "is_late": is_late}
    status = 409 if is_late else status_of(request, form)
    return render(request, "communities/studio/remark.html", context, status=status)


def _place(request, slug: str) -> str:
    """Back to the page of this design that the form stood on."""
    home, back = reverse("studio_community", args=[slug]), request.POST.get("back", "")
    is_ours = back.startswith(home) and back.isascii() and back.isprintable() and "//" not in back
    return back if is_ours else reverse("studio_submit", args=[slug])
