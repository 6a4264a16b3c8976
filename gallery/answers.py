"""Answers to programs: kept for seconds, asked for again by tag, limited for each address."""

import hashlib
import time
from functools import cache, wraps
from http import HTTPStatus

import msgspec
from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.csrf import csrf_exempt

from accounts.origin import address_of

from .models import Generation

API = "/api/"
# Short, because what is taken down must be gone within a minute, from every copy.
MAX_AGE = 20
A_MINUTE = 60
METHODS = "GET, HEAD, OPTIONS"
WRITERS = {"communities": "*.py", "gallery": "*.py", "templates": "*.html", "static": "*.*"}
LIMITS = {"api": "API_REQUESTS_PER_MINUTE", "feed": "FEED_REQUESTS_PER_MINUTE"}


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Why there is no answer (RFC 9457)."""

    title: str
    status: int
    detail: str


def for_programs(limit: str):
    """Make a view readable by programs of any origin; `limit` is one of LIMITS.

    One query for the tag. Whoever sends it back is answered 304 for no more than that, and such
    answers do not count towards the limit.
    """

    def decorate(view):
        # Nothing is written here: a POST is told that it is not allowed, not that it is forged.
        @csrf_exempt
        @wraps(view)
        def answered(request, *args, **kwargs):
            response = _refused(request)
            if response is None:
                tag = tag_of(request)
                response = get_conditional_response(request, etag=tag)
                if response is None:
                    response = _too_many(request, limit) or view(request, *args, **kwargs)
                if response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
                    response["ETag"] = tag
                    patch_cache_control(
                        response, public=True, max_age=MAX_AGE, must_revalidate=True
                    )
            return open_to_all(response)

        return answered

    return decorate


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Pages of other sites may read it. What does not say how long it is good is not kept."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Retry-After, X-Request-ID"
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, no_store=True)
    return response


def tag_of(request, *more: str, generation: str = "") -> str:
    """Changes with what is published, the day, the address as asked, our code, and `more`.

    One query where the `generation` of the index is not known yet.
    """
    parts = (
        generation or Generation.current(),
        f"{request.scheme}://{request.get_host()}{request.get_full_path()}",
        _written_by(),
        settings.SITE_NAME,
        # At midnight the consent to pictures may end, without anything being written.
        str(timezone.localdate()),
        *more,
    )
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "backslashreplace"))
    return f'"{digest.hexdigest()[:32]}"'


def problem(request, status: int, detail: str) -> HttpResponse:
    """In JSON for the API, in plain words elsewhere."""
    title = HTTPStatus(status).phrase
    if is_api(request):
        body = msgspec.json.encode(Problem(title=title, status=int(status), detail=detail))
        return HttpResponse(body, status=status, content_type="application/problem+json")
    return HttpResponse(f"{detail}\n", status=status, content_type="text/plain; charset=utf-8")


def is_api(request) -> bool:
    return request.path_info.startswith(API)


def _refused(request) -> HttpResponse | None:
    if request.method in ("GET", "HEAD"):
        return None
    if request.method == "OPTIONS":
        response = HttpResponse(status=HTTPStatus.NO_CONTENT)
        response["Access-Control-Allow-Methods"] = METHODS
        response["Access-Control-Allow-Headers"] = "If-None-Match"
    else:
        detail = "This address can only be read, with GET or HEAD."
        response = problem(request, HTTPStatus.METHOD_NOT_ALLOWED, detail)
    response["Allow"] = METHODS
    return response


def _too_many(request, limit: str) -> HttpResponse | None:
    """Count this request; the answer to it when it is one too many in this minute.

    Each process counts in its memory. The cache of sign-in lies in files unless an operator says
    otherwise: counting there costs a hundred times as much, more than a whole answer 304, and a
    crowd of addresses would drive out what guards the passwords.
    """
    most = getattr(settings, LIMITS[limit])
    if not most:
        return None
    minute, second = divmod(int(time.time()), A_MINUTE)
    key = f"{limit}-{address_of(request)}-{minute}"
    counts = caches["counts"]
    counts.add(key, 0, 2 * A_MINUTE)
    if counts.incr(key) <= most:
        return None
    detail = f"An address may ask {most} times a minute. Wait until the next, then go on."
    response = problem(request, HTTPStatus.TOO_MANY_REQUESTS, detail)
    response["Retry-After"] = str(A_MINUTE - second)
    return response


@cache
def _written_by() -> str:
    """What the answers are written by: when it is another, no answer given earlier is good."""
    digest = hashlib.sha256()
    for folder, files in WRITERS.items():
        for file in sorted((settings.BASE_DIR / folder).rglob(files)):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
