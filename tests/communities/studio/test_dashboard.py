import pytest

from communities.services.starting import start_community
from tests import factories
from tests.html import assert_valid, text_of


def test_an_empty_studio_invites(sign_in, cast):
    page = sign_in(cast.author).get("/studio/").content.decode()
    assert "An empty plan" in page
    assert '<a class="button" href="/studio/start/">Start from values</a>' in page
    assert "review desk" not in text_of(page, "page")[0]
    assert_valid(page)


def test_each_design_has_its_state_and_one_next_step(sign_in, cast, made):
    start_community(by=cast.author, title="Quiet Hours")
    start_community(by=cast.classmate, title="Somebody else’s")
    page = sign_in(cast.author).get("/studio/").content.decode()
    assert [text.split(" Draft")[0] for text in text_of(page, "my-design")] == [
        "Quiet Hours",
        "Bench Swap",
    ]
    assert "Choose a kind: Quiet Hours Missing: " in text_of(page, "next")[0]
    assert "Submit it: Bench Swap Missing: " in text_of(page, "next")[1]
    assert_valid(page)


def test_staff_are_shown_the_way_to_the_review_desk(sign_in, cast):
    assert "review desk" in text_of(sign_in(cast.staff).get("/studio/").content.decode(), "page")[0]


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get("/studio/").url == "/accounts/login/?next=/studio/"


@pytest.mark.parametrize("designs", [1, 3])
def test_the_number_of_designs_costs_no_query(sign_in, cast, designs, django_assert_num_queries):
    for number in range(designs):
        made = factories.community(cast.author, f"Design {number}")
        factories.photo(made, by=cast.author)
        factories.team(cast.teammate, made=made)
    client = sign_in(cast.author)
    with django_assert_num_queries(13):
        client.get("/studio/")
