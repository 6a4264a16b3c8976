import logging

from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader

from communities.views.studio.guard import rescue

log = logging.getLogger(__name__)


def csrf_failure(request, reason=""):
    # Only the forms of the studio say for whom they were drawn.
    if "drawn_for" in request.POST and (answer := rescue(request, is_refused=True)):
        return answer
    return render(request, "403_csrf.html", status=403)


def server_error(request):
    """The fault page: without session, database and context, any of which may be the fault."""
    number = getattr(request, "id", "")
    try:
        page = loader.render_to_string("500.html", {"request_id": number})
    except Exception:
        # The list of static files may be what is missing.
        log.exception("The fault page could not be drawn")
        words = f"Something went wrong on our side. The number of this fault is {number}."
        return HttpResponse(words, status=500, content_type="text/plain; charset=utf-8")
    return HttpResponse(page, status=500)


def too_large(request):
    return render(request, "413.html", status=413)
