"""Forms without a token: a page that sets no cookie is the same for every visitor."""

import re
from functools import wraps
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt


def from_our_pages(view):
    """Take a POST only from a page of this site, as browsers say themselves; others get 403."""

    @csrf_exempt
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method == "POST" and page_of_ours(request) is None:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def page_of_ours(request) -> str | None:
    """The path of the page that sent this, the entrance where it hides; None where foreign."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = f"{request.scheme}://{request.get_host()}"
    sender = urlsplit(request.headers.get("Referer", ""))
    sent_by = request.headers.get("Origin") or f"{sender.scheme}://{sender.netloc}"
    if site != "same-origin" or sent_by != origin:
        return None
    path = urlunsplit(("", "", sender.path, sender.query, ""))
    return path if re.match("/(?![/\\\\])", path) else reverse("home")
