import logging

from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.defaults import page_not_found

from communities.views.studio.guard import rescue

from ..answers import is_api, open_to_all, problem

log = logging.getLogger(__name__)


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
    """The fault page: without session, database and context, any of which may be the fault."""
    number = getattr(request, "id", "")
    words = f"Something went wrong on our side. The number of this fault is {number}."
    if is_api(request):
        return open_to_all(problem(request, 500, words))
    try:
        page = loader.render_to_string("500.html", {"request_id": number})
    except Exception:
        # The list of static files may be what is missing.
        log.exception("The fault page could not be drawn")
        return HttpResponse(words, status=500, content_type="text/plain; charset=utf-8")
    return HttpResponse(page, status=500)


def too_large(request):
    return render(request, "413.html", status=413)
