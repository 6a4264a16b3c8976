"""A sentence of a reflection becomes an insight by one press, in a real browser."""

import pytest
from playwright.sync_api import expect

from communities.models import Insight, Reflection
from communities.services.implementations import add_reflection
from tests import factories

from .checks import axe_violations, focused, sticking_out
from .conftest import NARROW
from .deeds import press

TEXT = "The queue grew. Nobody told us! Next time a bell."
OFFER = "Make an insight of “Next time a bell.”"


@pytest.fixture
def made(author):
    made = factories.community(author, "Bench Swap")
    Reflection.objects.all().delete()
    Insight.objects.all().delete()
    return made


@pytest.fixture
def told(made, author):
    run = made.implementations.get()
    return add_reflection(run, by=author, author=author, did_not_work=TEXT)


def is_made(page, headline, body=TEXT):
    expect(page.get_by_text("An insight was made of the sentence.")).to_be_visible()
    made = Insight.objects.get()
    assert page.url.endswith(f"/insights/{made.pk}/")
    assert (made.headline, made.type, made.body) == (headline, "did-not-work", body)


def test_words_selected_by_keys_in_ones_own_answer(signed_in, author, made, told):
    page = signed_in(author)
    page.goto(f"/studio/{made.slug}/reflections/{told.pk}/")
    page.get_by_label("What didn’t").press("End")
    for _ in "Next time a bell.":
        page.keyboard.press("Shift+ArrowLeft")
    expect(page.get_by_role("button", name=OFFER)).to_be_visible()
    assert axe_violations(page) == []
    page.keyboard.press("Tab")
    assert focused(page) == {"name": OFFER, "isSeen": True}
    with page.expect_navigation():
        page.keyboard.press("Enter")
    is_made(page, "Next time a bell.")


def test_the_offer_goes_with_the_selection_and_fits_a_phone(signed_in, author, made, told):
    page = signed_in(author, size=NARROW, dark=True)
    page.goto(f"/studio/{made.slug}/reflections/{told.pk}/")
    answer = page.get_by_label("What didn’t")
    answer.press("Control+a")
    offer = page.get_by_role("button", name="Make an insight of")
    expect(offer).to_have_text("Make an insight of “The queue grew. Nobody told us! Next tim…”")
    assert (axe_violations(page), sticking_out(page)) == ([], [])
    answer.press("End")
    expect(offer).to_have_count(0)


def test_what_is_not_saved_yet_is_saved_first(signed_in, author, made, told):
    asked = []
    page = signed_in(author)
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"/studio/{made.slug}/reflections/{told.pk}/")
    page.get_by_label("What didn’t").fill("A bell, then.")
    page.get_by_label("What didn’t").press("Control+a")
    press(page, "Make an insight of “A bell, then.”")
    is_made(page, "A bell, then.", body="A bell, then.")
    told.refresh_from_db()
    assert (told.did_not_work, asked) == ("A bell, then.", [])


def test_words_of_a_teammate_beside_the_synthesis(signed_in, author, made, told):
    page = signed_in(author)
    page.goto(f"/studio/{made.slug}/reflections/new/?voice=team")
    page.locator("blockquote p").first.select_text()
    with page.expect_navigation():
        page.get_by_role("button", name="Make an insight of").click()
    is_made(page, TEXT)


def test_without_script_each_sentence_is_a_button(signed_in, author, made, told):
    page = signed_in(author, js=False, size=NARROW)
    page.goto(f"/studio/{made.slug}/reflections/")
    page.get_by_text("Make an insight of a sentence").click()
    press(page, "Nobody told us!")
    is_made(page, "Nobody told us!")
