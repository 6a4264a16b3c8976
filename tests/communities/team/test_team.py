"""The team page: order of credit, roles, leaving, handing over, removing."""

import pytest
from django.core import mail

from communities.models import TeamEvent, TeamMember
from tests import factories
from tests.html import assert_valid, text_of


def names(made) -> list[str]:
    return [member.user.name for member in made.members.select_related("user")]


def roles(made) -> dict[str, str]:
    return dict(made.members.values_list("user__name", "role"))


@pytest.fixture
def press(sign_in, cast, made):
    """press(person, deed, of) presses one of the buttons beside somebody."""

    def pressed(person, deed, of):
        member = made.members.filter(user=of).first()
        data = {"member": member.pk if member else 0, "deed": deed}
        return sign_in(person).post(f"/studio/{made.slug}/team/", data)

    return pressed


def test_the_page_says_who_and_as_what(sign_in, cast, made):
    page = sign_in(cast.teammate).get(f"/studio/{made.slug}/team/").content.decode()
    rows = text_of(page, "parts")[0]
    assert rows.startswith("The team in the order of credit 1. Amara T. Lead, since")
    assert "2. Jun-ho P. you Designer, since" in rows
    assert "Invite somebody" not in page
    assert "Make lead" not in page
    assert_valid(page)
    assert_valid(sign_in(cast.author).get(f"/studio/{made.slug}/team/").content.decode())


def test_staff_read_it_without_buttons(sign_in, cast, made):
    page = sign_in(cast.staff).get(f"/studio/{made.slug}/team/").content.decode()
    assert "Amara T." in page
    assert 'name="deed"' not in page
    assert_valid(page)


def test_anybody_of_the_team_chooses_the_order_of_credit(press, cast, made):
    assert press(cast.teammate, "up", cast.teammate).url == f"/studio/{made.slug}/team/"
    assert names(made) == ["Jun-ho P.", "Amara T."]
    press(cast.author, "up", cast.teammate)
    assert names(made) == ["Jun-ho P.", "Amara T."]
    press(cast.author, "down", cast.teammate)
    assert names(made) == ["Amara T.", "Jun-ho P."]


def test_public_page_and_citation_credit_in_the_order_chosen(press, client, cast, made):
    press(cast.author, "up", cast.teammate)
    factories.photo(made, by=cast.author)
    factories.publish(made, by=cast.author, staff=cast.staff)
    client.logout()
    page = client.get(f"/designs/{made.slug}/").content.decode()
    assert page.index("Jun-ho P.") < page.index("Amara T.")
    cited = client.get(f"/designs/{made.slug}/cite/").content.decode()
    assert cited.index("Jun-ho P") < cited.index("Amara T")
    exported = client.get(f"/designs/{made.slug}/export.json").json()
    assert [person["name"] for person in exported["team"]] == ["Jun-ho P.", "Amara T."]


def test_a_lead_makes_leads_and_a_team_keeps_one(press, cast, made):
    press(cast.author, "lead", cast.teammate)
    assert roles(made) == {"Amara T.": "lead", "Jun-ho P.": "lead"}
    press(cast.teammate, "designer", cast.author)
    assert roles(made) == {"Amara T.": "designer", "Jun-ho P.": "lead"}
    press(cast.teammate, "designer", cast.teammate)
    assert roles(made) == {"Amara T.": "designer", "Jun-ho P.": "lead"}
    actions = list(TeamEvent.objects.order_by("pk").values_list("action", "person__name"))
    assert actions[-2:] == [("leads", "Jun-ho P."), ("designs", "Amara T.")]


def test_a_lead_hands_over_and_stays_as_a_designer(press, cast, made):
    press(cast.teammate, "hand-over", cast.author)
    assert roles(made) == {"Amara T.": "lead", "Jun-ho P.": "designer"}
    press(cast.author, "hand-over", cast.teammate)
    assert roles(made) == {"Amara T.": "designer", "Jun-ho P.": "lead"}


def test_a_designer_gives_no_roles(press, cast, made):
    press(cast.teammate, "lead", cast.teammate)
    press(cast.teammate, "designer", cast.author)
    assert roles(made) == {"Amara T.": "lead", "Jun-ho P.": "designer"}


@pytest.mark.parametrize(
    "data",
    [{}, {"member": "x", "deed": "up"}, {"member": "9" * 40, "deed": "up"}, {"member": "1"}],
)
def test_a_button_that_nobody_drew_is_refused(sign_in, cast, made, data):
    answer = sign_in(cast.author).post(f"/studio/{made.slug}/team/", data)
    assert answer.status_code == 422
    assert names(made) == ["Amara T.", "Jun-ho P."]


def test_a_member_of_another_team_is_not_moved_from_here(sign_in, cast, made):
    other = factories.community(cast.classmate, "Another")
    member = other.members.get()
    data = {"member": member.pk, "deed": "designer"}
    answer = sign_in(cast.author).post(f"/studio/{made.slug}/team/", data, follow=True)
    assert "The team is another than a moment ago" in answer.content.decode()
    assert roles(other) == {"Lucía V.": "lead"}


