"""Each state of writing that saves itself, as people see it: axe, small screens, dark, keys."""

import pytest
from playwright.sync_api import expect

from tests import factories

from . import world
from .checks import axe_violations, focused, settle, sticking_out, tab_stops
from .conftest import WIDE
from .deeds import cut_off, end_session, enter, let_through, press, sheet
from .test_nothing_lost import database_away
from .walk import SMALLEST, STATES


@pytest.fixture
def writing(signed_in, author, made):
    page = signed_in(author)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/studio/{made.slug}/document/structure/")
    return page


def says(page, words):
    expect(page.locator(".save-state").first).to_contain_text(words, timeout=15_000)


def faults(page) -> list[str]:
    """What is wrong with the page as it stands, in every size and colour."""
    found = []
    for size, scheme in [*STATES, (SMALLEST, "light")]:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        settle(page)
        wrong = [*axe_violations(page), *(f"sticks out: {place}" for place in sticking_out(page))]
        found += [f"{size['width']} {scheme}: {fault}" for fault in wrong]
    page.set_viewport_size(WIDE)
    return found


def reached(page) -> list[str]:
    """The names of what Tab reaches from the top, all of it seen."""
    page.evaluate("document.querySelector('a, button').focus()")
    stops = [focused(page), *tab_stops(page)]
    assert [stop for stop in stops if not stop["isSeen"]] == []
    return [stop["name"] for stop in stops]


def test_saving_and_saved(writing):
    held = []
    writing.context.route("**/structure/", lambda route: held.append(route))
    sheet(writing).press_sequentially("One")
    says(writing, "Saving…")
    assert faults(writing) == []
    held.pop().continue_()
    writing.context.unroute("**/structure/")
    says(writing, "Saved at")
    assert faults(writing) == []


def test_not_saved_offline(writing):
    writing.context.set_offline(True)
    sheet(writing).press_sequentially("From a tunnel")
    says(writing, "Not saved. Kept in this browser; trying again")
    assert faults(writing) == []
    assert {"Save", "Text of “Structure”"} <= set(reached(writing))
    writing.context.set_offline(False)


@pytest.mark.parametrize("place", ["in place", "as a page"])
def test_beaten(writing, made, place):
    other = factories.person("Junho")
    factories.team(other, made=made)
    world.write(made, "structure", by=other, body=f"Theirs, {world.LONG_WORD}, and a bell")
    if place == "in place":
        sheet(writing).press_sequentially("Mine, and a bell")
        says(writing, "Junho changed this too")
    else:
        with writing.expect_navigation() as answer:
            writing.evaluate(
                "document.querySelector('#id_body').value = 'Mine, and a bell';"
                " document.querySelector('main form[data-keep]').submit()"
            )
        assert answer.value.status == 409
    assert faults(writing) == []
    names = {name.split(":")[0].strip() for name in reached(writing)}
    assert {"Keep mine", "Take theirs", "Put both in the field"} <= names


def test_refused(writing):
    sheet(writing).fill("word " * 50_001)
    says(writing, "Not saved yet. Text of “Structure”: Shorten this to 250,000")
    sheet(writing).evaluate("area => { area.value = area.value.slice(0, 2000); }")
    assert faults(writing) == []


def test_signed_out(writing, author):
    end_session(writing)
    sheet(writing).press_sequentially("An hour of work")
    says(writing, "you are signed out. Kept in this browser")
    assert faults(writing) == []
    assert "Sign in in a new tab" in reached(writing)


def test_what_was_kept_for_somebody_who_was_signed_out(signed_in, author, made):
    page = signed_in(author)
    page.goto(f"/studio/{made.slug}/document/structure/")
    sheet(page).fill("An hour of work")
    end_session(page)
    with page.expect_navigation():
        page.evaluate("document.querySelector('main form[data-keep]').submit()")
    assert faults(page) == []
    # With script it would be saved at once.
    cut_off(page)
    enter(page, author.email)
    expect(sheet(page)).to_have_value("An hour of work")
    assert faults(page) == []
    assert "Discard it and show what is saved" in reached(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/studio/")
    expect(page.get_by_role("heading", name="Kept, but not saved yet")).to_be_visible()
    assert faults(page) == []


def test_the_page_that_hands_a_form_back(writing):
    sheet(writing).fill(f"An hour of work with {world.LONG_WORD * 3}\n" * 30)
    cut_off(writing)
    with database_away():
        let_through(writing)
        press(writing, "Save")
    assert writing.get_by_role("heading", level=1).inner_text() == "Not just now"
    assert faults(writing) == []
    assert reached(writing)[0] == "Send it again"


def test_a_copy_that_is_offered(writing, made):
    cut_off(writing)
    sheet(writing).fill("Before the crash")
    writing.get_by_text("Unsaved changes, kept in this browser").wait_for()
    writing.reload()
    let_through(writing)
    assert writing.get_by_role("button", name="Put it back").is_visible()
    assert faults(writing) == []
    assert {"Put it back", "Discard it"} <= set(reached(writing))
