import uuid

import pytest

from communities.models import Community
from communities.services.starting import start_community
from tests import factories
from tests.html import assert_valid

URL = "/studio/start/"
KEY = "7d444840-9dc0-11d1-b245-5ffdce74fad2"


def test_two_minutes_make_a_draft_with_its_values_in_order(sign_in, cast):
    data = {
        "title": " The  Repair Bus ",
        "kind": "hackathon",
        "summary": "Mending on wheels.",
        "values": ["play", "care"],
        "key": KEY,
    }
    answer = sign_in(cast.author).post(URL, data)
    made = Community.objects.get()
    assert answer.url == f"/studio/{made.slug}/" == "/studio/the-repair-bus/"
    assert (made.title, made.kind, made.summary) == (
        "The  Repair Bus",
        "hackathon",
        "Mending on wheels.",
    )
    # In the order of the vocabulary; the team puts them in its own on the next page.
    assert [link.tag.slug for link in made.community_values.all()] == ["play", "care"]
    assert list(made.members.values_list("user", "role")) == [(cast.author.pk, "lead")]
    assert not made.is_published


def test_a_title_is_enough(sign_in, cast):
    assert sign_in(cast.author).post(URL, {"title": "Later"}).status_code == 302


def test_a_double_click_makes_one(sign_in, cast):
    client = sign_in(cast.author)
    data = {"title": "Twice", "values": ["care"], "key": KEY}
    first, second = client.post(URL, data), client.post(URL, data)
    assert first.url == second.url
    assert Community.objects.count() == 1


def test_going_back_and_writing_another_title_makes_another(sign_in, cast):
    client = sign_in(cast.author)
    client.post(URL, {"title": "One", "key": KEY})
    client.post(URL, {"title": "Two", "key": KEY})
    assert sorted(Community.objects.values_list("title", flat=True)) == ["One", "Two"]


def test_somebody_elses_key_is_no_way_to_their_design(sign_in, cast):
    sign_in(cast.author).post(URL, {"title": "Mine", "key": KEY})
    answer = sign_in(cast.classmate).post(URL, {"title": "Mine", "key": KEY})
    assert answer.url != "/studio/mine/"
    assert Community.objects.of_team(cast.classmate).count() == 1


@pytest.mark.parametrize("key", ["", "x", "\x00", "0" * 5_000])
def test_a_damaged_key_costs_only_its_protection(sign_in, cast, key):
    assert sign_in(cast.author).post(URL, {"title": "Fine", "key": key}).status_code == 302


def test_no_title_is_refused_with_everything_kept(sign_in, cast):
    data = {"title": " ", "kind": "camp", "summary": "A <b>sentence</b>.", "values": ["care"]}
    answer = sign_in(cast.author).post(URL, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("Give it a name; you can change it later.") == 2
    assert '<option value="camp" selected>' in page
    assert 'value="A &lt;b&gt;sentence&lt;/b&gt;."' in page
    assert page.count(" checked aria-describedby") == 1
    assert_valid(page)
    assert not Community.objects.exists()


def test_six_values_are_refused_and_stay_ticked(sign_in, cast):
    values = ["care", "play", "trust", "equity", "mastery", "purpose"]
    answer = sign_in(cast.author).post(URL, {"title": "Greedy", "values": values})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose at most five. You have chosen 6" in page
    assert page.count(" checked aria-describedby") == 6


@pytest.mark.parametrize("value", ["no-such", "\x00", "1", "x" * 10_000, "care\x00"])
def test_an_unknown_value_is_refused(sign_in, cast, value):
    answer = sign_in(cast.author).post(URL, {"title": "Odd", "values": [value]})
    assert answer.status_code == 422


def test_a_long_title_is_refused_with_the_figures_and_kept(sign_in, cast):
    title = "x" * 20_000
    page = sign_in(cast.author).post(URL, {"title": title}).content.decode()
    assert "Shorten this to 120 characters; it has 20,000 now." in page
    assert title in page


def test_building_on_a_published_design(sign_in, cast):
    parent = factories.published(cast.classmate, cast.staff)
    Community.objects.filter(pk=parent.pk).update(title="Not yet approved")
    client = sign_in(cast.author)
    page = client.get(f"{URL}?builds_on={parent.slug}").content.decode()
    assert "You build on <strong>The Mending Circle</strong>" in page
    assert page.count(" checked aria-describedby") == 2
    assert_valid(page)
    client.post(URL, {"title": "A Child", "builds_on": parent.slug})
    assert Community.objects.get(slug="a-child").parent == parent


@pytest.mark.parametrize("slug", ["nothing", "\x00", "../x", "x" * 4_000])
def test_building_on_nothing_published_is_said_and_no_obstacle(sign_in, cast, slug):
    client = sign_in(cast.author)
    page = client.get(URL, {"builds_on": slug}).content.decode()
    assert "is not in the catalogue, or no longer" in page
    assert 'name="builds_on" id=' in page, "the page does not ask for it again"
    client.post(URL, {"title": "Alone", "builds_on": ""})
    assert Community.objects.get().parent is None


@pytest.mark.parametrize("slug", ["nothing", "../x", "x" * 4_000])
def test_a_design_that_is_gone_meanwhile_is_no_obstacle(sign_in, cast, slug):
    sign_in(cast.author).post(URL, {"title": "Alone", "builds_on": slug})
    assert Community.objects.get().parent is None


def test_nobody_builds_on_a_draft(sign_in, cast, made):
    page = sign_in(cast.classmate).get(f"{URL}?builds_on={made.slug}").content.decode()
    assert "Bench Swap" not in page


def test_a_design_called_start_is_reachable(sign_in, cast):
    answer = sign_in(cast.author).post(URL, {"title": "Start"})
    assert answer.url == "/studio/start-2/"
    assert sign_in(cast.author).get(answer.url).status_code == 200


def test_a_title_in_any_script_gets_an_address(sign_in, cast):
    for title in ("شبكة التعلم", "学习社区", "🌍🌏", "!!!", "<script>alert(1)</script>"):
        answer = sign_in(cast.author).post(URL, {"title": title})
        page = sign_in(cast.author).get(answer.url).content.decode()
        assert "<script>alert(1)" not in page
    assert Community.objects.count() == 5


def test_a_key_is_for_one_form(sign_in, cast):
    page = sign_in(cast.author).get(URL).content.decode()
    other = sign_in(cast.author).get(URL).content.decode()
    keys = [p.split('name="key" value="')[1][:36] for p in (page, other)]
    assert len({uuid.UUID(key) for key in keys}) == 2


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get(URL).url == "/accounts/login/?next=/studio/start/"
    assert client.post(URL, {"title": "No"}).url == "/accounts/login/?next=/studio/start/"


def test_the_same_title_twice_makes_two_addresses(cast):
    made = [start_community(by=cast.author, title="Same").slug for _ in range(3)]
    assert made == ["same", "same-2", "same-3"]