def test_a_designer_leaves(sign_in, cast, made):
    client = sign_in(cast.teammate)
    page = client.get(f"/studio/{made.slug}/team/leave/").content.decode()
    assert "Who leads from now on?" not in page
    assert_valid(page)
    assert client.post(f"/studio/{made.slug}/team/leave/").url == "/studio/"
    assert names(made) == ["Amara T."]
    assert client.get(f"/studio/{made.slug}/").status_code == 404
    page = sign_in(cast.author).get(f"/studio/{made.slug}/team/").content.decode()
    assert "Jun-ho P. left the team." in page


def test_the_last_lead_hands_over_before_leaving(sign_in, cast, made):
    client = sign_in(cast.author)
    address = f"/studio/{made.slug}/team/leave/"
    page = client.get(address).content.decode()
    assert "Who leads from now on?" in page
    assert_valid(page)
    answer = client.post(address)
    assert answer.status_code == 422
    assert "Choose who leads the team after you." in answer.content.decode()
    assert client.post(address, {"successor": "999999"}).status_code == 422
    heir = made.members.get(user=cast.teammate)
    assert client.post(address, {"successor": heir.pk}).url == "/studio/"
    assert roles(made) == {"Jun-ho P.": "lead"}


def test_the_last_member_stays(sign_in, cast):
    alone = factories.community(cast.author, "Alone")
    client = sign_in(cast.author)
    page = client.get(f"/studio/{alone.slug}/team/leave/").content.decode()
    assert "You are the only one here" in page
    assert_valid(page)
    client.post(f"/studio/{alone.slug}/team/leave/", {"successor": ""})
    assert names(alone) == ["Amara T."]


def test_a_lead_removes_a_member_who_is_told(
    sign_in, cast, made, django_capture_on_commit_callbacks
):
    member = made.members.get(user=cast.teammate)
    address = f"/studio/{made.slug}/team/{member.pk}/remove/"
    client = sign_in(cast.author)
    page = client.get(address).content.decode()
    assert "Take Jun-ho P. out of the team?" in page
    assert_valid(page)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address).url == f"/studio/{made.slug}/team/"
    assert names(made) == ["Amara T."]
    [letter] = mail.outbox
    assert letter.to == [cast.teammate.email]
    assert "Amara T. took you out of the team of “Bench Swap”." in letter.body
    assert client.post(address).status_code == 302
    page = client.get(f"/studio/{made.slug}/team/").content.decode()
    assert "Jun-ho P. was taken out of the team, by Amara T." in page


def test_nobody_but_a_lead_removes_and_never_the_last_lead(sign_in, cast, made):
    lead, designer = made.members.all()
    address = "/studio/{}/team/{}/remove/".format
    assert sign_in(cast.teammate).post(address(made.slug, lead.pk)).status_code == 404
    sign_in(cast.author).post(address(made.slug, lead.pk))
    assert names(made) == ["Amara T.", "Jun-ho P."]
    assert sign_in(cast.author).post(address(made.slug, 2**70)).status_code == 302
    assert sign_in(cast.classmate).post(address(made.slug, designer.pk)).status_code == 404


@pytest.mark.parametrize("people", [1, 3])
def test_the_number_of_people_costs_no_query(
    sign_in, cast, made, invite, people, django_assert_num_queries
):
    for number in range(people):
        user = factories.person(f"Guest {number}")
        factories.team(user, made=made)
        invite(way="letter", addresses=f"x{number}@example.org")
    client = sign_in(cast.author)
    with django_assert_num_queries(7):
        client.get(f"/studio/{made.slug}/team/")


def test_staff_put_people_in_and_leave_a_lead(sign_in, cast, made):
    cast.staff.is_superuser = True
    cast.staff.save()
    client = sign_in(cast.staff)
    lead, designer = made.members.all()
    form = {
        "slug": made.slug, "kind": made.kind, "mode": made.mode, "cohort": "",
        "seen": made.revision,
        "members-TOTAL_FORMS": "3", "members-INITIAL_FORMS": "2",
        "members-0-id": lead.pk, "members-0-community": made.pk, "members-0-user": lead.user_id,
        "members-0-role": "lead", "members-0-position": "0",
        "members-1-id": designer.pk, "members-1-community": made.pk,
        "members-1-user": designer.user_id, "members-1-role": "designer", "members-1-position": "1",
        "members-2-community": made.pk, "members-2-user": cast.classmate.pk,
        "members-2-role": "designer", "members-2-position": "2",
        "old_slugs-TOTAL_FORMS": "0", "old_slugs-INITIAL_FORMS": "0",
    }  # fmt: skip
    address = f"/admin/communities/community/{made.pk}/change/"
    refused = client.post(address, form | {"members-0-role": "designer"})
    assert "A team needs a lead" in refused.content.decode()
    assert client.post(address, form).status_code == 302
    assert names(made) == ["Amara T.", "Jun-ho P.", "Lucía V."]
    event = TeamEvent.objects.get(person=cast.classmate)
    assert (event.action, event.actor) == ("joined", cast.staff)
    assert TeamMember.objects.get(user=cast.classmate).position == 2
