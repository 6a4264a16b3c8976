"""A member's page: off until they want it, and gone everywhere when they do not."""

import pytest

from accounts.models import Profile, TakenHandle
from accounts.services import suspend
from accounts.spam import stamp
from communities.models import Report
from communities.services.erasing import erase
from tests import factories
from tests.html import assert_valid

SETTINGS = "/accounts/profile/"


@pytest.fixture
def made(cast):
    return factories.published(cast.author, cast.staff, "Open Yard")


@pytest.fixture
def save(sign_in):
    """save(person, **fields) on the page of their account."""

    def saved(person, **fields):
        data = {"handle": "amara-t", "about": "I mend.", "pronouns": "she/her"}
        data |= {"is_public": "on", "is_of_age": "on"} | fields
        answer = sign_in(person).post(SETTINGS, {k: v for k, v in data.items() if v is not None})
        sign_in(None)
        return answer

    return saved


def seen(client, made) -> dict[str, bool]:
    """Whether the person is found at each place."""
    return {
        "page": client.get("/people/amara-t/").status_code == 200,
        "credit": "/people/amara-t/" in client.get(f"/designs/{made.slug}/").content.decode(),
        "sitemap": "/people/amara-t/" in client.get("/sitemap.xml").content.decode(),
    }


NOWHERE = dict.fromkeys(("page", "credit", "sitemap"), False)
EVERYWHERE = dict.fromkeys(NOWHERE, True)


def test_off_by_default_and_everywhere_once_switched_on(client, save, cast, made):
    assert seen(client, made) == NOWHERE
    assert save(cast.author).status_code == 302
    assert seen(client, made) == EVERYWHERE
    body = client.get("/people/amara-t/").content.decode()
    assert_valid(body)
    for words in ("Amara T.", "she/her", "I mend.", "Open Yard", "Teach it tomorrow"):
        assert words in body
    assert cast.author.email not in body
    save(cast.author, is_public=None)
    assert seen(client, made) == NOWHERE


@pytest.mark.parametrize("how", ["suspended", "erased", "hidden", "not of age"])
def test_whoever_must_not_be_shown_is_not(client, save, cast, made, how):
    save(cast.author)
    if how == "suspended":
        suspend(cast.author, by=cast.staff, reason="Why.")
    elif how == "erased":
        erase(cast.author, by=cast.author)
    elif how == "hidden":
        Profile.objects.update(is_hidden=True)
    else:
        Profile.objects.update(is_public=False, said_of_age_at=None)
    assert seen(client, made) == NOWHERE


def test_nobody_is_shown_who_did_not_say_that_they_are_of_age(save, cast):
    answer = save(cast.author, is_of_age=None, about="<b>Kept</b>")
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "Only profiles of adults are shown." in body
    assert "&lt;b&gt;Kept&lt;/b&gt;" in body
    assert not Profile.objects.exists()


@pytest.mark.parametrize("handle", ["", "ab", "a--b", "-ab", "mei l", "mé-l", "staff", "x" * 31])
def test_a_handle_that_is_none_is_refused_with_everything_kept(save, cast, handle):
    answer = save(cast.author, handle=handle)
    assert answer.status_code == 422
    assert "I mend." in answer.content.decode()
    assert not Profile.objects.exists()


def test_an_old_handle_leads_nowhere_and_nobody_else_gets_it(client, save, cast, made):
    save(cast.author)
    save(cast.author, handle="amara")
    assert client.get("/people/amara-t/").status_code == 404
    assert client.get("/people/amara/").status_code == 200
    assert save(cast.classmate, handle="Amara-T").status_code == 422
    assert save(cast.classmate, handle="amara").status_code == 422
    assert save(cast.author, handle="amara-t").status_code == 302
    erase(cast.author, by=cast.author)
    assert save(cast.classmate, handle="amara-t").status_code == 422
    assert set(TakenHandle.objects.values_list("user", flat=True)) == {None}


def test_a_profile_tells_only_of_designs_that_credit_the_person(client, save, cast, made):
    factories.published(cast.classmate, cast.staff, "Foreign Yard")
    factories.community(cast.author, "Draft Yard")
    save(cast.author)
    body = client.get("/people/amara-t/").content.decode()
    assert "Open Yard" in body
    assert "Foreign Yard" not in body
    assert "Draft Yard" not in body
    cast.author.name = "Somebody Else"
    cast.author.save()
    assert "Open Yard" not in client.get("/people/amara-t/").content.decode()


def test_a_profile_of_a_child_is_hidden_at_once_and_staff_decide(client, save, cast, made, sign_in):
    save(cast.author)
    key = Profile.objects.get().pk
    assert f"/report/profile/{key}/" in client.get("/people/amara-t/").content.decode()
    data = {"problem": "of-a-child", "drawn": stamp(60)}
    answer = client.post(f"/report/profile/{key}/", data, headers={"origin": "http://testserver"})
    assert answer.url == "/report/thanks/?hidden=1"
    assert seen(client, made) == NOWHERE
    assert "Hidden by staff for now." in sign_in(cast.author).get(SETTINGS).content.decode()
    staff = sign_in(cast.staff)
    listed = staff.get("/review/reports/").content.decode()
    assert "The profile of Amara T." in listed
    address = f"/review/reports/{Report.objects.get().pk}/"
    page = staff.get(address)
    assert_valid(page.content.decode())
    decision = {"deed": "restore", "step": "nothing", "reason": "She is 40."}
    staff.post(address, decision | {"seen": page.context["page"].seen})
    sign_in(None)
    assert seen(client, made) == EVERYWHERE


@pytest.mark.parametrize("number", [1, 3])
def test_a_profile_costs_the_same_however_much_it_shows(
    client, save, cast, django_assert_num_queries, number
):
    for n in range(number):
        factories.published(cast.author, cast.staff, f"Yard {n}")
    save(cast.author)
    with django_assert_num_queries(4):
        client.get("/people/amara-t/")
