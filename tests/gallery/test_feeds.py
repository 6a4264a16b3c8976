"""New designs as Atom: all of them, or those of a search that somebody follows."""

from datetime import datetime
from xml.etree import ElementTree

import pytest

from communities.enums import Action
from communities.models import Community
from communities.snapshot import Snapshot
from gallery.feeds import NEWEST
from tests import factories
from tests.gallery.hostile import HOSTILE
from tests.gallery.shelf import held, shelve
from tests.html import XHTML, assert_valid

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
BOTH = ["/feed.atom", "/designs/feed.atom"]


def feed_of(client, address: str):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def entries(feed) -> list:
    return feed.findall(f"{ATOM}entry")


def titles(feed) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in entries(feed)]


def links(feed) -> dict[str, str]:
    return {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}


@pytest.fixture
def three(cast):
    return [factories.published(cast.author, cast.staff, title) for title in ("A1", "B2", "C3")]


@pytest.fixture
def shelf(db):
    shelve(
        Snapshot(title="Lantern Camp", kind="camp", values=held("belonging", "play", why="For")),
        Snapshot(title="Mending Circle", kind="workshop", values=held("play", why="Because of")),
        Snapshot(title="Winter Camp", kind="camp", values=held("care", why="With")),
    )


@pytest.mark.parametrize("address", BOTH)
def test_a_feed_tells_the_newest_first(client, cast, three, address):
    factories.community(cast.author, "Secret draft")
    factories.submitted(cast.author, "Waiting")
    factories.unpublish(three[1], by=cast.staff)
    feed = feed_of(client, address)
    assert titles(feed) == ["C3", "A1"]
    assert feed.findtext(f"{ATOM}title") == "Gatherings: new designs"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Gatherings"
    assert links(feed) == {
        "alternate": "http://testserver/designs/",
        "self": f"http://testserver{address}",
    }
    assert [links(entry) for entry in entries(feed)] == [
        {"alternate": "http://testserver/designs/c3/"},
        {"alternate": "http://testserver/designs/a1/"},
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Winter Camp", "Mending Circle", "Lantern Camp"]),
        ("value=play", ["Mending Circle", "Lantern Camp"]),
        ("value=play&value=belonging&match=all", ["Lantern Camp"]),
        ("q=camp&sort=participants&page=7", ["Winter Camp", "Lantern Camp"]),
        ("q=circle&kind=camp", []),
        ("colour=red&kind=castle", ["Winter Camp", "Mending Circle", "Lantern Camp"]),
    ],
)
def test_a_search_is_followed_with_its_own_parameters(client, shelf, query, found):
    assert titles(feed_of(client, f"/designs/feed.atom?{query}")) == found


def test_a_search_says_what_it_is_and_where_it_stands(client, shelf):
    query = "sort=built-on&page=3&value=play&kind=camp&q=lantern&colour=red"
    feed = feed_of(client, f"/designs/feed.atom?{query}")
    assert feed.findtext(f"{ATOM}title") == (
        "Gatherings: designs that mention “lantern” and hold Play and are Camp"
    )
    assert links(feed) == {
        "alternate": "http://testserver/designs/?q=lantern&value=play&kind=camp",
        "self": "http://testserver/designs/feed.atom?q=lantern&value=play&kind=camp",
    }


def test_each_entry_answers_for_the_values_that_were_chosen(client, shelf):
    feed = feed_of(client, "/designs/feed.atom?value=play")
    summaries = [entry.find(f"{ATOM}summary") for entry in entries(feed)]
    assert [(one.get("type"), one.text) for one in summaries] == [
        ("html", "<p></p><p><strong>Play.</strong> Because of Play</p>"),
        ("html", "<p></p><p><strong>Play.</strong> For Play</p>"),
    ]


def test_what_people_wrote_is_text(client, db):
    shelve(Snapshot(title="<b>A & B</b>", summary="<script>alert(1)</script> 1 < 2"))
    [entry] = entries(feed_of(client, "/feed.atom"))
    assert entry.findtext(f"{ATOM}title") == "<b>A & B</b>"
    assert entry.findtext(f"{ATOM}summary") == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; 1 &lt; 2</p>"
    )


def test_characters_that_xml_cannot_hold_are_left_out(client, db):
    shelve(Snapshot(title="A\x0bB", summary="C\x01D\ufffe", values=held("play", why="E\x02")))
    feed = feed_of(client, "/designs/feed.atom?value=play")
    assert titles(feed) == ["AB"]
    assert entries(feed)[0].findtext(f"{ATOM}summary") == (
        "<p>CD</p><p><strong>Play.</strong> E Play</p>"
    )


