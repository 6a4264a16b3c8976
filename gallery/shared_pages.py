"""Pages that are the same for every visitor who has no session."""

from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from .answers import tag_of

AN_HOUR = 60 * 60


def shared_page(view):
    """Draw the page once for each state of the index and each theme, and then answer from memory.

    One query for the tag; whoever sends it back is answered 304 for no more than that. Somebody
    with a session, or to whom something is still to be said, gets a page of their own. What is
    drawn must depend on nothing but the address, the theme and what the index was made from.
    """

    @wraps(view)
    def answered(request, *args, **kwargs):
        if not _is_shared(request):
            return view(request, *args, **kwargs)
        tag = tag_of(request, request.COOKIES.get("theme", ""))
        response = get_conditional_response(request, etag=tag)
        if response is None:
            response = _kept(tag) or _keep(tag, view(request, *args, **kwargs))
        if response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            response["ETag"] = tag
            # To be kept, but not shown again without asking: what is taken down is gone at once.
            patch_cache_control(response, public=True, no_cache=True)
            patch_vary_headers(response, ["Cookie"])
        return response

    return answered


def _is_shared(request) -> bool:
    own = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
    # Who works on the templates wants to see what changed.
    return not settings.DEBUG and not any(name in request.COOKIES for name in own)


def _kept(tag: str) -> HttpResponse | None:
    body = caches["pages"].get(tag)
    return HttpResponse(body) if body is not None else None


def _keep(tag: str, response: HttpResponse) -> HttpResponse:
    if response.status_code == HTTPStatus.OK:
        caches["pages"].set(tag, response.content, AN_HOUR)
    return response
