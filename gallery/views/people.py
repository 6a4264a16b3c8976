"""The public pages of members who want one."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Profile

from ..people import person_page


@require_safe
def person(request, handle):
    """404 alike for what is off, hidden, changed, or was never there."""
    shown = Profile.objects.shown().select_related("user")
    profile = shown.filter(handle=handle).first()
    if profile is None:
        raise Http404
    page = person_page(profile, page=request.GET.get("page"))
    return render(request, "gallery/people/person.html", {"page": page})
