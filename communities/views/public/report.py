"""Asking staff to look at something, or to take a picture down. Nobody needs an account."""

from http import HTTPStatus

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.queries import appeals_address
from accounts.spam import REPORT, sender_of, take

from ... import access
from ...forms.reports import ReportForm
from ...services.reports import add_report
from .visitors import from_our_pages

PAGE = "communities/public/report.html"
AN_HOUR = "3600"


@from_our_pages
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, kind, key):
    is_sent = request.method == "POST"
    subject = access.subject_to_report(kind, key, is_sent=is_sent)
    form = ReportForm(request.POST if is_sent else None, kind=kind)
    if is_sent and form.is_trapped:
        # Quietly: a machine learns nothing from it.
        return redirect("report_thanks")
    status = HTTPStatus.OK
    if is_sent and not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    elif is_sent and not take(REPORT, sender_of(request), about=f"{kind} {key}"):
        status = HTTPStatus.TOO_MANY_REQUESTS
    elif is_sent:
        return _taken(request, subject, form)
    context = {"subject": subject, "form": form, "is_too_often": status == 429}
    context["appeals"] = appeals_address()
    response = render(request, PAGE, context, status=status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response["Retry-After"] = AN_HOUR
    return response


@require_safe
def thanks(request):
    context = {"is_hidden": "hidden" in request.GET}
    return render(request, "communities/public/thanks.html", context)


def _taken(request, subject, form: ReportForm):
    person = request.user if request.user.is_authenticated else None
    source = sender_of(request).address
    is_hidden = add_report(subject, **form.report, reporter=person, source=source)
    return redirect(reverse("report_thanks") + ("?hidden=1" if is_hidden else ""))
