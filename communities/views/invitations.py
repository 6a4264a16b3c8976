"""Where an invitation leads: who invites to what, and the button that joins."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.enums import InvitationKind, InvitationState
from accounts.limits import is_within, too_many
from accounts.models import Cohort, Enrolment, Invitation
from accounts.queries import invitation_with, is_in_cohort
from accounts.services import InvitationClosed, OtherAddress, accept_place

from ..models import TeamInvitation
from ..queries.team import team_of
from ..rules import is_on_team
from ..services.team import TeamFull, join
from .studio.guard import studio_view

TEMPLATE = "communities/invitation.html"
PLACE = "You have a place in {}. Choose it as the cohort of your design, under About."
WAITS = "All places in {} are taken. You are in the line, and we write when one is yours."


@dataclass(frozen=True)
class InvitationPage:
    """`invitation` is None for a secret that nothing answers to.

    What it leads into is named while it is open, and not afterwards.
    """

    invitation: Invitation | None
    team: TeamInvitation | None = None
    is_theirs: bool = False
    is_in: bool = False

    @property
    def state(self) -> str:
        return self.invitation.state if self.invitation else "unknown"

    @property
    def is_open(self) -> bool:
        return self.state == InvitationState.OPEN

    @property
    def cohort(self) -> Cohort | None:
        return self.invitation.cohort if self.invitation else None

    @property
    def into(self) -> str:
        return self.team.community.title if self.team else self.cohort.name

    @property
    def where(self) -> str:
        """Where a person who is in goes on."""
        if self.team:
            return reverse("studio_community", args=[self.team.community.slug])
        return reverse("studio")

    @property
    def status(self) -> int:
        if self.invitation is None:
            return 404
        return 200 if self.is_open or self.is_in else 410


@require_safe
@never_cache
def invitations(request: HttpRequest):
    """A code that somebody read out or wrote on a board, typed here."""
    code = "".join(request.GET.get("code", "").split())[:100]
    is_odd = any(not (c.isalnum() or c in "-_") for c in code)
    if code and not is_odd:
        return redirect("invitation", code)
    return render(request, "communities/invitations.html", {"is_odd": is_odd})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request: HttpRequest, secret: str):
    """Opening it changes nothing and signs nobody in. Wrong guesses are counted."""
    if request.method == "POST":
        return _join(request, secret=secret)
    return _show(request, secret)


@studio_view
def _join(request: HttpRequest, *, secret: str):
    if not is_within(request, "invitation_join"):
        return too_many(request)
    found = invitation_with(secret)
    if found is None:
        return _show(request, secret)
    try:
        if found.kind == InvitationKind.TEAM:
            return _into_team(request, team_of(found))
        return _into_cohort(request, found)
    except (InvitationClosed, OtherAddress):
        return _show(request, secret, status=409)
    except TeamFull:
        messages.error(request, "The team is full. Ask whoever invited you.")
        return _show(request, secret, status=409)


def _into_team(request: HttpRequest, team: TeamInvitation):
    join(team, user=request.user)
    messages.success(request, f"You are in the team of “{team.community.title}”.")
    return redirect("studio_community", team.community.slug)


def _into_cohort(request: HttpRequest, found: Invitation):
    place = accept_place(found, user=request.user)
    has_place = isinstance(place, Enrolment)
    messages.success(request, (PLACE if has_place else WAITS).format(found.cohort.name))
    return redirect("studio")


def _show(request: HttpRequest, secret: str, *, status: int | None = None):
    if not is_within(request, "invitation_miss", count=False):
        return too_many(request)
    found = invitation_with(secret)
    if found is None:
        is_within(request, "invitation_miss")
    page = _page(request.user, found)
    return render(request, TEMPLATE, {"page": page}, status=status or page.status)


def _page(user, found: Invitation | None) -> InvitationPage:
    """At most two queries."""
    if found is None:
        return InvitationPage(None)
    team = team_of(found) if found.kind == InvitationKind.TEAM else None
    if not user.is_authenticated:
        return InvitationPage(found, team=team, is_theirs=True)
    is_in = is_on_team(user, team.community) if team else is_in_cohort(user, found.cohort)
    return InvitationPage(found, team=team, is_theirs=found.is_for(user), is_in=is_in)
