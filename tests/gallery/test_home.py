"""The entrance, full and empty."""

import pytest

from communities.models import Value
from communities.snapshot import ImplementationNote, InsightNote, ReflectionText, Snapshot
from gallery.models import Generation
from tests.gallery.shelf import held, shelve
from tests.html import XHTML, assert_valid, parsed, text_of

pytestmark = pytest.mark.django_db


def entrance(client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    html = response.content.decode()
    assert_valid(html)
    return html


def rooms(html: str) -> list[tuple[str, str, str]]:
    """Name, rank and count of each room, in order."""
    found = [e for e in parsed(html).iter(f"{XHTML}label") if e.get("class") == "room"]
    texts = [{c.get("class"): c.text for c in room} for room in found]
    return [
        (text["name"], room.get("data-rank"), text["count"])
        for room, text in zip(found, texts, strict=True)
    ]


def reflection(**answers) -> tuple[ImplementationNote, ...]:
    text = ReflectionText(stage="after", **answers)
    return (ImplementationNote(outcome="ran", reflections=(text,)),)


@pytest.fixture
def five(db):
    shelve(
        Snapshot(title="One", values=held("play"), implementations=reflection(surprised="Oldest.")),
        Snapshot(
            title="Two",
            kind="camp",
            values=held("care", "play"),
            implementations=reflection(differently="Smaller."),
            insights=(InsightNote(type="worked", headline="Care lesson", values=("care",)),),
        ),
        Snapshot(
            title="Three",
            values=held("trust"),
            implementations=reflection(did_not_work="The queue.", surprised="Rain."),
            insights=(
                InsightNote(type="worked", headline="Trust lesson", values=("trust",)),
                InsightNote(type="worked", headline="Another trust lesson", values=("trust",)),
            ),
        ),
        Snapshot(title="Four", implementations=reflection(surprised="They sang.")),
        Snapshot(
            title="Five",
            summary="One dish.",
            description="A long evening.",
            kind="book-club",
            mode="online",
            values=held("play", "trust"),
            insights=(InsightNote(type="worked", headline="No value named"),),
        ),
    )


def test_rooms_are_ranked_by_how_many_designs_hold_the_value(client, five):
    found = rooms(entrance(client))
    assert found[:3] == [("Play", "1", "3"), ("Trust", "2", "2"), ("Care", "3", "1")]
    assert [rank for _, rank, _ in found] == [str(n) for n in range(1, 17)]
    assert {count for _, _, count in found[3:]} == {"0"}


def test_a_seventeenth_value_queues_and_a_retired_one_has_no_room(client, five):
    Value.objects.create(name="Wonder", slug="wonder", mark="wonder", short="", position=99)
    assert rooms(entrance(client))[-1] == ("Wonder", "more", "0")
    Value.objects.filter(slug="play").update(is_retired=True)
    Generation.bump()
    names = [name for name, _, _ in rooms(entrance(client))]
    assert len(names) == 16
    assert "Play" not in names


def test_the_plan_asks_the_list_of_designs(client, five):
    plan = next(e for e in parsed(entrance(client)).iter() if "plan" in e.get("class", "").split())
    assert (plan.get("method"), plan.get("action")) == ("get", "/designs/")
    names = {e.get("name") for e in plan.iter(f"{XHTML}input")}
    assert names == {"q", "value", "match"}


def test_the_newest_leads_and_three_follow(client, five):
    html = entrance(client)
    assert text_of(html, "feature") == [
        "Five One dish. A long evening. Play Trust Book club, online. Not yet run."
    ]
    cards = text_of(html, "design-card")
    assert [card.split()[0] for card in cards] == ["Four", "Three", "Two"]
    assert "All 5 designs" in html


def test_reflections_are_of_different_designs_and_prompts(client, five):
    assert text_of(entrance(client), "excerpt") == [
        "What surprised us They sang. Four",
        "What didn’t work The queue. Three",
        "What we’d do differently Smaller. Two, camp",
    ]


def test_insights_are_of_different_designs_and_values(client, five):
    html = entrance(client)
    assert text_of(html, "insight") == ["Trust lesson Three", "Care lesson Two"]
    assert "All 4 insights" in html


def test_an_empty_gallery_still_has_its_rooms_and_doors(client, db):
    html = entrance(client)
    assert len(rooms(html)) == 16
    headings = [
        "".join(e.itertext()) for e in parsed(html).iter() if e.tag in (f"{XHTML}h1", f"{XHTML}h2")
    ]
    assert headings[:4] == [
        "Start from what you value.",
        "How a design gets here",
        "Designing one now?",
        "Teaching with these?",
    ]


@pytest.mark.parametrize("how_many", [1, 3])
def test_queries_do_not_grow(client, how_many, django_assert_num_queries):
    shelve(*(Snapshot(title=f"Tent {n}", values=held("play")) for n in range(how_many)))
    client.get("/?again")
    with django_assert_num_queries(4):
        client.get("/")
