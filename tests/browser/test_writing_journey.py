"""The whole way of writing: by keys alone, by touch on a phone, and without script.

From the first two minutes to the next iteration; each step is asked of the rows that result.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Invitation
from communities.enums import Outcome, Status
from communities.models import Community, Implementation, Insight, Reflection, Section, Version
from tests import factories

from .checks import focused, said, settle
from .conftest import NARROW, WIDE

WAYS = {
    "keys": {"size": WIDE},
    "touch": {"size": NARROW, "touch": True},
    "plain": {"js": False, "size": NARROW},
}
MOST_STOPS = 250
TICKABLE = "input:is([type=radio], [type=checkbox])"
WRITABLE = "textarea, input:not([type=radio], [type=checkbox])"


class Hand:
    """Does by one `way` what a person does on a page."""

    def __init__(self, page, way):
        self.page, self.way = page, way

    def reach(self, place) -> None:
        """By Tab alone, from where the focus is, around the page once at most."""
        place.wait_for()
        for _ in range(MOST_STOPS):
            if place.evaluate("e => e === document.activeElement"):
                settle(self.page)
                assert focused(self.page)["isSeen"]
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {place}")

    def hit(self, place, key="Enter") -> None:
        if self.way == "keys":
            self.reach(place)
            self.page.keyboard.press(key)
        elif self.way == "touch":
            place.tap()
        else:
            place.click()

    def press(self, name) -> None:
        with self.page.expect_navigation():
            self.hit(self.page.get_by_role("button", name=name, exact=True).first)

    def follow(self, name, within="main") -> None:
        with self.page.expect_navigation():
            self.hit(self.page.locator(within).get_by_role("link", name=name).first)

    def tab(self, name) -> None:
        self.follow(name, ".project-nav")

    def write(self, label, words) -> None:
        field = self.page.get_by_label(label).and_(self.page.locator(WRITABLE)).first
        if self.way != "keys":
            field.fill(words)
            return
        self.reach(field)
        if field.get_attribute("type") == "date":
            year, month, day = words.split("-")
            self.page.keyboard.type(f"{month}{day}{year}")
            return
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def choose(self, label, option) -> None:
        field = self.page.get_by_label(label).and_(self.page.locator("select")).first
        if self.way == "keys":
            self.reach(field)
            self.page.keyboard.type(option)
        else:
            field.select_option(option)

    def tick(self, label) -> None:
        box = self.page.get_by_label(label).and_(self.page.locator(TICKABLE)).first
        if self.way == "keys" and box.get_attribute("type") == "radio":
            # Tab stops once at a group; arrows choose in it.
            self.reach_group(box)
            for _ in range(8):
                if box.is_checked():
                    return
                self.page.keyboard.press("ArrowDown")
        elif self.way == "keys":
            self.hit(box, "Space")
        else:
            box.set_checked(True, force=True)
        assert box.is_checked()

    def reach_group(self, box) -> None:
        name = box.get_attribute("name")
        inside = f"document.activeElement.name === '{name}'"
        for _ in range(MOST_STOPS):
            if self.page.evaluate(inside):
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {name}")


@pytest.mark.parametrize("way", WAYS)
def test_from_an_idea_to_the_next_iteration(signed_in, site, way):
    author = factories.person("Amara", is_active=True)
    page = signed_in(author, **WAYS[way])
    hand = Hand(page, way)
    made = begins(page, hand)
    invites(hand, made)
    writes_a_section(page, hand, made)
    says_why(hand, made)
    run = announces_a_run(page, hand, made)
    looks_back(page, hand, run)
    makes_an_insight(page, hand, made)
    goes_back_to_a_version(page, hand, made)
    submits(page, hand, made)
    begins_the_next(page, hand, made)


def begins(page, hand) -> Community:
    page.goto("/studio/start/")
    hand.write("What is it called?", "The Repair Bus")
    hand.choose("What kind of community is it?", "Hackathon")
    hand.write("What is it, in one sentence?", "Mending on wheels.")
    hand.tick("Care")
    hand.press("Begin")
    made = Community.objects.get()
    assert (made.title, made.kind, made.summary) == (
        "The Repair Bus",
        "hackathon",
        "Mending on wheels.",
    )
    assert list(made.community_values.values_list("tag__slug", flat=True)) == ["care"]
    return made


def invites(hand, made) -> None:
    hand.tab("Team")
    hand.follow("Invite somebody")
    hand.write("E-mail addresses", "junho@example.org")
    hand.press("Invite")
    assert [row.email for row in Invitation.objects.all()] == ["junho@example.org"]


def writes_a_section(page, hand, made) -> None:
    hand.tab("Document")
    hand.follow("Structure")
    sheet = page.get_by_role("textbox", name="Text of “Structure”")
    if hand.way == "plain":
        sheet.fill("We meet on **Mondays**")
    else:
        hand.write("Text of “Structure”", "We meet on ")
        sheet.press("Control+End")
        if hand.way == "keys":
            page.keyboard.press("Control+b")
        else:
            page.get_by_role("button", name="Bold").tap()
        page.keyboard.type("Mondays")
    assert sheet.input_value() == "We meet on **Mondays**"
    hand.press("Preview this section")
    assert page.locator("#preview strong").inner_text() == "Mondays"
    hand.press("Save")
    assert body(made) == "We meet on **Mondays**"


def body(made) -> str:
    return Section.objects.get(community=made, template__key="structure").body


def says_why(hand, made) -> None:
    hand.tab("Values")
    hand.write("How care shapes the design", "A chair for everybody.")
    hand.press("Save")
    assert made.community_values.get().rationale == "A chair for everybody."


def announces_a_run(page, hand, made) -> Implementation:
    today = timezone.localdate()
    hand.tab("Runs")
    hand.follow("Add a run")
    hand.tick("Not yet run")
    hand.write("First day", f"{today + timedelta(days=30)}")
    hand.press("Save")
    run = made.implementations.get()
    assert (run.outcome, run.starts_on) == (Outcome.NOT_YET_RUN, today + timedelta(days=30))
    hand.follow("Edit")
    hand.follow("Check and announce")
    assert page.locator(".readiness li").count() > 1
    hand.tick("read")
    hand.press("Announce it")
    run.refresh_from_db()
    assert run.is_announced
    hand.tab("Runs")
    hand.follow("Edit")
    hand.tick("Ran")
    hand.write("First day", f"{today - timedelta(days=3)}")
    hand.write("Place", "The town library")
    hand.write("Participants from your institution", "12")
    hand.write("Participants from beyond it", "30")
    hand.press("Save")
    run.refresh_from_db()
    assert (run.outcome, run.participants_beyond) == (Outcome.RAN, 30)
    return run


def looks_back(page, hand, run) -> None:
    hand.tab("Reflections")
    hand.follow("Write your own")
    hand.write("What didn’t", "The queue grew. Nobody told us!")
    hand.write("What we would do differently", "A bell for the queue.")
    hand.press("Save")
    told = Reflection.objects.get()
    assert (told.did_not_work, told.differently, told.implementation) == (
        "The queue grew. Nobody told us!",
        "A bell for the queue.",
        run,
    )


def makes_an_insight(page, hand, made) -> None:
    hand.hit(page.locator("summary", has_text="Make an insight of a sentence"))
    hand.press("Nobody told us!")
    lesson = Insight.objects.get()
    assert (lesson.headline, lesson.type) == ("Nobody told us!", "did-not-work")


def goes_back_to_a_version(page, hand, made) -> None:
    hand.tab("Versions")
    hand.write("What should it be called?", "After the first run")
    hand.press("Save a version")
    version = Version.objects.get(note="After the first run")
    hand.tab("Document")
    hand.follow("Structure")
    hand.write("Text of “Structure”", "We meet on **Tuesdays**")
    hand.press("Save")
    assert body(made) == "We meet on **Tuesdays**"
    hand.tab("Versions")
    hand.tick(f"Compare from version {version.number}")
    hand.press("Compare the two chosen")
    assert any("Tuesdays" in words for words in said(page.locator("main ins")))
    assert any("Mondays" in words for words in said(page.locator("main del")))
    hand.follow("Restore “After the first run”")
    hand.press("Restore it")
    assert body(made) == "We meet on **Mondays**"


def submits(page, hand, made) -> None:
    hand.tab("About")
    hand.choose("How people meet", "In person")
    hand.choose("Who it is for", "Anyone")
    hand.write("We bring together", "neighbours")
    hand.write(re.compile(r"^to( \(optional\))?$"), "mend what they own")
    hand.write("so that", "they are no longer afraid of it")
    hand.press("Save")
    hand.tab("Submit")
    hand.tick("All of us have read this design and want it published")
    hand.press("Submit for review")
    assert said(page.locator(".error-summary li")) == []
    expect(page.get_by_role("heading", name="With the reviewers since")).to_be_visible()
    assert made.submissions.get().status == Status.SUBMITTED


def begins_the_next(page, hand, made) -> None:
    hand.tab("Runs")
    hand.follow("Next iteration")
    hand.press("Save")
    goals = [run.goals for run in made.implementations.order_by("pk")]
    assert goals == ["", "A bell for the queue."]
