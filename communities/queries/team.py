"""Who is in a team, who was invited, and what happened to it."""

from accounts.models import Invitation

from ..models import Community, TeamEvent, TeamInvitation, TeamMember

SHOWN_EVENTS = 30


def members_of(community: Community) -> list[TeamMember]:
    """In the order of credit. One query."""
    return list(community.members.select_related("user"))


def open_invitations(community: Community) -> list[TeamInvitation]:
    """Those that somebody could still accept, the newest first. One query."""
    open_ = Invitation.objects.open()
    found = community.team_invitations.filter(invitation__in=open_)
    return list(found.select_related("invitation__invited_by"))


def team_events(community: Community) -> list[TeamEvent]:
    """The latest changes of the team, the newest first. One query."""
    events = community.team_events.select_related("person", "actor")
    return list(events[:SHOWN_EVENTS])


def team_of(invitation: Invitation) -> TeamInvitation | None:
    """The team that an invitation leads into. One query."""
    found = TeamInvitation.objects.select_related("community", "invitation")
    return found.filter(invitation=invitation).first()
