"""What a person has been told, the newest first."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.notices import mark_read

from ... import access
from .guard import studio_view

NOTICES_A_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def notices(request):
    """The button of a notice opens its place and marks it as read; another one marks all."""
    mine = request.user.notices.all()
    if request.method == "POST" and request.POST.get("open", "").isdecimal():
        notice = access.part_to_edit(mine, int(request.POST["open"][:20]))
        mark_read(request.user, pk=notice.pk)
        return redirect(notice.path)
    if request.method == "POST":
        mark_read(request.user)
        messages.success(request, "All of them are marked as read.")
        return redirect("studio_notices")
    page = Paginator(mine.defer("letter"), NOTICES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "communities/studio/notices.html", {"page": page})
