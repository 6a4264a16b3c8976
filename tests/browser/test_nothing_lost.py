"""What is typed survives whatever happens to its sending, with and without script.

The other ways to lose writing are in test_autosave.py and test_writing.py: a crash, a closed tab,
an ended session, two people. What a browser without script cannot keep is a tab closed before
anything was sent.
"""

import threading
from contextlib import contextmanager

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from playwright.sync_api import Error, expect

from communities.models import Community, Section
from communities.services.about import save_about
from tests import factories

from . import world
from .checks import said
from .deeds import cut_off, let_through, press, sheet

# In the body of a form each of these signs takes nine bytes: more than five megabytes together.
TOO_MUCH = "十" * 600_000


@pytest.fixture
def teammate(made):
    other = factories.person("Junho")
    factories.team(other, made=made)
    return other


@pytest.fixture
def writing(signed_in, author, made, way):
    """The author's page of one section, in both ways."""
    page = signed_in(author, **way)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/studio/{made.slug}/document/structure/")
    return page


def is_saved(page, text):
    """Press the button, and read what the database says."""
    press(page, "Save")
    expect(page.locator(".save-state")).to_contain_text("Saved")
    assert body() == text


def body():
    section = Section.objects.filter(template__key="structure").first()
    return section.body if section else None


def is_back(page, text, way):
    """On the page it went from: in the field, or offered from the copy in this browser."""
    if way["js"]:
        page.get_by_role("button", name="Put it back").click()
    expect(sheet(page)).to_have_value(text)


@contextmanager
def database_away():
    """Every statement of the site fails; those of the test do not."""
    execute, ours = CursorWrapper.execute, threading.current_thread()

    def failing(self, *args, **options):
        if threading.current_thread() is not ours:
            raise OperationalError("server closed the connection unexpectedly")
        return execute(self, *args, **options)

    CursorWrapper.execute = failing
    try:
        yield
    finally:
        CursorWrapper.execute = execute


@pytest.mark.parametrize("status", [413, 429, 502])
def test_back_from_an_answer_of_something_in_between(writing, way, status):
    cut_off(writing, status)
    sheet(writing).fill("Typed before")
    press(writing, "Save")
    let_through(writing)
    writing.go_back()
    is_back(writing, "Typed before", way)
    is_saved(writing, "Typed before")


def test_too_much_is_refused_and_there_again_on_back(writing, way):
    sheet(writing).fill(TOO_MUCH)
    if way["js"]:
        # The script sends it in fewer bytes, so that the server has it by then.
        expect(writing.locator(".save-state")).to_contain_text("Shorten this", timeout=20_000)
    press(writing, "Save")
    assert writing.get_by_role("heading", level=1).inner_text() == "That was too much at once"
    writing.go_back()
    expect(sheet(writing)).to_have_value(TOO_MUCH)
    sheet(writing).fill("Less")
    is_saved(writing, "Less")


def test_what_neither_the_server_nor_the_browser_takes_stays_in_the_field(signed_in, author, made):
    """More than a browser keeps for one site: it says so, and fills it in again on Back."""
    page = signed_in(author)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/studio/{made.slug}/document/structure/")
    # Typing as much takes a browser minutes.
    sheet(page).evaluate(
        "area => { area.value = 'abcdefgh '.repeat(600_000);"
        " area.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(page.locator(".save-state")).to_contain_text(
        "Not saved: too much for one page. Keep this page open", timeout=30_000
    )
    press(page, "Save")
    assert page.get_by_role("heading", level=1).inner_text() == "That was too much at once"
    page.go_back()
    page.wait_for_function("document.querySelector('#id_body').value.length === 5_400_000")


def test_offline_while_pressing_save_is_sent_by_reloading(writing):
    sheet(writing).fill("From a tunnel")
    writing.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        press(writing, "Save")
    writing.context.set_offline(False)
    writing.reload()
    expect(sheet(writing)).to_have_value("From a tunnel")
    assert body() == "From a tunnel"


def test_when_the_database_is_away_the_page_hands_it_back(writing):
    sheet(writing).fill("An hour’s <b>work</b>")
    with database_away():
        press(writing, "Save")
        assert writing.get_by_role("heading", level=1).inner_text() == "Not just now"
        press(writing, "Send it again")
        assert said(writing.locator(".clash-text")) == ["An hour’s <b>work</b>"]
    press(writing, "Send it again")
    expect(sheet(writing)).to_have_value("An hour’s <b>work</b>")
    assert body() == "An hour’s <b>work</b>"


def test_back_from_the_page_of_the_fault(writing, way):
    sheet(writing).fill("Typed before")
    with database_away():
        press(writing, "Save")
    writing.go_back()
    is_back(writing, "Typed before", way)
    is_saved(writing, "Typed before")


