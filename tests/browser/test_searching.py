"""A visitor who types: suggestions, corrections, topics by name, and focus that stays in place."""

import pytest

from tests import factories

from .checks import said
from .test_visitor import asked, choose


@pytest.fixture
def shelf(site):
    author = factories.person("Amara T.")
    staff = factories.person("Robin S.", is_staff=True)
    factories.published(author, staff, "Bench Swap", values=("care", "equity"))
    factories.published(author, staff, "Night Kitchen", values=("play", "care"), kind="camp")
    factories.published(author, staff, "Quiet Hour", values=("play", "dignity"), kind="library")


def type_slowly(page, field, text):
    field.press_sequentially(text, delay=20)
    page.locator(".suggestions [role=option]").first.wait_for()


def test_suggestions_by_keyboard(open_page, shelf):
    page = open_page()
    page.goto("/designs/?kind=camp&kind=library")
    box = page.get_by_role("combobox", name="Search designs")
    type_slowly(page, box, "pla")
    listbox = page.get_by_role("listbox", name="Suggestions")
    assert box.get_attribute("aria-expanded") == "true"
    assert said(listbox.get_by_role("option")) == ["Play 2 designs"]
    assert page.get_by_text("1 suggestion. Choose with the arrow keys.").count() == 1

    page.keyboard.press("Escape")
    assert not listbox.is_visible()
    assert (box.input_value(), box.get_attribute("aria-expanded")) == ("pla", "false")

    page.keyboard.press("ArrowDown")
    listbox.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    chosen = listbox.get_by_role("option", selected=True)
    assert said(chosen) == ["Play 2 designs"]
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert asked(page) == [("kind", "camp"), ("kind", "library"), ("value", "play")]
    assert page.get_by_role("status").inner_text() == "2 designs"
    assert page.locator("#q").evaluate("field => field === document.activeElement")


def test_suggestions_by_pointer_lead_to_a_design(open_page, shelf):
    page = open_page()
    page.goto("/")
    type_slowly(page, page.locator("#q"), "kitch")
    with page.expect_navigation():
        page.get_by_role("option", name="Night Kitchen").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Night Kitchen"


def test_words_that_find_nothing_are_corrected(open_page, shelf, way):
    page = open_page(**way)
    page.goto("/designs/?kind=camp")
    page.locator("#q").fill("kitchne")
    with page.expect_navigation():
        page.get_by_role("button", name="Search").click()
    assert said(page.locator(".did-you-mean")) == ["Did you mean kitchen? That finds 1 design."]
    page.get_by_role("link", name="kitchen", exact=True).click()
    assert asked(page) == [("kind", "camp"), ("q", "kitchen")]
    assert page.get_by_role("status").inner_text() == "1 design"


def test_the_focus_stays_and_back_shows_what_was_asked(open_page, shelf):
    page = open_page()
    page.goto("/designs/")
    choose(page, "Value", "Play", then="Show designs")
    page.wait_for_url("**value=play**")
    assert page.locator(":focus").inner_text() == "Show designs"
    assert page.locator(".results-bar [aria-live=polite]").inner_text() in ("", "2 designs")
    page.get_by_label("Sort by").focus()
    page.get_by_label("Sort by").select_option("People reached")
    page.wait_for_url("**sort=participants**")
    assert page.locator(":focus").get_attribute("id") == "sort"
    page.go_back()
    page.wait_for_url("**value=play")
    assert page.get_by_role("status").inner_text() == "2 designs"
    assert page.locator("#filters").get_by_label("Play").is_checked()
    page.go_back()
    assert page.get_by_role("status").inner_text() == "3 designs"
    assert not page.locator("#filters").get_by_label("Play").is_checked()
