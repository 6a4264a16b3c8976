"""A student: from signing up to a design with photographs that waits for its reviewer."""

import pytest

from communities.enums import Status
from communities.models import Community, Photo
from tests import factories

from .checks import pictures_that_failed, said
from .deeds import choose_value, picture, press, sign_up, tab

PURPOSE = {
    "We bring together": "neighbours",
    "to": "mend what they own",
    "so that": "they are no longer afraid of it",
}
PROMPTS = [
    "What worked well",
    "What didn’t",
    "What matched our expectations",
    "What surprised us",
    "What we would do differently",
]


def test_from_an_account_to_a_submission(open_page, way):
    page = open_page(**way)
    page.goto("/")
    page.get_by_role("link", name="Open the studio").click()
    page.get_by_role("link", name="Make an account").click()
    sign_up(page, "Nadia K.", "nadia@example.org")
    assert page.get_by_role("heading", level=1).inner_text() == "An empty plan"
    begins(page)
    says_what_it_is(page)
    says_why(page)
    writes_a_section(page)
    tells_of_a_run(page)
    looks_back(page)
    writes_an_insight(page)
    shows_pictures(page, way)
    sees_it_as_visitors_will(page)
    submits(page)
    made = Community.objects.get()
    assert (made.slug, made.is_published) == ("the-repair-bus", False)
    assert made.submissions.get().status == Status.SUBMITTED


def begins(page):
    page.get_by_role("link", name="Start from values").click()
    page.get_by_label("What is it called?").fill("The Repair Bus")
    page.get_by_label("What kind of community is it?").select_option("Hackathon")
    page.get_by_label("What is it, in one sentence?").fill("Mending on wheels.")
    choose_value(page, "Care")
    choose_value(page, "Play")
    press(page, "Begin")
    assert page.get_by_role("heading", level=1).inner_text() == "The Repair Bus"


def says_what_it_is(page):
    tab(page, "About")
    page.get_by_label("How people meet").select_option("In person")
    page.get_by_label("Who it is for").select_option("Anyone")
    for label, words in PURPOSE.items():
        page.get_by_label(label, exact=True).or_(page.get_by_label(f"{label} (optional)")).fill(
            words
        )
    press(page, "Save")


def says_why(page):
    tab(page, "Values")
    page.get_by_label("How care shapes the design").fill("A chair for everybody.")
    press(page, "Save")
    page.get_by_label("How play shapes the design").fill("The bell is a horn.")
    with page.expect_navigation():
        page.get_by_role("button", name="Up").click()
    assert said(page.locator(".held-value h3")) == ["Care", "Play"]
    assert page.get_by_label("How care shapes the design").input_value() == "A chair for everybody."


def writes_a_section(page):
    tab(page, "Document")
    page.get_by_role("link", name="Structure").click()
    text = page.get_by_role("textbox", name="Text of “Structure”")
    text.fill("# Evenings\n\nWe meet on **Mondays**.")
    press(page, "Preview this section")
    assert page.locator("#preview strong").inner_text() == "Mondays"
    press(page, "Save and go to Calendar")
    assert page.locator(".sheet h2").inner_text() == "Calendar"


def tells_of_a_run(page):
    tab(page, "Runs")
    page.get_by_role("link", name="Add a run").click()
    page.get_by_label("Ran", exact=True).check()
    page.get_by_label("First day").fill("2026-03-02")
    page.get_by_label("Last day").fill("2026-03-04")
    page.get_by_label("Place").fill("The town library")
    page.get_by_label("Participants from your institution").fill("12")
    page.get_by_label("Participants from beyond it").fill("30")
    for number, (day, title) in enumerate([("2026-03-02", "Bicycles"), ("2026-03-04", "Radios")]):
        session = page.get_by_role("group", name=f"Session {number + 1}")
        session.get_by_label("Date").fill(day)
        session.get_by_label("What you did").fill(title)
    press(page, "Save")
    assert page.locator(".parts tr").count() == 1


def looks_back(page):
    tab(page, "Reflections")
    page.get_by_role("link", name="Write the team’s synthesis").click()
    for prompt in PROMPTS[:2]:
        page.get_by_label(prompt).fill(f"{prompt}: the queue.")
    press(page, "Save")
    assert page.get_by_role("heading", name="The whole team").is_visible()