def test_the_dates_are_of_the_first_and_of_the_last_publication(client, cast, time_machine):
    def at(month: int):
        noon = datetime.fromisoformat(f"2026-{month:02}-01T12:00:00+00:00")
        time_machine.move_to(noon, tick=False)

    at(1)
    made = factories.community(cast.author)
    submission = factories.submit_for_review(made, by=cast.author)
    at(2)
    factories.move(submission, Action.APPROVE, by=cast.staff)
    made.refresh_from_db()
    at(3)
    submission = factories.submit_for_review(made, by=cast.author)
    assert _dates(client) == ("2026-02-01T12:00:00+00:00",) * 3
    at(4)
    factories.move(submission, Action.APPROVE, by=cast.staff)
    changed = "2026-04-01T12:00:00+00:00"
    assert _dates(client) == (changed, "2026-02-01T12:00:00+00:00", changed)


def _dates(client) -> tuple[str, str, str]:
    feed = feed_of(client, "/feed.atom")
    [entry] = entries(feed)
    return (
        feed.findtext(f"{ATOM}updated"),
        entry.findtext(f"{ATOM}published"),
        entry.findtext(f"{ATOM}updated"),
    )


def test_the_feed_of_an_empty_catalogue_is_the_same_at_each_visit(client, db):
    feed = feed_of(client, "/feed.atom")
    assert entries(feed) == []
    assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"


def test_a_feed_ends_somewhere(client, db):
    shelve(*(Snapshot(title=f"Design {n}") for n in range(NEWEST + 2)))
    found = titles(feed_of(client, "/feed.atom"))
    assert (len(found), found[0], found[-1]) == (NEWEST, f"Design {NEWEST + 1}", "Design 2")


@pytest.mark.parametrize("address", [*BOTH, "/designs/feed.atom?value=care"])
def test_a_feed_is_not_sent_again_until_something_changes(
    client, cast, three, address, django_assert_num_queries
):
    response = client.get(address)
    assert response["Cache-Control"] == "public, max-age=20, must-revalidate"
    assert not response.has_header("Vary")
    again = {"If-None-Match": response["ETag"]}
    with django_assert_num_queries(1):
        answer = client.get(address, headers=again)
    assert (answer.status_code, answer.content) == (304, b"")
    factories.unpublish(three[0], by=cast.staff)
    assert client.get(address, headers=again).status_code == 200


@pytest.mark.parametrize("how_many", [1, 3])
def test_queries_do_not_grow(client, how_many, django_assert_num_queries):
    shelve(*(Snapshot(title=f"Tent {n}", values=held("play")) for n in range(how_many)))
    client.get("/feed.atom")
    with django_assert_num_queries(3):
        client.get("/feed.atom")
    with django_assert_num_queries(4):
        client.get("/designs/feed.atom?q=tent&value=play")


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_are_answered(client, shelf, query):
    feed_of(client, f"/designs/feed.atom?{query}")


def test_who_asks_too_often_is_told_when_to_come_back(client, settings, time_machine, db):
    time_machine.move_to(1_800_000_015, tick=False)
    settings.FEED_REQUESTS_PER_MINUTE = 2
    tag = client.get("/feed.atom")["ETag"]
    assert client.get("/designs/feed.atom").status_code == 200
    response = client.get("/feed.atom?value=care")
    assert response.status_code == 429
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert (response["Retry-After"], response["Cache-Control"]) == ("45", "no-store")
    assert not response.has_header("ETag")
    # A reader that knows what it has goes on.
    assert client.get("/feed.atom", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/api/v1/designs/").status_code == 200


def test_a_feed_is_only_read(client, db):
    assert client.post("/designs/feed.atom").status_code == 405
    head = client.head("/designs/feed.atom")
    assert (head.status_code, head.content) == (200, b"")


def test_the_page_of_a_search_leads_to_its_feed(client, shelf):
    html = client.get("/designs/?sort=participants&value=play&kind=camp").content.decode()
    document = assert_valid(html)
    address = "/designs/feed.atom?value=play&kind=camp"
    alternates = [e.get("href") for e in document.iter() if e.get("rel") == "alternate"]
    assert alternates == ["/feed.atom", address]
    followed = [a.get("href") for a in document.iter(f"{XHTML}a") if a.text == "Follow this search"]
    assert followed == [address]
    titles(feed_of(client, address))


def test_a_withdrawn_design_is_gone_from_a_followed_search(client, cast):
    made = factories.published(cast.author, cast.staff, title="Secret garden")
    address = "/designs/feed.atom?q=garden"
    assert titles(feed_of(client, address)) == ["Secret garden"]
    factories.unpublish(made, by=cast.staff)
    assert titles(feed_of(client, address)) == []
    assert not Community.objects.get(pk=made.pk).is_published
