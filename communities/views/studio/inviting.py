"""Inviting into a team: by letter or by link, taking an invitation back, sending it again."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import is_within, too_many
from accounts.models import Invitation
from accounts.queries import invitation_with
from accounts.services import Offer, renew, revoke, secret_of

from ... import access, letters
from ...forms.team import InviteForm
from ...models import Community
from ...queries.team import members_of, open_invitations
from ...services import team as services
from .answers import status_of
from .frame import StudioFrame, open_frame_to_lead
from .guard import form_data, studio_view

FULL = "Too many invitations are open. Take back some that nobody needs."
NOT_SENT = "The letters could not be sent just now. Press “Send again” beside each in a while."
LASTS_AGAIN = timedelta(days=14)


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def invite(request: HttpRequest, slug: str):
    """A link is shown in the answer and never again; a second click shows the same one."""
    frame = open_frame_to_lead(request, slug)
    form = InviteForm(form_data(request))
    if request.method == "POST" and form.is_valid():
        if not is_within(request, "invite"):
            return too_many(request)
        try:
            if form.letters:
                return _by_letter(request, frame, form)
            return show_link(request, frame, _link_of(request, frame, form))
        except services.TeamFull:
            form.add_error(None, FULL)
        except services.NotTheirs as lost:
            raise Http404 from lost
    context = {"frame": frame, "form": form}
    status = status_of(request, form)
    return render(request, "communities/studio/team_invite.html", context, status=status)


@require_POST
@studio_view
def invitation_revoke(request: HttpRequest, slug: str, pk: int):
    frame = open_frame_to_lead(request, slug)
    team = access.part_to_edit(frame.community.team_invitations.select_related("invitation"), pk)
    revoke(team.invitation)
    messages.success(request, "Taken back. Nobody can join with it any more.")
    return redirect("studio_team", slug)


@require_POST
@studio_view
def invitation_again(request: HttpRequest, slug: str, pk: int):
    """A new secret for the same invitation: what was sent or passed on before leads nowhere."""
    frame = open_frame_to_lead(request, slug)
    if not is_within(request, "invite"):
        return too_many(request)
    team = access.part_to_edit(frame.community.team_invitations.select_related("invitation"), pk)
    if not team.invitation.is_open:
        messages.info(request, "This invitation is over. Make a new one.")
        return redirect("studio_team", slug)
    fresh = renew(team.invitation, lasts=LASTS_AGAIN)
    if not fresh.invitation.email:
        return show_link(request, frame, fresh)
    is_sent = send(request, frame.community, [fresh])
    if is_sent:
        messages.success(request, "Sent again. The link in the letter before leads nowhere now.")
    else:
        messages.warning(request, NOT_SENT)
    return redirect("studio_team", slug)


def invite_by_letter(
    request: HttpRequest, community: Community, addresses: list[str], *, role: str, days: int
) -> tuple[list[str], bool]:
    """Invite those who are neither in the team nor invited yet; whom, and whether the post went.

    A second click finds everybody invited. Raises services.TeamFull.
    """
    known = {member.user.email.lower() for member in members_of(community)}
    known |= {team.invitation.email for team in open_invitations(community)}
    offers = [
        services.invite(
            community, by=request.user, role=role, lasts=timedelta(days=days), email=address
        )
        for address in addresses
        if address not in known
    ]
    is_sent = send(request, community, offers) if offers else True
    return [made.invitation.email for made in offers], is_sent


def send(request: HttpRequest, community: Community, offers: list[Offer]) -> bool:
    """The letters of invitation into a team; False when the post did not take them."""
    found = [(made.invitation, address_of(request, made.secret)) for made in offers]
    is_sent = letters.invite(found, into=community.title, what="the team of")
    if is_sent:
        Invitation.objects.filter(pk__in=[made.invitation.pk for made in offers]).mark_sent()
    return is_sent


def address_of(request: HttpRequest, secret: str) -> str:
    return request.build_absolute_uri(reverse("invitation", args=[secret]))


def show_link(request: HttpRequest, frame: StudioFrame, made: Offer):
    context = {
        "frame": frame,
        "invitation": made.invitation,
        "link": address_of(request, made.secret),
    }
    return render(request, "communities/studio/team_link.html", context)


def _by_letter(request: HttpRequest, frame: StudioFrame, form: InviteForm):
    data = form.cleaned_data
    invited, is_sent = invite_by_letter(
        request, frame.community, form.letters, role=data["role"], days=data["days"]
    )
    if not is_sent:
        messages.warning(request, NOT_SENT)
    elif invited:
        messages.success(request, f"Invited: {', '.join(invited)}.")
    if len(invited) < len(form.letters):
        messages.info(request, "Whoever is in the team or invited already got no second letter.")
    return redirect("studio_team", frame.community.slug)


def _link_of(request: HttpRequest, frame: StudioFrame, form: InviteForm) -> Offer:
    data = form.cleaned_data
    secret = secret_of(form.once, by=request.user)
    # What the first of two clicks made.
    if made := invitation_with(secret):
        return Offer(made, secret)
    return services.invite(
        frame.community,
        by=request.user,
        role=data["role"],
        lasts=timedelta(days=data["days"]),
        uses=data["uses"] or 1,
        secret=secret,
    )