def writes_an_insight(page):
    tab(page, "Insights")
    page.get_by_role("link", name="Add an insight").click()
    page.get_by_label("Worked well").check()
    page.get_by_label("The lesson, in one or two sentences").fill("Teach it tomorrow.")
    page.get_by_label("Counted").check()
    page.get_by_label("Care", exact=True).check()
    press(page, "Save")
    assert page.get_by_role("heading", name="Teach it tomorrow.").is_visible()


def shows_pictures(page, way):
    """Three at once, one of them broken: the good ones stay and the bad one is named."""
    tab(page, "Photographs")
    files = [picture("one.png"), picture("broken.png", b"no"), picture("two.png")]
    page.set_input_files("#files", files)
    if way["js"]:
        rows = page.locator("#uploads li")
        rows.filter(has_text="one.png").get_by_text("Arrived").wait_for()
        rows.filter(has_text="two.png").get_by_text("Arrived").wait_for()
        answer = rows.filter(has_text="broken.png")
    else:
        press(page, "Add the chosen pictures")
        answer = page.get_by_role("alert").filter(has_text="broken.png")
    answer.get_by_text("This file is not a picture we can read.", exact=False).wait_for()
    names = Photo.objects.order_by("original_name").values_list("original_name", flat=True)
    assert list(names) == ["one.png", "two.png"]
    form = page.locator(".photo-form").first
    form.get_by_label("We describe it").check()
    form.get_by_label("Description").fill("A bus with its side open")
    form.get_by_label("No recognisable people").check()
    press(page, "Save all")
    assert page.get_by_text("2 pictures, 1 still to describe or agree on").is_visible()


def sees_it_as_visitors_will(page):
    page.get_by_role("link", name="Preview").click()
    assert page.get_by_role("heading", level=1).inner_text() == "The Repair Bus"
    assert said(page.locator(".reason")) == [
        "Care A chair for everybody.",
        "Play The bell is a horn.",
    ]
    assert pictures_that_failed(page) == []
    page.locator(".studio-bar").get_by_role("link", name="Submit").click()


def submits(page):
    page.get_by_label("A note to your reviewer").fill("Look at the risks, please.")
    press(page, "Submit for review")
    assert page.get_by_role("heading", name="Not submitted yet").is_visible()
    missing = said(page.locator(".error-summary li"))
    assert sorted(missing) == [
        "All of us have read this design and want it published: Ask everyone in the team, then"
        " tick this.",
        "Describe picture 2, or call it decorative.",
        "Settle the consent for picture 2.",
    ]
    assert (
        page.get_by_label("A note to your reviewer").input_value() == "Look at the risks, please."
    )
    page.locator(".error-summary").get_by_role("link", name="Describe picture 2").click()
    form = page.locator(".photo-form").nth(1)
    form.get_by_label("It is decoration").check()
    form.get_by_label("Minors, with their guardians’ agreement").check()
    press(page, "Save all")
    assert said(page.locator(".error-summary li")) == [
        "Picture 2, Who holds the forms: Say who holds the guardians’ forms."
    ]
    page.locator(".photo-form").nth(1).get_by_label("Who holds the forms").fill("Nadia")
    press(page, "Save all")
    assert page.get_by_text("2 pictures, all described and agreed to").is_visible()
    tab(page, "Submit")
    page.get_by_label("A note to your reviewer").fill("Look at the risks, please.")
    page.get_by_label("All of us have read this design and want it published").check()
    press(page, "Submit for review")
    assert page.get_by_role("heading", name="With the reviewers since").is_visible()
    assert "Look at the risks, please." in page.locator(".audit").inner_text()


@pytest.mark.parametrize("path", ["/studio/", "/studio/the-repair-bus/", "/review/"])
def test_the_door_of_a_room_leads_back_to_it(open_page, path):
    """Without an account the way goes through signing in, and then where one wanted to go."""
    page = open_page()
    page.goto(path)
    assert page.url.endswith(f"/accounts/login/?next={path}")
    assert not factories.User.objects.exists()
