"""What is still open before a run is announced, and that the list is read first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.enums import Outcome
from communities.models import BusyPeriod, SectionTemplate
from communities.readiness import readiness_now
from communities.services.document import save_section
from communities.services.implementations import announce, save_implementation
from tests import factories
from tests.html import assert_valid, text_of

LEADING = {
    "layout": "roles",
    "roles": [{"id": "1", "role": "Host", "does": "Opens", "leads": True}],
}


@pytest.fixture
def made(cast):
    made = factories.community(cast.author, "Bench Swap")
    return factories.team(cast.teammate, made=made)


@pytest.fixture
def run(cast, made):
    """A run that lies ahead, of which nothing is said."""
    run = made.implementations.get()
    facts = {"outcome": Outcome.NOT_YET_RUN, "starts_on": None, "ends_on": None, "place": ""}
    save_implementation(run, by=cast.author, revision=run.revision, mode="", **facts)
    return run


@pytest.fixture
def url(made, run):
    return f"/studio/{made.slug}/runs/{run.pk}/announce/"


def write(made, key, *, by, **texts):
    template = SectionTemplate.objects.get(key=key)
    save_section(made, template, by=by, revision=0, **texts)


def settle(run, *, by):
    """A run of which everything is said."""
    first = timezone.localdate() + timedelta(days=30)
    sessions = [{"date": first, "title": "First"}]
    facts = {"starts_on": first, "mode": "hybrid", "place": "A hall", "link": "https://e.org"}
    save_implementation(run, by=by, revision=run.revision, capacity=12, sessions=sessions, **facts)
    write(run.community, "people", by=by, structure=LEADING)
    return first


def test_everything_open_is_said_with_its_place(made, run):
    found = [(r.text, r.url.partition(made.slug)[2]) for r in readiness_now(made, run)]
    at = f"/runs/{run.pk}/#"
    assert found == [
        ("It has no dates yet.", f"{at}id_starts_on"),
        ("It is not said whether people meet in person, online or both.", f"{at}id_mode"),
        ("It has no place: people would not know where to go.", f"{at}id_place"),
        ("It is not said how many people there is room for.", f"{at}id_capacity"),
        ("No session is planned yet.", f"{at}id_sessions"),
        ("Nobody leads it yet: say which role does.", "/document/people/#ledger"),
    ]


def test_nothing_is_open_when_all_is_settled(cast, made, run):
    settle(run, by=cast.author)
    assert readiness_now(made, run) == ()


def test_days_are_held_against_today_sessions_and_holidays(cast, made, run):
    first = settle(run, by=cast.author)
    BusyPeriod.objects.create(name="Ramadan", kind="holiday", starts_on=first, ends_on=first)
    run.sessions.update(date=first + timedelta(days=9))
    texts = [remark.text for remark in readiness_now(made, run)]
    assert [text.partition(",")[0] for text in texts] == [
        "Ramadan (holiday)",
        f"The session on {first + timedelta(days=9):%-d %B %Y} lies outside the days of the run.",
    ]
    yesterday = timezone.localdate() - timedelta(days=1)
    save_implementation(run, by=cast.author, revision=run.revision, starts_on=yesterday)
    assert "lies in the past" in readiness_now(made, run)[0].text


def test_values_purpose_and_rows_are_asked_about(cast, made, run):
    settle(run, by=cast.author)
    made.community_values.update(rationale=" ")
    made.purpose_who = ""
    made.save()
    write(made, "calendar", by=cast.author, body="Five evenings in March.")
    write(
        made,
        "inquiry-cycle",
        by=cast.author,
        structure={
            "layout": "cycle",
            "parts": [
                {"id": str(n), "phase": phase, "minutes": 40}
                for n, phase in enumerate(("try", "collect", "examine", "next"))
            ],
        },
    )
    cost = {"layout": "budget", "costs": [{"id": "1", "what": "Flour", "money": "90"}]}
    write(made, "resources", by=cast.author, structure=cost)
    assert [remark.text for remark in readiness_now(made, run)] == [
        "The big purpose is not a whole sentence yet.",
        "It is not said how care shapes the design.",
        "It is not said how mastery shapes the design.",
        "The calendar has no dates yet.",
        "No source is named for the 90 it costs.",
    ]


def test_more_hours_than_the_calendar_holds(cast, made, run):
    first = settle(run, by=cast.author)
    days = [
        {"id": "1", "kind": "on-ramp", "first": str(first)},
        {"id": "2", "kind": "meetings", "first": str(first), "meetings": 2, "minutes": 90},
    ]
    calendar = {"layout": "calendar", "hours_needed": "20", "days": days}
    write(made, "calendar", by=cast.author, structure=calendar)
    parts = [
        {"id": str(n), "phase": phase, "minutes": 40}
        for n, phase in enumerate(("try", "collect", "examine", "next"))
    ]
    cycle = {"layout": "cycle", "parts": parts}
    write(made, "inquiry-cycle", by=cast.author, structure=cycle)
    tasks = {"layout": "tasks", "at_least": 20}
    write(made, "implementation-plan", by=cast.author, structure=tasks)
    assert [remark.text for remark in readiness_now(made, run)] == [
        "You go ahead from 20 people, and there is room for 12.",
        "Your goal needs 20 hours and the calendar holds 3. Meet longer, or hope for less.",
        "One session takes 160 minutes, and the longest meeting in the calendar has 90.",
    ]


def test_the_list_is_read_and_agreed_to(sign_in, cast, made, run, url, fill):
    client = sign_in(cast.author)
    page = client.get(url).content.decode()
    assert_valid(page)
    assert len(text_of(page, "readiness")) == 1
    data = {"revision": fill(page, "revision"), "seen": fill(page, "seen")}
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert "Settle what is open, or tick this." in answer.content.decode()
    answer = client.post(url, {**data, "agreed": "on"})
    assert (answer.status_code, answer.url) == (302, f"/studio/{made.slug}/runs/{run.pk}/")
    run.refresh_from_db()
    assert run.is_announced
    assert "Announced" in client.get(f"/studio/{made.slug}/runs/").content.decode()


def test_a_list_that_grew_is_read_again(sign_in, cast, made, run, url, fill):
    client = sign_in(cast.author)
    page = client.get(url).content.decode()
    data = {"revision": fill(page, "revision"), "seen": fill(page, "seen"), "agreed": "on"}
    made.community_values.update(rationale="")
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert "The list has changed since you opened this page." in answer.content.decode()
    run.refresh_from_db()
    assert not run.is_announced


def test_a_teammate_was_quicker(sign_in, cast, run, url, fill):
    client = sign_in(cast.author)
    page = client.get(url).content.decode()
    data = {"revision": fill(page, "revision"), "seen": fill(page, "seen"), "agreed": "on"}
    save_implementation(run, by=cast.teammate, revision=run.revision, outcome_note="Soon")
    answer = client.post(url, data)
    assert answer.status_code == 409
    assert "Somebody changed this run" in answer.content.decode()
    run.refresh_from_db()
    assert not run.is_announced


def test_an_announcement_can_be_taken_back(sign_in, cast, run, url, fill):
    settle(run, by=cast.author)
    client = sign_in(cast.author)
    for wish in ({}, {"back": "1"}):
        page = client.get(url).content.decode()
        data = {"revision": fill(page, "revision"), "seen": fill(page, "seen")}
        assert client.post(url, {**data, **wish}).status_code == 302
        run.refresh_from_db()
        assert run.is_announced is not bool(wish)


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 30])
def test_no_revision_announces_nothing(sign_in, cast, run, url, fill, revision):
    client = sign_in(cast.author)
    seen = fill(client.get(url).content.decode(), "seen")
    data = {"revision": revision, "seen": seen, "agreed": "on"}
    assert client.post(url, data).status_code in (409, 422)
    assert client.post(url, {**data, "back": "1"}).status_code in (302, 409)
    run.refresh_from_db()
    assert not run.is_announced


def test_what_has_run_is_not_announced(sign_in, cast, run, url, fill):
    save_implementation(run, by=cast.author, revision=run.revision, outcome=Outcome.RAN)
    client = sign_in(cast.author)
    page = client.get(url).content.decode()
    assert "There is nothing to announce" in page
    data = {"revision": fill(page, "revision"), "seen": fill(page, "seen"), "agreed": "on"}
    assert client.post(url, data).status_code == 404


def test_the_overview_shows_the_first_few(sign_in, cast, made, run):
    page = sign_in(cast.author).get(f"/studio/{made.slug}/").content.decode()
    assert_valid(page)
    assert "Ready to be announced?" in page
    assert "It has no dates yet." in text_of(page, "readiness")[0]
    run.delete()
    page = sign_in(cast.author).get(f"/studio/{made.slug}/").content.decode()
    assert "Ready to be announced?" not in page


def test_the_dashboard_says_why_a_run_may_not_be_announced_yet(sign_in, cast, made, run):
    page = sign_in(cast.author).get("/studio/").content.decode()
    assert_valid(page)
    said = text_of(page, "next")[0]
    assert "Before the run is announced: 6 points in Bench Swap" in said
    assert "It has no dates yet. It is not said whether" in said
    first = settle(run, by=cast.author)
    said = text_of(sign_in(cast.author).get("/studio/").content.decode(), "next")[0]
    assert "Before the run is announced" not in said
    assert "The run can be announced: Bench Swap" in said
    announce(run, by=cast.author, revision=run.revision)
    BusyPeriod.objects.create(name="Exams", kind="exams", starts_on=first, ends_on=first)
    said = text_of(sign_in(cast.author).get("/studio/").content.decode(), "next")[0]
    assert "Announced, and still open: 1 point in Bench Swap Exams (examinations)" in said


def test_the_form_of_a_run_warns_and_saves_all_the_same(sign_in, cast, made, run):
    first = settle(run, by=cast.author)
    BusyPeriod.objects.create(name="Exams", kind="exams", starts_on=first, ends_on=first)
    page = sign_in(cast.author).get(f"/studio/{made.slug}/runs/{run.pk}/").content.decode()
    assert "Exams (examinations)" in page


@pytest.fixture
def fill():
    """fill(page, name) is what a hidden field of the page says."""

    def read(page: str, name: str) -> str:
        return page.split(f'name="{name}" value="')[1].split('"')[0]

    return read
