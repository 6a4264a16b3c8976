from http import HTTPStatus

from django.conf import settings
from django.forms.forms import BaseForm
from django.http import Http404
from django.shortcuts import redirect

from .enums import Role
from .roles import role_of
from .second_factor import lacks_second_factor

TOO_MANY_CODES = {"too_many_login_attempts", "rate_limited"}
WAIT_SECONDS = "300"


def honest_status(get_response):
    """Answer an invalid form of allauth with 422, and one that was tried too often with 429."""

    def middleware(request):
        response = get_response(request)
        if request.method == "POST" and response.status_code == HTTPStatus.OK and _ours(request):
            codes = _error_codes(getattr(response, "context_data", None) or {})
            if codes & TOO_MANY_CODES:
                response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            elif codes:
                response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            response.headers.setdefault("Retry-After", WAIT_SECONDS)
        return response

    return middleware


def _ours(request) -> bool:
    name = getattr(request.resolver_match, "url_name", None) or ""
    return name.startswith(("account_", "mfa_"))


def _error_codes(context) -> set:
    forms = [value for value in context.values() if isinstance(value, BaseForm)]
    return {
        error.code
        for form in forms
        for errors in form.errors.as_data().values()
        for error in errors
    }


def staff_rooms(get_response):
    """Members find no admin, as the review desk's views answer them: 404 at every address.

    Where REQUIRE_STAFF_MFA is set, staff set up a second step before they enter their rooms.
    """

    def middleware(request):
        if request.path_info.startswith("/admin/") and role_of(request.user) is Role.MEMBER:
            raise Http404
        wanted = settings.REQUIRE_STAFF_MFA and request.path_info.startswith(settings.STAFF_PATHS)
        if wanted and lacks_second_factor(request.user):
            return redirect("mfa_index")
        return get_response(request)

    return middleware
