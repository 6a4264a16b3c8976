import logging
import sqlite3
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.defaults import page_not_found

from communities.views.studio.autosave import RETRY_AFTER, busy_answer, is_autosave
from communities.views.studio.guard import rescue
from communities.views.studio.sent import sent_by

from ..answers import is_api, open_to_all, problem

log = logging.getLogger(__name__)

WORDS = {
    500: "Something went wrong on our side.",
    503: "What is kept here cannot be reached at this moment. Try again soon.",
}


def csrf_failure(request, reason=""):
    # Only the forms of the studio say for whom they were drawn.
    if "drawn_for" in request.POST and (answer := rescue(request, is_refused=True)):
        return answer
    return render(request, "403_csrf.html", status=403)


def not_found(request, exception):
    if not is_api(request):
        return page_not_found(request, exception)
    return open_to_all(problem(request, 404, "Nothing is published at this address."))


def server_error(request):
    """The fault page: without session, database and context, any of which may be the fault.

    503 where the database did not answer. What a form said stands on the page, to be sent again.
    """
    is_away = _is_database_away(sys.exception())
    if is_away and is_autosave(request):
        return busy_answer()
    status = 503 if is_away else 500
    number = getattr(request, "id", "")
    words = f"{WORDS[status]} The number of this fault is {number}."
    if is_api(request):
        answer = open_to_all(problem(request, status, words))
    else:
        answer = _fault_page(request, status, words, number)
    # Nobody is to ask who is signed in before this is sent, and nobody is to keep it.
    answer["Cache-Control"] = "private, no-store"
    if is_away:
        answer["Retry-After"] = RETRY_AFTER
    return answer


def _is_database_away(error: BaseException | None) -> bool:
    """Gone, full, or busy for too long: not what a faulty statement of ours brings about."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return getattr(error.__cause__, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR


def _fault_page(request, status: int, words: str, number: str) -> HttpResponse:
    try:
        context = {"request_id": number, "sent": sent_by(request)}
        page = loader.render_to_string(f"{status}.html", context)
    except Exception:
        # The list of static files may be what is missing.
        log.exception("The fault page could not be drawn")
        return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    return HttpResponse(page, status=status)


def too_large(request):
    return render(request, "413.html", status=413)
