"""Writing that saves itself, in a real browser, with everything that can go wrong on the way."""

import pytest
from playwright.sync_api import expect

from communities.models import Insight, Section, UnsavedText
from communities.services.about import save_about
from tests import factories

from . import world
from .deeds import crash, cut_off, end_session, enter, let_through, press, sheet, structure

TRYING = "Not saved. Kept in this browser; trying again"


@pytest.fixture
def writing(signed_in, author, made):
    """The author's page of one section."""
    page = signed_in(author)
    page.goto(structure(made))
    return page


def state(page):
    return page.locator(".save-state").first


def is_saved(page):
    expect(state(page)).to_contain_text("Saved at", timeout=15_000)


def body():
    return Section.objects.get(template__key="structure").body


def copies(page):
    return page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('kept:')).length")


def test_writing_is_saved_after_a_pause_and_nothing_stays_behind(writing):
    sheet(writing).press_sequentially("One")
    expect(state(writing)).to_contain_text("Unsaved changes")
    is_saved(writing)
    assert body() == "One"
    assert copies(writing) == 0
    sheet(writing).press_sequentially(" two")
    expect(state(writing)).to_contain_text("Unsaved changes")
    is_saved(writing)
    assert (body(), Section.objects.get(template__key="structure").revision) == ("One two", 2)


def test_leaving_a_field_saves_at_once(writing):
    sheet(writing).press_sequentially("Left")
    with writing.expect_response(lambda answer: answer.request.method == "POST", timeout=10_000):
        writing.keyboard.press("Tab")
    is_saved(writing)


def test_a_link_saves_first_and_asks_nothing(writing, made):
    asked = []
    writing.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    sheet(writing).press_sequentially("On the way out")
    with writing.expect_navigation():
        writing.get_by_role("link", name="Values").first.click()
    assert (body(), asked) == ("On the way out", [])


def test_offline_it_says_so_and_goes_on_by_itself(writing):
    writing.context.set_offline(True)
    sheet(writing).press_sequentially("Offline")
    expect(state(writing)).to_contain_text(TRYING, timeout=15_000)
    sheet(writing).press_sequentially(" and on")
    writing.context.set_offline(False)
    is_saved(writing)
    assert (body(), copies(writing)) == ("Offline and on", 0)


@pytest.mark.parametrize("status", [429, 503, 500, 502])
def test_a_server_that_cannot_take_it_gets_it_later(writing, status):
    cut_off(writing, status)
    sheet(writing).press_sequentially("Later")
    expect(state(writing)).to_contain_text(TRYING, timeout=15_000)
    assert copies(writing) == 1
    let_through(writing)
    writing.evaluate("dispatchEvent(new Event('online'))")
    is_saved(writing)
    assert body() == "Later"


def test_an_answer_that_is_lost_is_no_conflict_with_oneself(writing, made):
    """The server saves, the line breaks before it can say so, and the writing goes on."""
    writing.route("**/structure/", lambda route: (route.fetch(), route.abort()))
    sheet(writing).press_sequentially("Arrived")
    expect(state(writing)).to_contain_text(TRYING, timeout=15_000)
    assert body() == "Arrived"
    sheet(writing).press_sequentially(" and more")
    writing.unroute("**/structure/")
    writing.evaluate("dispatchEvent(new Event('online'))")
    is_saved(writing)
    assert body() == "Arrived and more"


def test_too_much_for_one_page_is_said_and_kept(writing):
    cut_off(writing, 413)
    sheet(writing).fill("Much")
    expect(state(writing)).to_contain_text("too much for one page", timeout=15_000)
    assert copies(writing) == 1


def test_too_long_a_text_is_kept_and_the_reason_said(writing, made):
    text = "word " * 60_000
    sheet(writing).fill(text)
    expect(state(writing)).to_contain_text("Shorten this to 250,000", timeout=20_000)
    writing.reload()
    assert sheet(writing).input_value() == text
    assert "Not saved yet." in writing.inner_text("main")


def test_a_megabyte_is_neither_cut_nor_lost(writing):
    text = "0123456789abcde\n" * 65_536
    # As a paste does it; typing a megabyte key by key takes a browser minutes.
    sheet(writing).evaluate(
        "(area, text) => { area.value = text;"
        " area.dispatchEvent(new Event('input', { bubbles: true })); }",
        text,
    )
    expect(state(writing)).to_contain_text("Shorten this to 250,000", timeout=60_000)
    assert UnsavedText.objects.count() == 1
    assert sheet(writing).input_value() == text


