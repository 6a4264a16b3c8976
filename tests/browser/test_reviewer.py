"""A reviewer and a student: remarks, an answer, a lost race, and a design that can be found."""

import pytest

from communities.enums import Check
from communities.models import Section
from tests import factories

from .checks import said
from .deeds import choose_value, press, tab

NOTE = "The relay carries it.\n\nSay how high the benches are."


@pytest.fixture
def waiting(cast):
    """Bench Swap, as it waits for review."""
    return factories.submitted(cast.author, "Bench Swap")


def test_from_the_queue_to_the_gallery(signed_in, open_page, cast, waiting, way):
    slug = waiting.community.slug
    second = factories.person("Ines B.", is_staff=True)
    reviewer = signed_in(cast.staff, **way)
    asks_for_changes(reviewer)

    student = signed_in(cast.author, **way)
    reads_and_answers(student, slug)

    reviewer.goto("/review/")
    reviewer.get_by_role("link", name="Bench Swap").click()
    assert "Benches are 62 centimetres high." in reviewer.locator("main ins").all_inner_texts()

    late = signed_in(second, **way)
    late.goto(reviewer.url)
    approves(reviewer)
    decides_too_late(late)

    visitor = open_page(**way)
    finds(visitor, slug)
    changes_later(student, slug)
    visitor.reload()
    assert "Benches are 62 centimetres high." in visitor.inner_text(".document")
    assert "Now they are taller." not in visitor.content()


def asks_for_changes(page):
    page.goto("/review/")
    page.get_by_role("link", name="Bench Swap").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Bench Swap"
    page.get_by_label("The purpose is clear to a stranger").check()
    page.get_by_label("Ask for changes").check()
    press(page, "Send to the team")
    assert said(page.locator(".error-summary li")) == [
        "To the team: Write to the team why, and what they can do."
    ]
    assert page.get_by_label("Ask for changes").is_checked()
    assert page.get_by_label("The purpose is clear to a stranger").is_checked()
    page.get_by_label("To the team").fill(NOTE)
    press(page, "Send to the team")
    assert said(page.locator(".page-messages[role=status]")) == [
        "“Bench Swap” is back with its team, with your note."
    ]
    assert page.get_by_role("heading", name="Nobody is waiting").is_visible()


def reads_and_answers(page, slug):
    page.goto(f"/studio/{slug}/")
    page.locator(".needs").get_by_role("link", name="Robin S. answered").click()
    assert page.get_by_role("heading", name="Robin S. asks for changes").is_visible()
    assert said(page.locator("main .notice .prose")) == [" ".join(NOTE.split())]
    tab(page, "Document")
    page.get_by_role("link", name="Big purpose").click()
    page.get_by_role("textbox", name="Text of “Big purpose”").fill(
        "Benches are 62 centimetres high."
    )
    press(page, "Save")
    tab(page, "Submit")
    page.get_by_label("A note to your reviewer").fill("62, we measured.")
    page.get_by_label("All of us have read this design and want it published").check()
    press(page, "Submit again")
    assert page.get_by_role("heading", name="With the reviewers since").is_visible()


def approves(page):
    for point in Check:
        page.get_by_label(point.label).check()
    page.get_by_label("Approve and publish").check()
    press(page, "Send to the team")
    assert said(page.locator(".page-messages[role=status]")) == [
        "“Bench Swap” is published, and the team has been told."
    ]


def decides_too_late(page):
    page.get_by_label("Decline").check()
    page.get_by_label("To the team").fill("It is too much like another.")
    press(page, "Send to the team")
    assert page.get_by_role("heading", name="Somebody was quicker").is_visible()
    assert said(page.locator(".error-summary li")) == ["Robin S. approved and published version 2"]
    assert page.get_by_label("What you wrote").input_value() == "It is too much like another."


def finds(page, slug):
    page.goto("/")
    choose_value(page, "Mastery")
    press(page, "Show designs")
    assert said(page.locator(".design-card .why")) == ["Mastery Mastery in Bench Swap"]
    page.get_by_role("link", name="Bench Swap").click()
    page.wait_for_url(f"**/designs/{slug}/")
    assert "Benches are 62 centimetres high." in page.inner_text(".document")


def changes_later(page, slug):
    page.goto(f"/studio/{slug}/document/big-purpose/")
    page.get_by_role("textbox", name="Text of “Big purpose”").fill("Now they are taller.")
    press(page, "Save")
    assert Section.objects.get().body == "Now they are taller."
    page.goto(f"/studio/{slug}/submit/")
    assert page.get_by_role("link", name=f"/designs/{slug}/").is_visible()
