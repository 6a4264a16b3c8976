import re
import uuid

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control

from communities.media import turn

from .damaged import read_form
from .logs import request_id as request_id_var
from .views.errors import too_large

# gunicorn answers a line over 8,190 bytes itself, in words of its own (gallery/gunicorn.py).
MAX_QUERY_LENGTH = 8_000
# Far more than any form of ours has. Above DATA_UPLOAD_MAX_NUMBER_FIELDS Django would answer 400.
MAX_QUERY_FIELDS = 1_000
# A search is redirected to what could be read of it.
READ_AT_ANY_LENGTH = ("designs", "insights", "suggest", "insights_suggest")


def request_id(get_response):
    """Give each request a short id, on its log lines, error page and answer."""

    def middleware(request):
        request.id = uuid.uuid4().hex[:12]
        token = request_id_var.set(request.id)
        try:
            response = get_response(request)
        finally:
            request_id_var.reset(token)
        response["X-Request-ID"] = request.id
        return response

    return middleware


def bounded_query(get_response):
    """Refuse addresses that no form of ours can make before anything parses them.

    Searches read as much as they can, and say in `is_cut` that it was not all.
    """

    def middleware(request):
        query = request.META.get("QUERY_STRING", "")
        readable = readable_part(query)
        request.is_cut = readable != query
        if request.is_cut:
            if request.path_info not in map(reverse, READ_AT_ANY_LENGTH):
                return HttpResponse(render_to_string("414.html"), status=414)
            request.META["QUERY_STRING"] = readable
        return get_response(request)

    return middleware


def readable_part(query: str) -> str:
    """The beginning that is neither too long nor has too many fields; no sign is cut in two."""
    if len(query) > MAX_QUERY_LENGTH:
        query = re.sub("%[0-9A-Fa-f]?$", "", query[:MAX_QUERY_LENGTH])
    return "&".join(query.split("&", MAX_QUERY_FIELDS)[:MAX_QUERY_FIELDS])


def private_when_signed_in(get_response):
    """Pages of signed-in people are kept by no cache, nor by the Back button after sign-out."""

    def middleware(request):
        response = get_response(request)
        # The user last: answers that say it themselves need no session.
        if not response.has_header("Cache-Control") and request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware


class BoundedForm:
    """Answers a form that is too large with a page that says what to do, before anything reads it.

    Django itself would answer 400 without a word. Large ones are read one after the other.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            return self.get_response(request)
        finally:
            turn.end()

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST":
            return None
        turn.begin(_length(request))
        try:
            read_form(request)
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
            return too_large(request)
        except UnreadablePostError:  # the visitor is gone
            return None
        return None


def _length(request) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0
