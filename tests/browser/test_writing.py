"""Starting and writing in a real browser: nothing typed is lost, with and without script."""

import re

import pytest
from playwright.sync_api import expect

from communities.models import Community, Section
from tests import factories

from .checks import focused
from .deeds import crash, cut_off, end_session, enter, let_through, press, sheet, structure


@pytest.fixture
def made(author):
    made = factories.community(author, "Bench Swap")
    factories.photo(made, by=author, alt="", consent="")
    return made


def test_a_crash_offers_the_writing_back(signed_in, author, made):
    page = signed_in(author)
    page.goto(structure(made))
    cut_off(page)
    sheet(page).press_sequentially("Typed before the crash")
    page.get_by_text("Unsaved changes, kept in this browser").wait_for()
    page = crash(page)
    let_through(page)
    page.goto(structure(made))
    assert sheet(page).input_value() == ""
    page.get_by_role("button", name="Put it back").click()
    assert sheet(page).input_value() == "Typed before the crash"
    page.keyboard.press("Control+s")
    page.get_by_text("Saved by you").wait_for()
    assert Section.objects.get(template__key="structure").body == "Typed before the crash"
    assert page.get_by_role("button", name="Put it back").count() == 0
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('kept:'))") == []


def test_discarding_the_copy_is_for_good(signed_in, author, made):
    page = signed_in(author)
    page.goto(structure(made))
    cut_off(page)
    sheet(page).fill("Not worth it")
    page.get_by_text("Unsaved changes, kept in this browser").wait_for()
    page = crash(page)
    let_through(page)
    page.goto(structure(made))
    page.get_by_role("button", name="Discard it").click()
    page.reload()
    assert page.get_by_role("button", name="Put it back").count() == 0


def test_the_copy_is_not_shown_to_somebody_else(signed_in, author, made):
    other = factories.person("Junho")
    factories.team(other, made=made)
    page = signed_in(author)
    page.goto(structure(made))
    cut_off(page)
    sheet(page).fill("Mine alone")
    page.get_by_text("Unsaved changes, kept in this browser").wait_for()
    page = signed_in(other, page=crash(page))
    page.goto(structure(made))
    page.get_by_role("button", name="Preview this section").wait_for()
    assert page.get_by_role("button", name="Put it back").count() == 0
    assert "Mine alone" not in page.content()


def test_signing_out_takes_the_copies_along(signed_in, author, made):
    page = signed_in(author)
    page.goto(structure(made))
    cut_off(page)
    sheet(page).fill("On a shared computer")
    page.get_by_text("Unsaved changes, kept in this browser").wait_for()
    assert page.evaluate("Object.keys(localStorage).length") == 1
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in").first.wait_for()
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('kept:'))") == []


def test_leaving_with_unsaved_writing_asks_first(signed_in, author, made):
    page = signed_in(author)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(structure(made))
    sheet(page).press_sequentially("Half a")
    page.goto("/studio/")
    assert asked == ["beforeunload"]


def test_going_back_after_a_save_shows_what_is_saved(signed_in, author, made):
    page = signed_in(author)
    page.goto(structure(made))
    sheet(page).fill("Saved once")
    press(page, "Save and go to Calendar")
    page.go_back()
    assert sheet(page).input_value() == "Saved once"
    sheet(page).fill("Saved twice")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.get_by_text("Saved by you").wait_for()
    assert Section.objects.get(template__key="structure").body == "Saved twice"


def test_the_toolbar_and_the_keys_write_markdown(signed_in, author, made):
    page = signed_in(author)
    page.goto(structure(made))
    sheet(page).fill("one")
    sheet(page).press("Control+a")
    page.get_by_role("button", name="Bold").click()
    assert sheet(page).input_value() == "**one**"
    sheet(page).press("End")
    page.keyboard.type("\ntwo")
    page.get_by_role("button", name="List", exact=True).click()
    assert sheet(page).input_value() == "**one**\n- two"
    assert page.locator(".word-meter b").inner_text() == "3"


def test_a_double_click_begins_one_design(signed_in, author):
    page = signed_in(author)
    page.goto("/studio/start/")
    page.get_by_label("What is it called?").fill("Only One")
    page.get_by_role("button", name="Begin").dblclick()
    # Not wait_for_url: the first of the two answers is cut off by the second.
    expect(page).to_have_url(re.compile("/studio/only-one/$"))
    assert Community.objects.count() == 1


def test_an_ended_session_brings_the_text_back(signed_in, author, made, way):
    page = signed_in(author, **way)
    page.goto(structure(made))
    sheet(page).fill("An hour of work")
    end_session(page)
    press(page, "Save")
    assert "What you typed is kept" in page.inner_text("body")
    enter(page, author.email)
    assert page.url.endswith(structure(made))
    assert sheet(page).input_value() == "An hour of work"
    assert "Not saved yet." in page.inner_text("main")
    press(page, "Save")
    assert Section.objects.get(template__key="structure").body == "An hour of work"
    assert "Not saved yet." not in page.inner_text("main")


def test_two_people_on_one_section_see_both_texts(signed_in, author, made, way):
    other = factories.person("Junho")
    factories.team(other, made=made)
    mine, theirs = signed_in(author, **way), signed_in(other, **way)
    mine.goto(structure(made))
    theirs.goto(structure(made))
    sheet(theirs).fill("Theirs")
    press(theirs, "Save")
    sheet(mine).fill("Mine")
    mine.get_by_role("button", name="Save", exact=True).first.click()
    expect(mine.get_by_text("Junho saved this at")).to_be_visible()
    assert mine.locator(".clash-text").all_inner_texts() == ["Mine", "Theirs"]
    assert sheet(mine).input_value() == "Mine"
    assert Section.objects.get(template__key="structure").body == "Theirs"
    sheet(mine).fill("Mine and theirs")
    press(mine, "Save")
    assert Section.objects.get(template__key="structure").body == "Mine and theirs"


def test_a_refused_form_takes_the_reader_to_the_errors(signed_in, author, made):
    page = signed_in(author)
    page.goto(f"/studio/{made.slug}/about/")
    page.get_by_label("Title").fill("")
    press(page, "Save")
    assert page.locator(".error-summary").evaluate("e => e === document.activeElement")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page)["name"] == "Title"
