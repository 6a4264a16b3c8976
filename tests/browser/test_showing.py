"""Showing that it happened, in a real browser: what may go wrong while pictures arrive."""

from datetime import date
from functools import partial

import pytest

from communities.models import Photo, Session
from tests import factories

from .conftest import NARROW
from .deeds import picture


@pytest.fixture
def opened(signed_in, author):
    """opened(**options) gives a page of the author, who has signed in."""
    return partial(signed_in, author)


def names() -> list[str]:
    return sorted(Photo.objects.values_list("original_name", flat=True))


def test_a_lost_connection_costs_one_picture_and_never_the_words(opened, made, author):
    factories.photo(made, by=author, alt="")
    page = opened()
    page.goto(f"/studio/{made.slug}/photos/")
    page.get_by_label("Caption").fill("Typed before the tunnel")
    page.route("**/photos/add/", lambda route: route.abort("connectionreset"), times=1)
    page.on("dialog", lambda dialog: dialog.accept())
    page.set_input_files("#files", [picture("train.png")])
    row = page.locator("#uploads li")
    row.get_by_text("The connection was lost.").wait_for()
    row.get_by_role("button", name="Try again").click()
    row.get_by_text("Arrived").wait_for()
    assert page.get_by_label("Caption").first.input_value() == "Typed before the tunnel"
    assert names() == ["picture.png", "train.png"]


def test_an_upload_can_be_cancelled_and_begun_again(opened, made):
    page = opened()
    page.goto(f"/studio/{made.slug}/photos/")
    held = []
    page.route("**/photos/add/", lambda route: held.append(route), times=1)
    page.set_input_files("#files", [picture("slow.png")])
    row = page.locator("#uploads li")
    row.get_by_role("button", name="Cancel").click()
    row.get_by_text("Cancelled.").wait_for()
    assert names() == []
    row.get_by_role("button", name="Try again").click()
    row.get_by_text("Arrived").wait_for()
    assert names() == ["slow.png"]


def test_after_the_session_ended_nothing_is_taken_for_arrived(opened, made):
    page = opened()
    page.goto(f"/studio/{made.slug}/photos/")
    page.context.clear_cookies(name="sessionid")
    page.set_input_files("#files", [picture("late.png")])
    page.get_by_text("You are signed out.", exact=False).wait_for()
    assert names() == []


def test_pictures_are_ordered_without_script(opened, made):
    page = opened(js=False, size=NARROW)
    page.goto(f"/studio/{made.slug}/photos/")
    page.set_input_files("#files", [picture("one.png"), picture("two.png")])
    page.get_by_role("button", name="Add the chosen pictures").click()
    page.get_by_text("2 pictures have arrived.").wait_for()
    assert names() == ["one.png", "two.png"]
    page.get_by_role("button", name="Move picture 2 up").click()
    page.locator(".photo-form").first.get_by_role("button", name="Make cover").wait_for()
    photos = made.photos.order_by("position")
    assert [photo.original_name for photo in photos] == ["two.png", "one.png"]


def test_rows_for_sessions_are_added_with_script(opened, made):
    page = opened()
    page.goto(f"/studio/{made.slug}/runs/{made.implementations.get().pk}/")
    page.get_by_role("button", name="Another session").click()
    row = page.get_by_role("group", name="Session 4")
    row.get_by_label("Date").fill("2025-03-04")
    row.get_by_label("What you did").fill("The tyre round")
    page.get_by_role("button", name="Save").first.click()
    page.get_by_role("heading", name="Runs").wait_for()
    session = Session.objects.get()
    assert (session.date, session.title) == (date(2025, 3, 4), "The tyre round")


@pytest.mark.parametrize("dark", [False, True])
def test_staff_who_read_see_what_was_chosen(signed_in, made, author, dark):
    lesson = factories.insight(made, by=author, values=("mastery",))
    staff = factories.person("Robin", is_active=True, is_staff=True)
    page = signed_in(staff, dark=dark)
    page.goto(f"/studio/{made.slug}/insights/{lesson.pk}/")
    for kind, part in (("radio", "backgroundColor"), ("checkbox", "borderRightColor")):
        chosen = page.locator(f"main input[type={kind}]:checked:disabled").first
        ground, sign = chosen.evaluate(
            "(box, part) => [getComputedStyle(box).backgroundColor,"
            " getComputedStyle(box, '::after')[part]]",
            part,
        )
        other = page.locator(f"main input[type={kind}]:not(:checked)").first
        empty = other.evaluate("box => getComputedStyle(box).backgroundColor")
        assert ground not in (sign, empty), kind
