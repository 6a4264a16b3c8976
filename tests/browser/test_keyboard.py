"""Without a mouse: every stop can be seen, and nothing is out of reach."""

import pytest

from communities.models import Submission
from tests import factories

from .checks import axe_violations, sticking_out, tab_stops
from .conftest import NARROW, WIDE
from .deeds import picture


def names_of(stops) -> list[str]:
    assert [stop for stop in stops if not stop["isSeen"]] == []
    return [stop["name"] for stop in stops]


@pytest.fixture
def shelf(cast):
    factories.published(cast.author, cast.staff, "Bench Swap")


def test_a_search_wide(open_page, shelf):
    page = open_page(size=WIDE)
    page.goto("/designs/")
    names = names_of(tab_stops(page))
    assert names[:5] == ["Skip to content", "Gatherings", "Designs", "Values", "Insights"]
    for name in ("Search", "Any of these", "Care", "Show designs", "Bench Swap"):
        assert name in names
    page.get_by_role("combobox", name="Search designs").focus()
    page.keyboard.type("bench")
    page.keyboard.press("Enter")
    page.wait_for_url("**/designs/?q=bench")
    assert page.get_by_role("status").inner_text() == "1 design"


def test_filters_narrow(open_page, shelf):
    page = open_page(size=NARROW)
    page.goto("/designs/")
    names = names_of(tab_stops(page))
    assert "Filter" in names
    assert "Search" in names
    assert "Care" not in names
    page.get_by_role("button", name="Filter").focus()
    page.keyboard.press("Enter")
    assert axe_violations(page) == []
    assert sticking_out(page) == []
    inside = names_of(tab_stops(page))
    assert inside[0] == "Close"
    assert "Care" in inside
    page.keyboard.press("Escape")
    assert not page.get_by_role("complementary", name="Filters").is_visible()


def test_the_plan(open_page, shelf):
    page = open_page()
    page.goto("/")
    names = names_of(tab_stops(page))
    stops = [names.index(name) for name in ("Care", "any of these", "Show designs")]
    assert stops == sorted(stops)


def test_skipping_the_menu(open_page, shelf):
    page = open_page()
    page.goto("/designs/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert names_of(tab_stops(page))[0] == "Search designs, reflections and insights"


def test_writing_and_showing(signed_in, cast):
    made = factories.community(cast.author, "Bench Swap")
    page = signed_in(cast.author)
    page.goto(f"/studio/{made.slug}/document/structure/")
    names = names_of(tab_stops(page))
    for name in ("Save", "Bold", "Text of “Structure”", "Preview this section"):
        assert name in names
    page.goto(f"/studio/{made.slug}/photos/")
    page.set_input_files("#files", [picture("one.png")])
    page.get_by_role("link", name="Describe it").focus()
    page.keyboard.press("Enter")
    names = names_of(tab_stops(page))
    assert "Description" in names
    assert "Save all" in names_of(tab_stops(page))


def test_deciding(signed_in, cast):
    factories.submitted(cast.author, "Bench Swap")
    page = signed_in(cast.staff)
    page.goto(f"/review/{Submission.objects.get().pk}/")
    names = names_of(tab_stops(page))
    for name in ("Approve and publish", "To the team", "Send to the team"):
        assert name in names
