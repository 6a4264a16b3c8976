"""Two people at the same moment, on real connections."""

from collections import Counter as Tally
from datetime import timedelta
from functools import partial

import pytest

from accounts.services import InvitationClosed
from communities.enums import TeamRole
from communities.models import TeamInvitation, TeamMember
from communities.services import team
from tests import factories
from tests.communities.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made(transactional_db):
    return factories.community(factories.person("Amara T."))


def test_of_two_who_use_the_last_place_of_a_link_one_is_in(made):
    author = made.members.get().user
    guests = [factories.person(f"Guest {n}") for n in range(4)]
    for _ in range(2):
        team.invite(made, by=author, role="designer", lasts=timedelta(days=1))
        invitation = TeamInvitation.objects.select_related("invitation", "community").first()
        pair, guests = guests[:2], guests[2:]
        answers = at_once(*(partial(team.join, invitation, user=user) for user in pair))
        assert Tally(type(a) for a in answers) == {TeamMember: 1, InvitationClosed: 1}
    assert sorted(made.members.values_list("position", flat=True)) == [0, 1, 2]


def test_two_leads_who_step_back_at_once_leave_one(made):
    author = made.members.get().user
    other = factories.person("Jun-ho P.")
    second = team.add_teammate(made, user=other, role=TeamRole.LEAD)
    first = made.members.get(user=author)
    answers = at_once(
        lambda: team.set_role(made, first.pk, role="designer", by=author),
        lambda: team.set_role(made, second.pk, role="designer", by=other),
    )
    assert Tally(type(a) for a in answers) == {TeamMember: 1, team.LastLead: 1}
    assert made.members.filter(role="lead").count() == 1


def test_two_leads_who_leave_at_once_leave_one(made):
    author = made.members.get().user
    other = factories.person("Jun-ho P.")
    team.add_teammate(made, user=other, role=TeamRole.LEAD)
    team.add_teammate(made, user=factories.person("Lucía V."))
    answers = at_once(lambda: team.leave(made, user=author), lambda: team.leave(made, user=other))
    assert Tally(type(a) for a in answers) == {type(None): 1, team.LastLead: 1}
    assert made.members.filter(role="lead").count() == 1
