"""Pages that are the same for every visitor who has no session."""

import hashlib
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from .answers import tag_of
from .models import Generation

AN_HOUR = 60 * 60


def shared_page(view):
    """Draw the page once for each state of the index and each theme; `kept_pages` answers with it.

    Somebody with a session, or to whom something is still to be said, gets a page of their own.
    What is drawn must depend on nothing but the address, the theme and what the index was made
    from: its state is `request.generation`, None where it was not asked for.
    """

    @wraps(view)
    def answered(request, *args, **kwargs):
        if not is_shared(request):
            return view(request, *args, **kwargs)
        request.generation = request.generation or Generation.current()
        tag = tag_of(request, request.COOKIES.get("theme", ""), generation=request.generation)
        response = get_conditional_response(request, etag=tag)
        if response is None:
            response = view(request, *args, **kwargs)
            if response.status_code == HTTPStatus.OK:
                kept = (request.generation, tag, response.content)
                caches["pages"].set(_key(request), kept, AN_HOUR)
        return _shared(response, tag)

    return answered


def kept_pages(get_response):
    """Answer with the page as it was drawn for the last visitor while the index is the same.

    One query, and only for addresses that were asked for before. Stands before all that looks for
    a session, because there is none.
    """

    def middleware(request):
        request.generation = None
        if request.is_cut or not is_shared(request):
            return get_response(request)
        kept = caches["pages"].get(_key(request))
        if kept is None:
            return get_response(request)
        generation, tag, body = kept
        request.generation = Generation.current()
        if request.generation != generation:
            return get_response(request)
        response = get_conditional_response(request, etag=tag)
        if response is None:
            response = HttpResponse(body, headers={"Content-Length": len(body)})
        return _shared(response, tag)

    return middleware


def is_shared(request) -> bool:
    """Whether its visitor gets the page as everybody does who has no session."""
    if settings.DEBUG or request.method not in ("GET", "HEAD"):
        # Who works on the templates wants to see what changed.
        return False
    own = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
    return not any(name in request.COOKIES for name in own)


def _shared(response: HttpResponse, tag: str) -> HttpResponse:
    if response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        response["ETag"] = tag
        # To be kept, but not shown again without asking: what is taken down is gone at once.
        patch_cache_control(response, public=True, no_cache=True)
        patch_vary_headers(response, ["Cookie"])
    return response


def _key(request) -> str:
    address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
    # With the day: at midnight the consent to a picture may end, and nothing is written then.
    day = str(timezone.localdate())
    parts = (settings.SITE_NAME, request.COOKIES.get("theme", ""), day, address)
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "backslashreplace")).hexdigest()
