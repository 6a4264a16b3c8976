"""What was reported, and what staff decide about it."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Suspension, User
from accounts.services import NotSuspended

from ... import access, workflow
from ...enums import ReportDeed
from ...forms.reports import DecisionForm, LiftForm
from ...models import Report, ReportEvent
from ...pages import PictureView, picture_view
from ...queries import reports as queries
from ...services.reports import Decided, reinstate, settle
from ...services.working_copy import photo_note
from ...subjects import Subject, subject_of
from ..studio.guard import form_data
from .guard import staff_view

THINGS_A_PAGE = 25
REFUSED = "This cannot be done with the design as it stands. Decide about it at the review desk."
NOT_SUSPENDED = "Nobody suspends staff, or an account that is closed already."


@dataclass(frozen=True, kw_only=True)
class ThingRow:
    report: Report
    count: int
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class ReportPage:
    report: Report
    subject: Subject
    picture: PictureView | None
    reports: list[Report]
    log: list[ReportEvent]
    people: list[User]

    @property
    def seen(self) -> int:
        return self.log[-1].pk if self.log else 0

    @property
    def is_open(self) -> bool:
        return any(report.is_open for report in self.reports)

    @property
    def deeds(self) -> list[tuple[ReportDeed, str]]:
        if self.subject.is_gone:
            return [(ReportDeed.KEEP, "It is gone already: close the report")]
        if self.subject.is_hidden:
            restore = (ReportDeed.RESTORE, ReportDeed.RESTORE.label)
            return [(ReportDeed.HIDE, "Leave it hidden"), restore]
        return [(deed, deed.label) for deed in (ReportDeed.HIDE, ReportDeed.KEEP)]


@staff_view
@require_safe
def reports(request):
    is_open = request.GET.get("tab") != "decided"
    things = queries.reported_things(is_open=is_open)
    page = Paginator(things, THINGS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "is_open": is_open,
        "page": page,
        "rows": _rows(page, request.user),
        "open_count": page.paginator.count if is_open else queries.open_count(),
        "suspensions": queries.open_suspensions(),
    }
    return render(request, "communities/review/reports.html", context)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, pk):
    page = report_page(access.report_to_decide(request.user, pk))
    form = DecisionForm(
        form_data(request), deeds=page.deeds, people=page.people, initial={"seen": page.seen}
    )
    status = 200
    if request.method == "POST":
        status = _decided(request, page, form)
        if status == 200:
            messages.success(request, "Decided. Whoever must know has been told.")
            return redirect("reports")
        page = report_page(page.report)
    context = {"page": page, "form": form, "is_late": status == 409}
    return render(request, "communities/review/report.html", context, status=status)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def suspension(request, pk):
    """Opening a closed account again, asked once."""
    row = access.part_to_edit(Suspension.objects.select_related("user", "created_by"), pk)
    form = LiftForm(form_data(request))
    if request.method == "POST" and form.is_valid():
        reinstate(row, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, f"{row.user} can sign in again, and has been told.")
        return redirect("reports")
    status = 422 if form.is_bound and form.errors else 200
    context = {"suspension": row, "form": form}
    return render(request, "communities/review/suspension.html", context, status=status)


def report_page(report: Report) -> ReportPage:
    """At most 7 queries."""
    subject = subject_of(report)
    about = Report.objects.about(report.kind, report.key)
    return ReportPage(
        report=report,
        subject=subject,
        picture=picture_view(photo_note(subject.photo)) if subject.photo else None,
        reports=list(about.select_related("reporter")),
        log=queries.log_about(report.kind, report.key),
        people=_makers(subject),
    )


def _makers(subject: Subject) -> list[User]:
    if subject.is_of_one:
        return [subject.maker] if subject.maker and subject.maker.is_active else []
    return queries.makers_of(subject.community, subject.photo)


def _rows(page: Page, reader) -> list[ThingRow]:
    own, first = queries.own_communities(reader), queries.first_reports(page)
    return [
        ThingRow(
            report=first[thing["first"]],
            count=thing["count"],
            is_own=_is_own(first[thing["first"]], own, reader),
        )
        for thing in page
        if thing["first"] in first
    ]


def _is_own(report: Report, own: set[int], reader) -> bool:
    return report.community_id in own or report.maker_id == reader.pk


def _decided(request, page: ReportPage, form: DecisionForm) -> int:
    """200 once it is done, 422 when it cannot be, 409 when something happened meanwhile."""
    if form.last_seen != page.seen:
        form.redrawn(seen=page.seen)
        return 409
    if not form.is_valid():
        return 422
    person = next((p for p in page.people if str(p.pk) == form.cleaned_data["person"]), None)
    try:
        settle(page.subject, by=request.user, person=person, **form.decision)
    except Decided:
        form.redrawn(seen=report_page(page.report).seen)
        return 409
    except (workflow.MoveRefused, workflow.MoveLost):
        form.add_error("deed", REFUSED)
        return 422
    except NotSuspended:
        form.add_error("person", NOT_SUSPENDED)
        return 422
    return 200
