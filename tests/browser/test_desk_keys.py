"""The review desk without a mouse: its keys, and where they keep still."""

import pytest

from communities.models import Submission
from tests import factories

from .checks import axe_violations, sticking_out
from .conftest import NARROW

NAMES = ["Bench Swap", "Lantern Walk", "Seed Bank"]


@pytest.fixture
def queue(cast):
    return [factories.submitted(cast.author, title) for title in NAMES]


@pytest.fixture
def page(signed_in, cast, queue):
    page = signed_in(cast.staff)
    page.goto("/review/")
    return page


def focused(page) -> str:
    return page.evaluate("document.activeElement.textContent.trim()")


def strike(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_through_the_queue_to_a_decision(page, queue):
    strike(page, "j")
    assert focused(page) == "Bench Swap"
    strike(page, "j", "j", "j")
    assert focused(page) == "Seed Bank"
    strike(page, "k")
    assert focused(page) == "Lantern Walk"
    strike(page, "x")
    assert page.get_by_role("checkbox", name="Tick Lantern Walk").is_checked()
    strike(page, "d")
    page.wait_for_url(f"**/review/{queue[1].pk}/#decision")
    strike(page, "d")
    assert page.evaluate("document.activeElement.closest('[data-decision]') !== null")
    page.get_by_label("Decline").focus()
    strike(page, "Space")
    assert page.get_by_label("Decline").is_checked()
    page.get_by_label("To the team").focus()
    page.keyboard.type("Not a good fit just now. jkodx?")
    assert page.get_by_label("To the team").input_value() == "Not a good fit just now. jkodx?"
    page.get_by_role("button", name="Send to the team").focus()
    strike(page, "Enter")
    page.get_by_text("is declined").first.wait_for()
    assert Submission.objects.get(pk=queue[1].pk).status == "declined"


def test_on_the_decision_screen_from_place_to_place_and_on(page, queue):
    page.goto(f"/review/{queue[0].pk}/")
    strike(page, "j")
    first = page.evaluate("document.activeElement.id")
    strike(page, "j")
    second = page.evaluate("document.activeElement.id")
    assert page.locator(".place").nth(0).get_attribute("id") == first
    assert page.locator(".place").nth(1).get_attribute("id") == second
    strike(page, "k")
    assert page.evaluate("document.activeElement.id") == first
    page.locator("h1").evaluate("heading => { heading.tabIndex = -1; heading.focus(); }")
    strike(page, "o")
    page.wait_for_url(f"**/review/{queue[1].pk}/**")


def test_they_keep_still_while_somebody_types(page):
    field = page.get_by_role("searchbox").first
    field.focus()
    page.keyboard.type("jkodx?")
    assert field.input_value() == "jkodx?"
    assert page.evaluate("document.activeElement.matches('input')")
    assert page.locator("[data-keys]").get_attribute("open") is None
    strike(page, "Control+j")
    assert page.url.endswith("/review/")


def test_the_list_of_keys_and_switching_them_off(page, queue):
    listed = page.locator("[data-keys]")
    strike(page, "?")
    assert listed.get_attribute("open") is not None
    assert focused(page) == "Keys"
    assert listed.locator("kbd").all_inner_texts() == ["j", "k", "o", "d", "x", "?"]
    assert axe_violations(page) == []
    page.set_viewport_size(NARROW)
    assert sticking_out(page) == []
    page.get_by_label("Use these keys on this device").uncheck()
    page.goto(f"/review/{queue[0].pk}/")
    before = focused(page)
    strike(page, "j", "d", "?")
    assert focused(page) == before
    page.locator("[data-keys] summary").click()
    page.get_by_label("Use these keys on this device").check()
    strike(page, "j")
    assert page.evaluate("document.activeElement.matches('.place')")


def test_without_scripts_no_keys_are_promised(signed_in, cast, queue):
    page = signed_in(cast.staff, js=False)
    page.goto("/review/")
    assert not page.locator("[data-keys]").is_visible()
