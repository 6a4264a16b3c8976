"""What is offered while somebody types, and what choosing it leads to."""

import pytest

from communities.snapshot import Snapshot
from gallery.models import Generation
from tests import factories
from tests.gallery.shelf import held, shelve, topics
from tests.html import XHTML, parsed

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(db):
    shelve(
        Snapshot(
            title="Equinox Camp", kind="camp", values=held("play"), topics=topics("Equipment")
        ),
        Snapshot(title="Mending Circle", kind="workshop", values=held("equity", "care")),
        Snapshot(title="Café des Élèves", kind="book-club", values=held("equity")),
        Snapshot(
            title="Paper Boats",
            kind="workshop",
            values=held("play"),
            summary="Equal boats",
            topics=topics("Paper", "Wallpaper"),
        ),
    )


def offered(client, query: str) -> dict[str, dict[str, str]]:
    """By heading: what is offered in words, and where it leads."""
    response = client.get(f"/designs/suggest?{query}")
    assert response.status_code == 200
    root = parsed(f"<!doctype html><title>x</title>{response.content.decode()}")
    groups = [e for e in root.iter() if e.get("role") == "group"]
    return {
        group.get("aria-label"): {
            " ".join("".join(e.itertext()).split()): e.get("data-href")
            for e in group.iter(f"{XHTML}div")
            if e.get("role") == "option"
        }
        for group in groups
    }


def test_values_kinds_topics_and_titles_are_offered(client, shelf):
    assert offered(client, "q=equ") == {
        "Values": {"Equity 2 designs": "/designs/?value=equity"},
        "Topics": {"Equipment 1 design": "/designs/?topic=equipment"},
        "Designs": {"Equinox Camp": "/designs/design-1/"},
    }
    assert offered(client, "q=workshop") == {
        "Kinds": {"Workshop or makerspace 2 designs": "/designs/?kind=workshop"}
    }


@pytest.mark.parametrize(
    ("typed", "heading", "label"),
    [
        ("fairness", "Values", "Equity also called fairness 2 designs"),
        ("FAIRN", "Values", "Equity also called fairness 2 designs"),
        ("makerspace", "Kinds", "Workshop or makerspace 2 designs"),
        ("maker+space", "Kinds", "Workshop or makerspace 2 designs"),
        ("fab+l", "Kinds", "Workshop or makerspace also called fab lab 2 designs"),
        ("reading+circle", "Kinds", "Book club also called reading circle 1 design"),
        ("%C3%A9quity", "Values", "Equity 2 designs"),
    ],
)
def test_other_names_are_understood(client, shelf, typed, heading, label):
    assert label in offered(client, f"q={typed}")[heading]


def test_a_choice_joins_the_present_search(client, shelf):
    query = "q=boats+pla&kind=workshop&sort=participants&page=3&match=all&value=care"
    assert offered(client, query)["Values"] == {
        "Play": "/designs/?q=boats&value=care&value=play&match=all&kind=workshop&sort=participants"
    }
    assert offered(client, "q=care&kind=workshop")["Values"] == {
        "Care 1 design": "/designs/?value=care&kind=workshop"
    }


def test_what_is_chosen_or_would_find_nothing_is_not_offered(client, shelf):
    assert offered(client, "q=equity&value=equity") == {}
    assert offered(client, "q=play&kind=book-club") == {}
    assert offered(client, "q=dignity") == {}


def test_titles_are_found_by_their_words_newest_first(client, shelf):
    assert list(offered(client, "q=eleves")["Designs"]) == ["Café des Élèves"]
    assert list(offered(client, "q=circle+mend")["Designs"]) == ["Mending Circle"]
    shelve(*(Snapshot(title=f"Mending {n}") for n in range(7)))
    titles = list(offered(client, "q=mend")["Designs"])
    assert titles == [f"Mending {n}" for n in (6, 5, 4, 3, 2)]
    assert "Designs" not in offered(client, "q=equal")


def test_names_that_begin_so_stand_before_names_that_hold_the_word(client, shelf):
    shelve(
        Snapshot(title="X", topics=topics("Old-paper")),
        Snapshot(title="Y", topics=topics("Old-paper")),
    )
    assert list(offered(client, "q=pape")["Topics"]) == ["Paper 1 design", "Old-paper 2 designs"]


def test_quoted_words_and_words_left_out_are_words(client, shelf):
    assert offered(client, "q=%22play%22") == {}
    assert offered(client, "q=-play") == {}
    assert offered(client, "q=%E2%80%9Cplay") == {}


def test_a_topic_is_found_in_a_field_of_its_own(client, shelf):
    assert offered(client, "find=pap&q=boats&kind=workshop") == {
        "Topics": {"Paper": "/designs/?q=boats&kind=workshop&topic=paper"}
    }
    assert offered(client, "find=") == {}
    assert offered(client, "find=zeppelin") == {}


def test_nothing_typed_offers_nothing(client, shelf):
    for query in ("", "q=", "q=+", "q=%00", "q=?!", "find=%00"):
        assert offered(client, query) == {}


@pytest.mark.parametrize("how_many", [1, 3])
def test_four_queries_whatever_is_found(client, how_many, django_assert_num_queries):
    shelve(*(Snapshot(title=f"Play {n}", values=held("play")) for n in range(how_many)))
    client.get("/designs/suggest?find=x")
    with django_assert_num_queries(4):
        client.get("/designs/suggest?q=play")
    # The generation twice: for the tag and for the catalogue.
    for query in ("q=tent+play&value=play", "q=zeppelin"):
        with django_assert_num_queries(3):
            client.get(f"/designs/suggest?{query}")
    with django_assert_num_queries(2):
        client.get("/designs/suggest?find=pla")


def test_an_answer_is_kept_until_something_changes(client, shelf):
    first = client.get("/designs/suggest?q=equ")
    assert first["Cache-Control"] == "public, no-cache"
    assert "Vary" not in first
    again = client.get("/designs/suggest?q=equ", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Generation.bump()
    after = client.get("/designs/suggest?q=equ", headers={"if-none-match": first["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != first["ETag"]


def test_what_is_unpublished_is_offered_no_more(client, cast):
    gone = factories.published(cast.author, cast.staff, title="Secret garden")
    assert "Secret garden" in offered(client, "q=secret")["Designs"]
    factories.unpublish(gone, by=cast.staff)
    assert offered(client, "q=secret") == {}
    assert offered(client, "q=care") == {}


def test_markup_in_a_title_stays_text(client, db):
    shelve(Snapshot(title='<b>Bold</b> "tent"', topics=topics("<i>Sly</i>")))
    assert list(offered(client, "q=bold")["Designs"]) == ['<b>Bold</b> "tent"']
    assert list(offered(client, "q=sly")["Topics"]) == ["<i>Sly</i> 1 design"]


def test_lessons_are_suggested_their_own_filters(client, cast):
    factories.published(cast.author, cast.staff, title="Night Kitchen", kind="camp")
    html = client.get("/insights/suggest?q=camp").content.decode()
    assert 'data-href="/insights/?kind=camp"' in html
    assert "Night Kitchen" not in client.get("/insights/suggest?q=night").content.decode()