def test_a_link_taken_by_mistake(writing, way):
    sheet(writing).fill("On the way out")
    with writing.expect_navigation():
        writing.get_by_role("link", name="Values").first.click()
    writing.go_back()
    expect(sheet(writing)).to_have_value("On the way out")
    if not way["js"]:
        is_saved(writing, "On the way out")
    assert body() == "On the way out"


def test_reloading_by_mistake(signed_in, author, made):
    """Without script a browser asks for the page anew, as it was told."""
    page = signed_in(author)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/studio/{made.slug}/document/structure/")
    cut_off(page)
    sheet(page).fill("F5")
    page.get_by_text("Unsaved changes, kept in this browser").wait_for()
    page.reload()
    let_through(page)
    page.get_by_role("button", name="Put it back").click()
    expect(sheet(page)).to_have_value("F5")
    is_saved(page, "F5")


def test_back_never_puts_old_words_over_what_a_teammate_saved(writing, way, made, teammate):
    cut_off(writing, 429)
    sheet(writing).fill("Mine")
    press(writing, "Save")
    let_through(writing)
    world.write(made, "structure", by=teammate, body="Theirs")
    writing.go_back()
    is_back(writing, "Mine", way)
    if not way["js"]:
        press(writing, "Save")
    expect(writing.get_by_text("Junho saved this at")).to_be_visible(timeout=15_000)
    assert said(writing.locator(".clash-text")) == ["Mine", "Theirs"]
    assert (body(), sheet(writing).input_value()) == ("Theirs", "Mine")


def test_back_to_what_was_saved_shows_what_a_teammate_made_of_it(writing, way, made, teammate):
    sheet(writing).fill("Mine")
    if way["js"]:
        expect(writing.locator(".save-state")).to_contain_text("Saved at", timeout=15_000)
    else:
        press(writing, "Save")
    with writing.expect_navigation():
        writing.get_by_role("link", name="Values").first.click()
    world.write(made, "structure", by=teammate, body="Mine, and theirs")
    writing.go_back()
    expect(sheet(writing)).to_have_value("Mine, and theirs")
    sheet(writing).fill("Mine, and theirs, and mine")
    if not way["js"]:
        # A browser alone cannot say whether that was typed on the old page or on this one.
        press(writing, "Save")
        assert said(writing.locator(".clash-text"))[1] == "Mine, and theirs"
    is_saved(writing, "Mine, and theirs, and mine")


def test_what_was_chosen_comes_back_as_well(signed_in, author, made, teammate, way):
    """A browser has no copy of choices and fills them in again, with what they were made on."""
    page = signed_in(author, **way)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/studio/{made.slug}/about/")
    cut_off(page, 429)
    page.get_by_label("Who it is for").select_option("Anyone")
    press(page, "Save")
    let_through(page)
    made.refresh_from_db()
    save_about(made, by=teammate, revision=made.revision, topics=[], audience="educators")
    page.go_back()
    assert page.get_by_label("Who it is for").locator("option:checked").inner_text() == "Anyone"
    press(page, "Save")
    expect(page.get_by_text("Junho saved this at")).to_be_visible()
    made.refresh_from_db()
    assert made.audience == "educators"


def test_a_refused_form_keeps_what_is_right_and_what_is_wrong(signed_in, author, made, way):
    page = signed_in(author, **way)
    page.goto(f"/studio/{made.slug}/about/")
    page.get_by_label("Thanks and credit").fill("The caretaker")
    page.get_by_label("Title").fill("")
    with page.expect_navigation() as answer:
        page.get_by_role("button", name="Save", exact=True).first.click()
    assert answer.value.status == 422
    assert page.get_by_label("Thanks and credit").input_value() == "The caretaker"
    page.get_by_label("Title").fill("Bench Swap II")
    press(page, "Save")
    made.refresh_from_db()
    assert (made.title, made.credit) == ("Bench Swap II", "The caretaker")


def test_a_double_click_saves_once(writing):
    sheet(writing).fill("Once")
    writing.get_by_role("button", name="Save", exact=True).first.dblclick()
    expect(writing.locator(".save-state")).to_contain_text("Saved")
    assert writing.locator("[data-conflict]").count() == 0
    section = Section.objects.get(template__key="structure")
    assert (section.body, section.revision) == ("Once", 1)


def test_a_double_click_begins_one_design(signed_in, author, way):
    page = signed_in(author, **way)
    page.goto("/studio/start/")
    page.get_by_label("What is it called?").fill("Only One")
    page.get_by_role("button", name="Begin").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Only One")
    assert Community.objects.count() == 1