def test_what_cannot_be_kept_is_not_saved_and_stands_as_a_mark_after_the_button(writing):
    """As a paste does it from a file that is no text."""
    paste = (
        "(area, text) => { area.setRangeText(text, area.value.length, area.value.length, 'end');"
        " area.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    sheet(writing).press_sequentially("Kept")
    is_saved(writing)
    sheet(writing).evaluate(paste, " a\x00b\x0bc")
    expect(state(writing)).to_contain_text(
        "Not saved yet. Text of “Structure”: 2 invisible characters here cannot be kept"
        " (1 × U+0000, shown as ␀; 1 × U+000B, shown as ␋).",
        timeout=15_000,
    )
    assert (body(), copies(writing)) == ("Kept", 1)
    sheet(writing).press_sequentially(" and on")
    press(writing, "Save")
    assert sheet(writing).input_value() == "Kept a␀b␋c and on"
    assert "This browser kept writing" not in writing.inner_text("main")
    assert body() == "Kept"
    expect(writing.locator("#id_body_error")).to_contain_text("2 invisible characters here")
    sheet(writing).fill("Kept abc and on")
    is_saved(writing)
    assert (body(), copies(writing)) == ("Kept abc and on", 0)


def test_signed_out_meanwhile_it_waits_for_the_sign_in_and_goes_on(writing, author):
    end_session(writing)
    sheet(writing).press_sequentially("An hour")
    expect(state(writing)).to_contain_text("you are signed out", timeout=15_000)
    with writing.context.expect_page() as opened:
        state(writing).get_by_role("link", name="Sign in in a new tab").click()
    other = opened.value
    enter(other, author.email)
    assert "You are signed in again" in other.inner_text("main")
    sheet(writing).press_sequentially(" of work")
    is_saved(writing)
    assert body() == "An hour of work"
    assert not UnsavedText.objects.exists()


def test_the_button_waits_for_a_saving_under_way(writing, made):
    sheet(writing).press_sequentially("Pressed")
    with writing.expect_navigation():
        sheet(writing).press("Control+s")
    assert body() == "Pressed"
    assert writing.locator("[data-conflict]").count() == 0
    expect(state(writing)).to_contain_text("Saved by you")


def test_back_after_writing_shows_what_is_saved_and_goes_on(writing, made):
    sheet(writing).press_sequentially("Before")
    is_saved(writing)
    press(writing, "Save and go to Calendar")
    writing.go_back()
    assert sheet(writing).input_value() == "Before"
    sheet(writing).press("End")
    sheet(writing).press_sequentially(" and after")
    is_saved(writing)
    assert body() == "Before and after"


def test_a_crash_loses_nothing(writing, made):
    cut_off(writing)
    sheet(writing).press_sequentially("Closed")
    writing.get_by_text("kept in this browser").wait_for()
    page = crash(writing)
    let_through(page)
    page.goto(structure(made))
    page.get_by_role("button", name="Put it back").click()
    is_saved(page)
    assert body() == "Closed"


def test_a_tab_closed_at_once_sends_what_was_typed(writing, made):
    sheet(writing).press_sequentially("Closed")
    writing.close(run_before_unload=False)
    page = writing.context.new_page()
    for _ in range(20):
        page.goto(structure(made))
        if sheet(page).input_value():
            break
    assert body() == "Closed"


def test_what_is_put_back_never_overwrites_a_teammate(writing, author, made):
    other = factories.person("Junho")
    factories.team(other, made=made)
    cut_off(writing)
    sheet(writing).fill("Mine, from the train")
    expect(state(writing)).to_contain_text(TRYING, timeout=15_000)
    page = crash(writing)
    let_through(page)
    world.write(made, "structure", by=other, body="Theirs")
    page.goto(structure(made))
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_text("Junho saved this at")).to_be_visible(timeout=15_000)
    assert body() == "Theirs"
    assert sheet(page).input_value() == "Mine, from the train"


def test_two_people_on_one_section_are_told_while_they_write(writing, made):
    other = factories.person("Junho")
    factories.team(other, made=made)
    world.write(made, "structure", by=other, body="Theirs")
    sheet(writing).press_sequentially("Mine")
    expect(writing.get_by_text("Junho saved this at")).to_be_visible(timeout=15_000)
    expect(state(writing)).to_contain_text("Junho changed this too")
    assert sheet(writing).input_value() == "Mine"
    assert writing.locator(".clash-text").all_inner_texts() == ["Mine", "Theirs"]
    assert body() == "Theirs"


def test_what_a_teammate_changes_elsewhere_in_the_form_arrives(signed_in, author, made):
    other = factories.person("Junho")
    factories.team(other, made=made)
    page = signed_in(author)
    page.goto(f"/studio/{made.slug}/about/")
    made.refresh_from_db()
    save_about(made, by=other, revision=made.revision, topics=[], summary="Theirs")
    page.get_by_label("Thanks and credit").press_sequentially("Mine")
    is_saved(page)
    expect(page.get_by_label("In one sentence")).to_have_value("Theirs")
    made.refresh_from_db()
    assert (made.credit, made.summary) == ("Mine", "Theirs")


def test_half_a_new_insight_is_there_in_another_browser(signed_in, author, made):
    page = signed_in(author)
    page.goto(f"/studio/{made.slug}/insights/new/")
    page.get_by_label("The lesson, in one or two sentences").press_sequentially("Teach it")
    expect(state(page)).to_contain_text("Not saved yet. What kind of lesson", timeout=15_000)
    elsewhere = signed_in(author)
    elsewhere.goto(f"/studio/{made.slug}/insights/new/")
    lesson = elsewhere.get_by_label("The lesson, in one or two sentences")
    assert lesson.input_value() == "Teach it"
    assert Insight.objects.count() == 1
