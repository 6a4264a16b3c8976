"""The people of a cohort: inviting them, join codes, moving and taking out, the roster."""

import csv
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.enums import InvitationKind
from accounts.limits import is_within, too_many
from accounts.models import Cohort, Enrolment, Invitation, Waiting
from accounts.services import (
    CohortFull,
    give_place,
    give_up_place,
    move_to,
    offer,
    renew_code,
    revoke,
)

from ... import access, letters
from ...forms.cohorts import CodeForm, CohortInviteForm, PlaceForm
from ...queries.cohorts import (
    cohorts_with_counts,
    enrolments_of,
    open_cohort_invitations,
    person_rows,
    waiting_for,
)
from ..studio.guard import form_data
from .guard import staff_view
from .roster import write_roster

INVITE = "communities/review/cohort_invite.html"
LASTS = timedelta(days=60)
FULL = "No place is free in {}. Take somebody out first, or raise its capacity."
NOT_SENT = "The letters could not be sent just now. Take these invitations back and try later."


@dataclass(frozen=True)
class Answer:
    """What became of one address of the list; `tone` is a class of .badge."""

    address: str
    words: str
    tone: str = ""


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_invite(request, slug):
    cohort = access.cohort_to_manage(request.user, slug, among=cohorts_with_counts())
    form = CohortInviteForm(form_data(request))
    answers, status = [], 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if not is_within(request, "invite"):
                return too_many(request)
            answers, status = _invite(request, cohort, *form.cleaned_data["addresses"]), 200
            form = CohortInviteForm()
    return _invite_page(request, cohort, form=form, answers=answers, status=status)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_code(request, slug):
    """A new code, told this once; the codes before it lead nowhere from then on."""
    cohort = access.cohort_to_manage(request.user, slug, among=cohorts_with_counts())
    if request.method != "POST":
        return redirect("review_cohort_invite", slug)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _invite_page(request, cohort, code_form=form, status=422)
    lasts = timedelta(days=form.cleaned_data["days"])
    made = renew_code(cohort, by=request.user, uses=form.cleaned_data["uses"], lasts=lasts)
    link = request.build_absolute_uri(reverse("invitation", args=[made.secret]))
    return _invite_page(request, cohort, code=made.secret, link=link)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_revoke(request, slug, pk):
    cohort = access.cohort_to_manage(request.user, slug)
    invitation = access.part_to_edit(cohort.invitations.all(), pk)
    if request.method == "POST":
        revoke(invitation)
        messages.success(request, "Taken back. Nobody can join with it any more.")
    return redirect("review_cohort_invite", slug)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_person(request, slug, pk):
    cohort = access.cohort_to_manage(request.user, slug)
    place = _place(cohort, pk)
    form = PlaceForm(form_data(request), cohort=cohort)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _settle(place, cohort, form.cleaned_data))
            return redirect("review_cohort", slug)
        except CohortFull as full:
            form.add_error(None, FULL.format(full))
            status = 409
    [row] = person_rows(cohort, [place])
    context = {"cohort": cohort, "row": row, "form": form}
    return render(request, "communities/review/cohort_person.html", context, status=status)


@staff_view
@require_safe
def roster(request, slug):
    """One row for each person, safe to open in a spreadsheet."""
    cohort = access.cohort_to_manage(request.user, slug)
    rows = person_rows(cohort, [*enrolments_of(cohort), *waiting_for(cohort)])
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"{cohort.slug}-{timezone.localdate():%Y-%m-%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.write("\ufeff")
    write_roster(csv.writer(answer), rows)
    return answer


def _place(cohort: Cohort, pk: int) -> Enrolment | Waiting:
    if pk > access.LARGEST_ID:
        raise Http404
    for rows in (enrolments_of(cohort), waiting_for(cohort)):
        if place := rows.filter(user=pk).first():
            return place
    raise Http404


def _settle(place: Enrolment | Waiting, cohort: Cohort, data: dict) -> str:
    """Do it, and say so. Raises CohortFull."""
    user = place.user
    if data["deed"] == PlaceForm.MOVE:
        move_to(user, out_of=cohort, into=data["into"])
        return (
            f"{user} is in {data['into'].name} now. Their designs stay where their teams put them."
        )
    if data["deed"] == PlaceForm.GIVE:
        give_place(user, cohort=cohort)
        return f"{user} has a place now, and is told so."
    give_up_place(user, cohort=cohort)
    return f"{user} is no longer in {cohort.name}. A freed place goes to the first who waits."


def _invite(request, cohort: Cohort, good: list[str], bad: list[str]) -> list[Answer]:
    seated = _addresses(cohort.enrolments, "user__email")
    waiting = _addresses(cohort.waiting, "user__email")
    invited = _addresses(Invitation.objects.open().filter(cohort=cohort), "email")
    known = {
        **dict.fromkeys(invited, "Invited before; the letter was not sent again"),
        **dict.fromkeys(waiting, "In the line already"),
        **dict.fromkeys(seated, "In already"),
    }
    made = {"by": request.user, "kind": InvitationKind.COHORT, "lasts": LASTS, "cohort": cohort}
    offers = [offer(email=address, **made) for address in good if address not in known]
    is_sent = _send(request, cohort, offers)
    if not is_sent:
        messages.warning(request, NOT_SENT)
    told = "Invited" if is_sent else "Invited, but the letter could not be sent"
    answers = [Answer(address, known.get(address, told)) for address in good]
    return answers + [Answer(text[:80], "Not an address", "stop") for text in bad]


def _addresses(rows, name: str) -> set[str]:
    return {address.lower() for address in rows.values_list(name, flat=True)}


def _send(request, cohort: Cohort, offers: list) -> bool:
    if not offers:
        return True
    found = [
        (made.invitation, request.build_absolute_uri(reverse("invitation", args=[made.secret])))
        for made in offers
    ]
    is_sent = letters.invite(found, into=cohort.name, what="the cohort")
    if is_sent:
        Invitation.objects.filter(pk__in=[made.invitation.pk for made in offers]).mark_sent()
    return is_sent


def _invite_page(request, cohort, *, form=None, code_form=None, status=200, **more):
    free = max(cohort.capacity - cohort.enrolled, 1)
    context = {
        "cohort": cohort,
        "form": form or CohortInviteForm(),
        "code_form": code_form or CodeForm(initial={"uses": free}),
        "invitations": open_cohort_invitations(cohort),
        **more,
    }
    return render(request, INVITE, context, status=status)
