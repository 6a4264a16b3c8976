"""A visitor, without an account: from a value to a design that holds it, and on from there."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from communities.services.document import save_section
from tests import factories

from .checks import pictures_that_failed, said
from .deeds import choose_value, press


@pytest.fixture
def shelf(site):
    """Three published designs; care is held by two of them, play by two, both by one."""
    author = factories.person("Amara T.")
    staff = factories.person("Robin S.", is_staff=True)
    swap = factories.community(author, "Bench Swap", values=("care", "mastery"))
    factories.photo(swap, by=author, alt="A green field")
    factories.photo(swap, by=author, alt="Two benches under a lamp", caption="The first evening")
    template = factories.SectionTemplate.objects.get(key="structure")
    save_section(swap, template, by=author, revision=0, body="A bell rings, and everybody moves.")
    factories.publish(swap, by=author, staff=staff)
    factories.published(author, staff, "Night Kitchen", values=("play", "care"), kind="camp")
    factories.published(author, staff, "Quiet Hour", values=("play", "dignity"), kind="library")


def reasons_on_cards(page) -> dict[str, list[str]]:
    """What each card answers, by its title, in the order of the page."""
    cards = page.locator(".cards .design-card").all()
    return {c.locator("h3").inner_text(): said(c.locator(".why")) for c in cards}


def asked(page) -> list[tuple[str, str]]:
    """What the address says, sorted, but for what is so anyway."""
    pairs = parse_qsl(urlsplit(page.url).query)
    return sorted(p for p in pairs if p not in [("match", "any"), ("sort", "newest")])


def choose(page, facet, label, then):
    """In the filters: beside the results on a wide page, behind a button on a narrow one."""
    button = page.get_by_role("button", name="Filter")
    if button.is_visible():
        button.click()
    group = page.locator("#filters > .facet", has=page.locator("summary", has_text=facet))
    if group.get_attribute("open") is None:
        group.locator("summary").first.click()
    group.get_by_label(label).check()
    page.locator("#filters").get_by_role("button", name=then).click()


def test_from_two_values_to_a_design(open_page, shelf, way):
    page = open_page(**way)
    page.goto("/")
    choose_value(page, "Care")
    choose_value(page, "Play")
    press(page, "Show designs")
    assert asked(page) == [("value", "care"), ("value", "play")]
    assert page.get_by_role("status").inner_text() == "3 designs"
    assert reasons_on_cards(page) == {
        "Quiet Hour": ["Play Play in Quiet Hour"],
        "Night Kitchen": ["Play Play in Night Kitchen", "Care Care in Night Kitchen"],
        "Bench Swap": ["Care Care in Bench Swap"],
    }

    choose(page, "Value", "All of these", then="Show designs")
    assert list(reasons_on_cards(page)) == ["Night Kitchen"]

    page.locator(".chip", has_text="Play").click()
    assert asked(page) == [("match", "all"), ("value", "care")]
    assert reasons_on_cards(page) == {
        "Night Kitchen": ["Care Care in Night Kitchen"],
        "Bench Swap": ["Care Care in Bench Swap"],
    }

    page.locator("#q").fill("bell")
    page.get_by_role("button", name="Search").click()
    assert list(reasons_on_cards(page)) == ["Bench Swap"]
    assert page.locator(".matched mark").all_inner_texts() == ["bell"]
    page.locator(".chip", has_text="bell").click()

    page.get_by_label("Sort by").select_option("People reached")
    if way["js"]:
        page.wait_for_url("**sort=participants**")
    else:
        page.get_by_role("button", name="Search").click()
    assert ("sort", "participants") in asked(page)
    assert list(reasons_on_cards(page)) == ["Night Kitchen", "Bench Swap"]

    page.get_by_role("link", name="Bench Swap").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Bench Swap"
    shows_all_that_a_design_is(page)


def shows_all_that_a_design_is(page):
    assert said(page.locator(".reason")) == [
        "Care Care in Bench Swap What we saw. Seen: Care",
        "Mastery Mastery in Bench Swap What we saw. Seen: Mastery",
    ]
    assert page.get_by_role("img", name="A green field").is_visible()
    shown = page.get_by_role("region", name="In pictures").locator("figure")
    assert shown.get_by_role("img", name="Two benches under a lamp").is_visible()
    assert said(shown.locator("figcaption")) == [
        "The first evening Ask to take it down : picture 2"
    ]
    assert pictures_that_failed(page) == []
    document = page.locator(".document")
    assert document.get_by_text("A bell rings, and everybody moves.").is_visible()
    looking_back = page.get_by_role("region", name="Looking back")
    assert said(looking_back.locator(".reflection")) == [
        "What worked well The relay held.",
        "What didn’t The queue.",
        "What matched our expectations Nobody answered this one.",
        "What surprised us Nobody answered this one.",
        "What we would do differently Nobody answered this one.",
    ]


def test_from_a_design_to_its_values_and_insights(open_page, shelf, way):
    page = open_page(**way)
    page.goto("/designs/bench-swap/")
    page.locator(".reason").get_by_role("link", name="Care").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Care"
    assert page.get_by_text("2 of 3 designs, in 2 of 16 kinds.").is_visible()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Insights").click()
    assert page.get_by_role("status").inner_text() == "3 insights"
    choose(page, "Kind", "Camp", then="Show insights")
    assert page.get_by_role("status").inner_text() == "1 insight"
    assert page.locator(".insight-list a").inner_text() == "Night Kitchen"


def test_an_empty_room_names_the_ways_out(open_page, shelf, way):
    page = open_page(**way)
    page.goto("/designs/?value=care&kind=library")
    assert page.get_by_role("heading", name="This room is still empty").is_visible()
    ways = said(page.locator(".blank li"))
    assert ways == ["Without Library: 2 designs", "Without Care: 1 design", "See all 3 designs"]
    page.get_by_role("link", name="Without Care: 1 design").click()
    assert list(reasons_on_cards(page)) == ["Quiet Hour"]
    page.goto("/designs/?q=zeppelin")
    page.get_by_role("link", name="See all 3 designs").click()
    assert len(reasons_on_cards(page)) == 3
