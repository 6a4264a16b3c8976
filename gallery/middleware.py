import uuid

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

from .logs import request_id as request_id_var
from .views.errors import too_large

MAX_QUERY_LENGTH = 8_000


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
    """Refuse addresses that no form of ours can make before anything parses them."""

    def middleware(request):
        if len(request.META.get("QUERY_STRING", "")) > MAX_QUERY_LENGTH:
            return HttpResponse(render_to_string("414.html"), status=414)
        return get_response(request)

    return middleware


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

    Django itself would answer 400 without a word.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST":
            return None
        try:
            request.POST  # noqa: B018  reading is what may fail
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
            return too_large(request)
        except UnreadablePostError:  # the visitor is gone
            return None
        return None
