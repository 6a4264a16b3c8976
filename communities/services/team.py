"""Who is in a team, as what, and in which order the team is named.

Each function locks the community first, and afterwards a team has a lead as it had before. What
happens to people is written down as TeamEvent rows, which the team reads.
"""

from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.enums import InvitationKind
from accounts.models import Invitation
from accounts.services import Offer, accept, offer

from ..enums import TeamAction, TeamRole
from ..letters import tell_removed
from ..models import Community, TeamEvent, TeamInvitation, TeamMember

MOST_MEMBERS = 30
MOST_INVITATIONS = 40


class TeamFull(Exception):
    """Nobody more fits into the team, or no more invitations may be open."""


class LastLead(Exception):
    """The team would be without a lead; somebody must take over first."""


class LastMember(Exception):
    """Nobody would be left who answers for the design."""


class NotTheirs(Exception):
    """The person or the member is no longer in the team, or not its lead."""


def invite(
    community: Community, *, by, role: str, lasts: timedelta, uses=1, email="", secret=""
) -> Offer:
    """An invitation into the team, by its lead. Raises TeamFull."""
    with _changing(community) as members:
        _lead(members, by)
        if (
            TeamInvitation.objects.filter(
                community=community, invitation__in=Invitation.objects.open()
            ).count()
            >= MOST_INVITATIONS
        ):
            raise TeamFull(community.pk)
        made = offer(
            by=by, kind=InvitationKind.TEAM, lasts=lasts, uses=uses, email=email, secret=secret
        )
        TeamInvitation.objects.create(invitation=made.invitation, community=community, role=role)
        return made


def join(team: TeamInvitation, *, user) -> TeamMember:
    """Let `user` in by the invitation; whoever is in already spends nothing.

    Raises InvitationClosed, OtherAddress or TeamFull.
    """
    with _changing(team.community) as members:
        if mine := _member(members, user):
            return mine
        if len(members) >= MOST_MEMBERS:
            raise TeamFull(team.community_id)
        accept(team.invitation, user=user)
        return _seat(team.community, members, user=user, role=team.role, by=user)


def add_teammate(community: Community, *, user, role=TeamRole.DESIGNER, by=None) -> TeamMember:
    """Named last; somebody who is in the team already stays as they are."""
    with _changing(community) as members:
        return _member(members, user) or _seat(community, members, user=user, role=role, by=by)


def set_role(community: Community, member_id: int, *, role: str, by) -> TeamMember:
    """Make a member a lead, or a lead a designer, by a lead. Raises LastLead or NotTheirs."""
    with _changing(community) as members:
        _lead(members, by)
        member = _by_key(members, member_id)
        if member.role == role:
            return member
        if role != TeamRole.LEAD:
            _keep_a_lead(members, without=member)
        _take_role(member, role, by=by)
        return member


def leave(community: Community, *, user, successor_id: int | None = None) -> None:
    """Take oneself out, after handing the lead to `successor_id` where there is no other.

    Raises LastLead, LastMember or NotTheirs.
    """
    with _changing(community) as members:
        mine = _member(members, user)
        if mine is None:
            return
        if len(members) == 1:
            raise LastMember(community.pk)
        if successor_id is not None:
            heir = _by_key([m for m in members if m != mine], successor_id)
            if heir.role != TeamRole.LEAD:
                _take_role(heir, TeamRole.LEAD, by=user)
        _keep_a_lead(members, without=mine)
        mine.delete()
        _log(community, TeamAction.LEFT, user, by=user)


def hand_over(community: Community, member_id: int, *, by) -> TeamMember:
    """Another member leads and `by` is a designer from now on. Raises NotTheirs."""
    with _changing(community) as members:
        mine = _lead(members, by)
        heir = _by_key([m for m in members if m != mine], member_id)
        if heir.role != TeamRole.LEAD:
            _take_role(heir, TeamRole.LEAD, by=by)
        _take_role(mine, TeamRole.DESIGNER, by=by)
        return heir


def remove_member(community: Community, member_id: int, *, by) -> None:
    """Take somebody out, by a lead; what they wrote stays. Gone already is gone.

    Raises LastLead or NotTheirs.
    """
    with _changing(community) as members:
        _lead(members, by)
        member = next((m for m in members if m.pk == member_id), None)
        if member is None:
            return
        _keep_a_lead(members, without=member)
        member.delete()
        event = _log(community, TeamAction.REMOVED, member.user, by=by)
        if member.user_id != by.pk:
            tell_removed(event)


def take_out(member: TeamMember, *, by) -> None:
    """By staff, who answer for it that a lead is left."""
    with _changing(member.community):
        member.delete()
        event = _log(member.community, TeamAction.REMOVED, member.user, by=by)
        if member.user_id != by.pk:
            tell_removed(event)


def move_member(community: Community, member_id: int, *, by_places: int) -> None:
    """Name a member earlier (-1) or later (1); at the end of the row nothing moves."""
    with _changing(community) as members:
        place = members.index(_by_key(members, member_id))
        other = place + by_places
        if 0 <= other < len(members):
            members[place], members[other] = members[other], members[place]
        for position, member in enumerate(members):
            member.position = position
        TeamMember.objects.bulk_update(members, ["position"])


@contextmanager
def _changing(community: Community):
    """The members in the order of credit, while nobody else changes the team."""
    with transaction.atomic():
        Community.objects.select_for_update().only("pk").get(pk=community.pk)
        yield list(community.members.select_related("user"))


def _seat(community, members, *, user, role, by) -> TeamMember:
    last = max((member.position for member in members), default=-1)
    member = TeamMember.objects.create(
        community=community, user=user, role=role, position=last + 1, joined_at=timezone.now()
    )
    _log(community, TeamAction.JOINED, user, by=by or user)
    return member


def _take_role(member: TeamMember, role: str, *, by) -> None:
    member.role = role
    member.save(update_fields=["role"])
    action = TeamAction.LEADS if role == TeamRole.LEAD else TeamAction.DESIGNS
    _log(member.community, action, member.user, by=by)


def _log(community, action: TeamAction, person, *, by) -> TeamEvent:
    return TeamEvent.objects.create(community=community, action=action, person=person, actor=by)


def _member(members, user) -> TeamMember | None:
    return next((member for member in members if member.user_id == user.pk), None)


def _by_key(members, member_id: int) -> TeamMember:
    member = next((member for member in members if member.pk == member_id), None)
    if member is None:
        raise NotTheirs(member_id)
    return member


def _lead(members, user) -> TeamMember:
    mine = _member(members, user)
    if mine is None or mine.role != TeamRole.LEAD:
        raise NotTheirs(user.pk)
    return mine


def _keep_a_lead(members, *, without: TeamMember) -> None:
    others = [m for m in members if m.pk != without.pk and m.role == TeamRole.LEAD]
    if not others:
        raise LastLead(without.community_id)
