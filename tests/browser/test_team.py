"""A team finds together by a link, and staff fill a cohort; wide with script, narrow without."""

import re

from accounts.models import Enrolment, Waiting
from communities.models import Community
from tests import factories

from .checks import said
from .deeds import press, sign_up, tab


def test_somebody_without_an_account_joins_by_a_link(open_page, signed_in, cast, way):
    made = factories.community(cast.author, "Bench Swap")
    page = signed_in(cast.author, **way)
    page.goto(f"/studio/{made.slug}/")
    tab(page, "Team")
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("Make a link that you pass on yourself").check()
    press(page, "Invite")
    link = page.locator("#invitation-link").inner_text()
    guest = open_page(**way)
    guest.goto(link)
    assert guest.get_by_role("heading", level=1).inner_text() == "Amara T. invites you"
    guest.get_by_role("link", name="Make an account").click()
    sign_up(guest, "Nadia K.", "nadia@example.org")
    press(guest, "Join the team")
    assert guest.get_by_role("heading", level=1).inner_text() == "Bench Swap"
    tab(guest, "Team")
    with guest.expect_navigation():
        guest.get_by_role("button", name="Up").click()
    assert said(guest.locator(".parts th")) == ["1. Nadia K. you", "2. Amara T."]
    page.goto("/studio/")
    assert "Nadia K. joined the team" in page.locator(".since").inner_text()
    page.goto(f"/studio/{made.slug}/team/")
    page.get_by_role("link", name="Leave").click()
    page.get_by_label("Who leads from now on?").select_option("Nadia K.")
    press(page, "Hand over and leave")
    assert page.get_by_role("heading", level=1).inner_text() == "An empty plan"
    assert list(made.members.values_list("user__name", "role")) == [("Nadia K.", "lead")]


def test_a_cohort_fills_by_a_code_and_the_next_one_waits(signed_in, cast, way):
    page = signed_in(cast.staff, **way)
    page.goto("/review/")
    page.get_by_role("link", name="Cohorts").click()
    page.get_by_role("link", name="Make a cohort").click()
    for label, words in {
        "Name": "Spring",
        "First day": "2027-02-01",
        "Last day": "2027-05-28",
    }.items():
        page.get_by_label(label).fill(words)
    page.get_by_label("Places").fill("1")
    press(page, "Make it")
    page.get_by_label("For how many people").fill("2")
    press(page, "Make a code")
    code = re.search("[2-9A-Z]{4}-[2-9A-Z]{4}", page.locator("#join-code").inner_text())[0]
    for person in (cast.author, cast.teammate):
        theirs = signed_in(person, **way)
        theirs.goto("/studio/")
        theirs.get_by_role("link", name="join with a code").click()
        theirs.get_by_label("Code").fill(code.lower())
        press(theirs, "Look what it is for")
        press(theirs, "Join the cohort")
    assert Enrolment.objects.get().user == cast.author
    assert Waiting.objects.get().user == cast.teammate
    page.goto("/review/cohorts/spring/")
    page.get_by_role("link", name="Amara T.").click()
    press(page, "Take out of the cohort")
    assert Enrolment.objects.get().user == cast.teammate


def test_a_file_is_looked_at_before_it_is_imported_and_undone(signed_in, cast, way):
    page = signed_in(cast.staff, **way)
    page.goto("/review/import/")
    rows = b"title,kind\nNight Shelf,library\n"
    page.set_input_files("#id_file", {"name": "a.csv", "mimeType": "text/csv", "buffer": rows})
    press(page, "Preview")
    assert "1 new design," in page.locator(".page-head").inner_text()
    press(page, "Import as drafts")
    assert Community.objects.get().title == "Night Shelf"
    page.get_by_role("link", name="Undo this import").click()
    press(page, "Undo it")
    assert not Community.objects.exists()
