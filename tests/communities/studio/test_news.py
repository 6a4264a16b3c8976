"""What the dashboard and the overview say of others since somebody last looked."""

from datetime import UTC, datetime, timedelta

import pytest

from communities.enums import Action
from communities.models import Section, SectionTemplate, TeamMember
from communities.services.document import save_section
from communities.services.submitting import save_version
from communities.services.team import add_teammate
from tests import factories
from tests.html import assert_valid, text_of

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(START, tick=False)

    def after(**span):
        time_machine.shift(timedelta(**span))

    return after


@pytest.fixture
def made(clock, cast):
    made = factories.community(cast.author, "Bench Swap")
    return factories.team(cast.teammate, made=made)


@pytest.fixture
def news(sign_in, cast, made):
    """news() is what the dashboard of the author tells, in words."""

    def told(address="/studio/", css_class="since") -> str:
        page = sign_in(cast.author).get(address).content.decode()
        return text_of(page, css_class)[0]

    return told


def write(made, key, *, by, body="Text."):
    template = SectionTemplate.objects.get(key=key)
    section = Section.objects.filter(community=made, template=template).first()
    save_section(made, template, by=by, revision=section.revision if section else 0, body=body)


def test_own_deeds_are_no_news_and_a_new_teammate_is(news, clock, cast, made):
    clock(minutes=5)
    save_version(made, by=cast.author)
    assert news() == "Since you last looked at Bench Swap Nobody else did anything here."
    add_teammate(made, user=cast.classmate)
    assert "Lucía V. joined the team" in news()
    assert "Amara T." not in news()


def test_saves_of_teammates_are_told_together_by_part(news, clock, cast, made):
    clock(minutes=5)
    for key in ("structure", "calendar", "risks"):
        write(made, key, by=cast.teammate)
    factories.insight(made, by=cast.teammate, headline="Another")
    save_version(made, by=cast.teammate, note="Before the run")
    factories.photo(made, by=cast.teammate)
    told = news()
    assert "Jun-ho P. worked on the pictures" in told
    assert "Jun-ho P. wrote “Structure”, “Calendar” and 1 more" in told
    assert "Jun-ho P. wrote an insight" in told
    assert "Jun-ho P. saved version 1" in told


def test_what_reviewers_decide_is_news(news, clock, cast, made):
    clock(minutes=5)
    factories.photo(made, by=cast.author)
    submission = factories.submit_for_review(made, by=cast.author)
    factories.move(submission, Action.REQUEST_CHANGES, by=cast.staff)
    assert "Robin S. asked for changes to version 1" in news()
    assert "submitted" not in news()


def test_what_was_looked_at_is_no_news_any_more(news, clock, sign_in, cast, made):
    clock(minutes=5)
    write(made, "structure", by=cast.teammate)
    overview = f"/studio/{made.slug}/"
    assert "wrote “Structure”" in news()
    # The dashboard alone is no look.
    assert "wrote “Structure”" in news()
    page = sign_in(cast.author).get(overview).content.decode()
    assert "wrote “Structure”" in page
    assert_valid(page)
    assert news() == "Since you last looked at Bench Swap Nobody else did anything here."
    # It stays in view while the visit goes on, and what comes meanwhile too.
    clock(minutes=20)
    write(made, "calendar", by=cast.teammate)
    page = sign_in(cast.author).get(overview).content.decode()
    assert "wrote “Structure” and “Calendar”" in page
    assert "“Calendar”" in news()
    clock(hours=2)
    page = sign_in(cast.author).get(overview).content.decode()
    assert "“Structure”" not in text_of(page, "needs")[-1]
    assert "“Calendar”" in text_of(page, "needs")[-1]


def test_each_looks_for_themselves_and_staff_leave_no_trace(sign_in, clock, cast, made):
    clock(minutes=5)
    sign_in(cast.author).get(f"/studio/{made.slug}/")
    sign_in(cast.staff).get(f"/studio/{made.slug}/")
    sign_in(cast.teammate).head(f"/studio/{made.slug}/")
    looked = dict(TeamMember.objects.values_list("user__name", "last_looked_at"))
    assert looked == {"Amara T.": START + timedelta(minutes=5), "Jun-ho P.": None}


def test_what_is_older_than_a_month_is_no_news(news, clock, cast, made):
    write(made, "structure", by=cast.teammate)
    clock(days=31)
    assert news() == "Since you last looked at Bench Swap Nobody else did anything here."


def test_news_of_somebody_who_is_gone_is_told_without_a_name(news, clock, cast, made):
    clock(minutes=5)
    save_version(made, by=cast.teammate)
    cast.teammate.delete()
    assert "Somebody who has left saved version 1" in news()


def test_a_save_by_somebody_outside_the_team_has_no_name(news, clock, cast, made):
    clock(minutes=5)
    write(made, "structure", by=cast.staff)
    assert "Somebody outside the team wrote “Structure”" in news()


def test_news_are_bounded(news, clock, cast, made):
    clock(minutes=5)
    for number in range(30):
        save_version(made, by=cast.teammate, note=f"{number}")
    told = news()
    assert told.count("saved version") == 4
    assert "And 26 more." in told
    assert "saved version 30" in told


def test_the_card_shows_the_arc_and_what_is_missing(sign_in, cast, made):
    page = sign_in(cast.author).get("/studio/").content.decode()
    [arc] = text_of(page, "arc")
    assert arc == (
        "Imagine, done Design, done Ready, done Run, done Reflect, done Publish, now"
        " Build on, to come"
    )
    assert page.count('aria-current="step"') == 1
    [missing] = text_of(page, "disclosure")
    assert missing.startswith("Missing: ")
    assert "advised in Bench Swap" in missing
    assert_valid(page)
