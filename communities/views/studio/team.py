"""The team of a design: who is in it, in which order it is named, and the way out."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ...enums import TeamRole
from ...forms.team import LeaveForm, MemberForm
from ...models import TeamEvent, TeamInvitation, TeamMember
from ...queries.team import members_of, open_invitations, team_events
from ...services import team as services
from .frame import StudioFrame, open_frame, open_frame_to_lead, open_frame_to_write
from .guard import form_data, studio_view

MOVED_ON = "The team is another than a moment ago. Look again at who is in it."
LAST_LEAD = "A team always has a lead. Make somebody else the lead first."


@dataclass(frozen=True)
class TeamPage:
    members: tuple[TeamMember, ...]
    mine: TeamMember | None
    invitations: tuple[TeamInvitation, ...]
    events: tuple[TeamEvent, ...]

    @property
    def is_last_lead(self) -> bool:
        """Whether nobody else leads than the reader."""
        leads = [member for member in self.members if member.role == TeamRole.LEAD]
        return bool(self.mine) and leads == [self.mine]

    @property
    def others(self) -> list[TeamMember]:
        return [member for member in self.members if member != self.mine]


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def team(request: HttpRequest, slug: str):
    """A POST is one button beside one member: their place in the row, or their role."""
    frame = open_frame(request, slug)
    if request.method != "POST":
        return render(request, "communities/studio/team.html", _context(request, frame))
    form = MemberForm(form_data(request))
    if not form.is_valid():
        messages.error(request, "This button does not work any more. Try again.")
        return render(request, "communities/studio/team.html", _context(request, frame), status=422)
    try:
        _press(frame, form.cleaned_data, by=request.user)
    except services.LastLead:
        messages.error(request, LAST_LEAD)
    except services.NotTheirs:
        messages.warning(request, MOVED_ON)
    return redirect("studio_team", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def leave(request: HttpRequest, slug: str):
    frame = open_frame_to_write(request, slug)
    context = _context(request, frame)
    page = context["page"]
    form = LeaveForm(form_data(request), heirs=page.others, is_last_lead=page.is_last_lead)
    if request.method == "POST" and form.is_valid():
        heir = form.cleaned_data.get("successor") or None
        try:
            services.leave(frame.community, user=request.user, successor_id=heir)
            messages.success(request, f"You are no longer in the team of “{frame.community}”.")
            return redirect("studio")
        except (services.LastLead, services.LastMember, services.NotTheirs):
            messages.warning(request, MOVED_ON)
            return redirect("studio_team_leave", slug)
    status = 422 if request.method == "POST" else 200
    context |= {"form": form}
    return render(request, "communities/studio/team_leave.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def remove(request: HttpRequest, slug: str, pk: int):
    frame = open_frame_to_lead(request, slug)
    member = next((m for m in members_of(frame.community) if m.pk == pk), None)
    if member is None:
        messages.info(request, "They are not in the team any more.")
        return redirect("studio_team", slug)
    if request.method == "POST":
        try:
            services.remove_member(frame.community, pk, by=request.user)
            messages.success(request, f"{member.user} is no longer in the team, and is told so.")
        except services.LastLead:
            messages.error(request, LAST_LEAD)
        except services.NotTheirs:
            messages.warning(request, MOVED_ON)
        return redirect("studio_team", slug)
    context = {"frame": frame, "member": member}
    return render(request, "communities/studio/team_remove.html", context)


def _press(frame: StudioFrame, data: dict, *, by) -> None:
    """The order is everybody's to choose, the roles are for those who lead."""
    places = MemberForm.ORDER.get(data["deed"])
    if places:
        services.move_member(frame.community, data["member"], by_places=places)
    elif data["deed"] == MemberForm.HAND_OVER:
        services.hand_over(frame.community, data["member"], by=by)
    else:
        services.set_role(frame.community, data["member"], role=data["deed"], by=by)


def _context(request: HttpRequest, frame: StudioFrame) -> dict:
    """At most three queries."""
    members = members_of(frame.community)
    page = TeamPage(
        members=tuple(members),
        mine=next((member for member in members if member.user_id == request.user.pk), None),
        invitations=tuple(open_invitations(frame.community)) if frame.is_led else (),
        events=tuple(team_events(frame.community)),
    )
    return {"frame": frame, "page": page}
