"""Cohorts: the list, one with its people and its teams, and making or changing one."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Cohort
from accounts.services import CohortChanged, change_cohort, make_cohort

from ... import access
from ...forms.cohorts import CohortForm
from ...queries.cohorts import (
    PersonRow,
    TeamRow,
    cohorts_with_counts,
    designs_of,
    enrolments_of,
    person_rows,
    team_rows,
    waiting_for,
)
from ...tagging import slug_for
from ..studio.guard import form_data
from .guard import staff_view

PEOPLE_A_PAGE = 50
TEAMS_A_PAGE = 25
FORM = "communities/review/cohort_form.html"


@dataclass(frozen=True, kw_only=True)
class CohortPage:
    """A cohort with its counts; `page` is the page of people or of teams that is shown."""

    cohort: Cohort
    page: Page
    people: tuple[PersonRow, ...] = ()
    waiting: tuple[PersonRow, ...] = ()
    teams: tuple[TeamRow, ...] = ()


@staff_view
@require_safe
def cohorts(request):
    page = Paginator(cohorts_with_counts(), TEAMS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "today": timezone.localdate()}
    return render(request, "communities/review/cohorts.html", context)


@staff_view
@require_safe
def cohort(request, slug):
    """The people, by name, and those who wait in the order of the line."""
    found = access.cohort_to_manage(request.user, slug, among=cohorts_with_counts())
    page = Paginator(enrolments_of(found), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    line = list(waiting_for(found)[:PEOPLE_A_PAGE])
    rows = person_rows(found, [*page, *line])
    shown = CohortPage(
        cohort=found,
        page=page,
        people=tuple(row for row in rows if not row.is_waiting),
        waiting=tuple(row for row in rows if row.is_waiting),
    )
    return render(request, "communities/review/cohort.html", {"shown": shown})


@staff_view
@require_safe
def teams(request, slug):
    found = access.cohort_to_manage(request.user, slug, among=cohorts_with_counts())
    page = Paginator(designs_of(found), TEAMS_A_PAGE).get_page(request.GET.get("page"))
    rows = team_rows(page.object_list) if page.object_list else []
    shown = CohortPage(cohort=found, page=page, teams=tuple(rows))
    return render(request, "communities/review/cohort_teams.html", {"shown": shown})


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_new(request):
    form = CohortForm(form_data(request))
    if request.method == "POST" and form.is_valid():
        made = make_cohort(slug=slug_for(form.cleaned_data["name"]), **form.facts)
        messages.success(request, f"{made.name} is made. Invite its people next.")
        return redirect("review_cohort_invite", made.slug)
    status = 422 if request.method == "POST" else 200
    return render(request, FORM, {"form": form, "cohort": None}, status=status)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_edit(request, slug):
    found = access.cohort_to_manage(request.user, slug, among=cohorts_with_counts())
    form = CohortForm(form_data(request), cohort=found)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            called = _save(found, form)
            more = f" {called} of those who waited got a place and were told." if called else ""
            messages.success(request, f"Saved.{more}")
            return redirect("review_cohort", slug)
        except CohortChanged as lost:
            form.meet(lost.cohort)
            status = 409
    return render(request, FORM, {"form": form, "cohort": found}, status=status)


def _save(found: Cohort, form: CohortForm) -> int:
    if form.is_late:
        raise CohortChanged(found)
    return change_cohort(found, **form.facts)
