"""Runs with their sessions."""

from datetime import date

import pytest

from communities.enums import Outcome
from communities.models import Implementation, Session
from communities.services.implementations import (
    add_implementation,
    add_reflection,
    save_implementation,
)
from tests.html import assert_valid, text_of

from .fields import fields_of

FACTS = {
    "outcome": "ran",
    "outcome_note": "It rained, and nobody left.",
    "starts_on": "2026-05-19",
    "ends_on": "2026-05-23",
    "mode": "in-person",
    "place": "The yard of Linden School",
    "link": "example.org/bench-swap",
    "participants_within": "6",
    "participants_beyond": "28",
}


@pytest.fixture
def client(cast, design, sign_in):
    return sign_in(cast.author)


@pytest.fixture
def run(design):
    return design.implementations.get()


def rows(*sessions: dict, total: int | None = None) -> dict:
    sent = {"sessions-TOTAL_FORMS": total or len(sessions), "sessions-INITIAL_FORMS": 0}
    for number, session in enumerate(sessions):
        sent |= {f"sessions-{number}-{name}": value for name, value in session.items()}
    return sent


def told(run) -> list[tuple]:
    names = ("date", "title", "notes", "participants_within", "participants_beyond")
    return list(run.sessions.values_list(*names))


def test_a_run_with_its_sessions(client, design, run, at):
    page = client.get(at("studio_implementation_new"))
    sent = fields_of(page) | FACTS
    sent |= {
        "sessions-0-date": "2026-05-20",
        "sessions-0-title": "The tyre round",
        "sessions-0-participants_beyond": "9",
        "sessions-2-date": "19/05/2026",
        "sessions-2-title": "Opening",
        "sessions-2-notes": "Bread.\r\nAnd a bell.",
    }
    response = client.post(at("studio_implementation_new"), sent)
    assert (response.status_code, response.url) == (302, at("studio_implementations"))
    made = design.implementations.exclude(pk=run.pk).get()
    assert {name: getattr(made, name) for name in FACTS} == FACTS | {
        "starts_on": date(2026, 5, 19),
        "ends_on": date(2026, 5, 23),
        "link": "https://example.org/bench-swap",
        "participants_within": 6,
        "participants_beyond": 28,
    }
    assert told(made) == [
        (date(2026, 5, 19), "Opening", "Bread.\nAnd a bell.", None, None),
        (date(2026, 5, 20), "The tyre round", "", None, 9),
    ]
    listed = client.get(at("studio_implementations")).content.decode()
    assert "19–23 May 2026" in listed
    assert "The yard of Linden School, 34 people, 2 sessions" in listed


def test_a_second_click_makes_one_run_and_other_words_another(client, design, at):
    sent = fields_of(client.get(at("studio_implementation_new"))) | FACTS
    for _ in range(2):
        assert client.post(at("studio_implementation_new"), sent).status_code == 302
    assert design.implementations.count() == 2
    sent |= {"sessions-0-date": "2026-05-20", "sessions-0-title": "Another"}
    client.post(at("studio_implementation_new"), sent)
    assert design.implementations.count() == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"ends_on": "2026-05-18"},
            "Last day: The last day comes before the first. Check both.",
        ),
        ({"starts_on": ""}, "First day: Say the first day as well."),
        ({"starts_on": "soon"}, "First day: Write a day as 2026-03-24 or 24/03/2026."),
        ({"starts_on": "0026-05-19"}, "First day: Check the year."),
        (
            {"outcome": "stopped-early", "outcome_note": " "},
            "What happened: Say in a sentence or two why.",
        ),
        (
            {"outcome": "did-not-happen", "outcome_note": ""},
            "What happened: Say in a sentence or two why.",
        ),
        ({"participants_within": "-1"}, "Participants from your institution: Write 0 or more."),
        (
            {"participants_beyond": "9" * 30},
            "Participants from beyond it: Write at most 1,000,000.",
        ),
        ({"participants_beyond": "many"}, "beyond it: Write a whole number, such as 12."),
        ({"link": "javascript:alert(1)"}, "Link: Write a whole address"),
        ({"link": "ftp://example.org"}, "Link: The link begins with https:// or http://."),
        (
            {"sessions-1-title": "No day"},
            "Session 2, Date: Say on which day it was.",
        ),
        ({"sessions-0-date": "2026-05-20"}, "Session 1, What you did: Give it a name."),
    ],
)
def test_a_mistake_is_named_and_everything_typed_is_there(client, design, at, change, words):
    sent = fields_of(client.get(at("studio_implementation_new"))) | FACTS | change
    response = client.post(at("studio_implementation_new"), sent)
    assert response.status_code == 422
    page = response.content.decode()
    assert_valid(page)
    (summary,) = text_of(page, "error-summary")
    assert summary.startswith("One thing needs putting right")
    assert words in summary
    kept = fields_of(response)
    typed = {**FACTS, **change}
    assert {name: kept[name] for name in typed} == {name: [typed[name]] for name in typed}
    assert design.implementations.count() == 1


def test_sessions_are_changed_and_removed(client, run, at):
    page = at("studio_implementation", run.pk)
    sent = fields_of(client.get(page))
    sent |= {"sessions-0-date": "2025-03-03", "sessions-0-title": "One"}
    sent |= {"sessions-1-date": "2025-03-04", "sessions-1-title": "Two"}
    client.post(page, sent)
    sent = fields_of(client.get(page))
    assert sent["sessions-INITIAL_FORMS"] == ["2"]
    sent |= {"sessions-0-DELETE": "on", "sessions-1-title": "Only"}
    assert client.post(page, sent).status_code == 302
    assert [title for _, title, *_ in told(run)] == ["Only"]


def test_nothing_changed_writes_nothing(client, run, at):
    page = at("studio_implementation", run.pk)
    assert client.post(page, fields_of(client.get(page))).status_code == 302
    run.refresh_from_db()
    assert run.revision == 1


def test_nobody_is_counted_before_it_has_run(client, cast, design, at):
    facts = {"place": "The yard", "participants_within": 0, "participants_beyond": 0}
    add_implementation(design, by=cast.author, outcome=Outcome.NOT_YET_RUN, **facts)
    listed = text_of(client.get(at("studio_implementations")).content.decode(), "page")[0]
    assert "Not yet run The yard" in listed
    assert "0 people" not in listed


def test_two_people_see_both_texts_and_both_lists(client, cast, run, at):
    page = at("studio_implementation", run.pk)
    sent = fields_of(client.get(page))
    sent |= {"place": "My yard", "sessions-0-date": "2025-03-03", "sessions-0-title": "Mine"}
    theirs = [{"date": date(2025, 3, 4), "title": "Theirs"}]
    save_implementation(
        run, by=cast.teammate, revision=1, sessions=theirs, place="Their yard", outcome_note="Rain."
    )
    response = client.post(page, sent)
    assert response.status_code == 409
    html = response.content.decode()
    assert_valid(html)
    assert text_of(html, "clash-text") == [
        "My yard",
        "Their yard",
        "2025-03-03 Mine",
        "2025-03-04 Theirs",
    ]
    kept = fields_of(response)
    assert (kept["outcome_note"], kept["place"]) == (["Rain."], ["My yard"])
    assert Session.objects.get().title == "Theirs"
    assert client.post(page, kept).status_code == 302
    run.refresh_from_db()
    assert (run.place, run.outcome_note) == ("My yard", "Rain.")
    assert [title for _, title, *_ in told(run)] == ["Mine"]


def test_sessions_that_only_a_teammate_changed_come_into_the_form(client, cast, run, at):
    page = at("studio_implementation", run.pk)
    sent = fields_of(client.get(page)) | {"place": "My yard"}
    theirs = [{"date": date(2025, 3, 4), "title": "Theirs"}]
    save_implementation(run, by=cast.teammate, revision=1, sessions=theirs)
    response = client.post(page, sent)
    assert response.status_code == 409
    assert client.post(page, fields_of(response)).status_code == 302
    run.refresh_from_db()
    assert run.place == "My yard"
    assert [title for _, title, *_ in told(run)] == ["Theirs"]


def test_removing_names_what_is_lost_and_asks_once(client, cast, design, run, at):
    add_reflection(run, by=cast.teammate, author=cast.teammate, surprised="They came back.")
    page = client.get(at("studio_implementation_remove", run.pk))
    (said,) = text_of(page.content.decode(), "narrow")
    assert "3–7 March 2025, A bicycle shop (ran)All 2 reflections written on it" in said
    sent = fields_of(page)
    assert client.post(at("studio_implementation_remove", run.pk), sent).status_code == 302
    assert design.implementations.count() == 0
    assert client.post(at("studio_implementation_remove", run.pk), sent).status_code == 302


def test_removing_what_was_just_changed_asks_again(client, cast, run, at):
    sent = fields_of(client.get(at("studio_implementation_remove", run.pk)))
    save_implementation(run, by=cast.teammate, revision=1, place="Elsewhere")
    response = client.post(at("studio_implementation_remove", run.pk), sent)
    assert response.status_code == 409
    assert "Elsewhere" in response.content.decode()
    assert Implementation.objects.filter(pk=run.pk).exists()
    assert client.post(at("studio_implementation_remove", run.pk), {}).status_code == 422


def test_what_was_typed_survives_its_removal(client, design, run, at):
    page = at("studio_implementation", run.pk)
    sent = fields_of(client.get(page)) | FACTS
    run.delete()
    response = client.post(page, sent)
    assert response.status_code == 409
    assert_valid(response.content.decode())
    assert client.get(page).status_code == 404
    assert client.post(at("studio_implementation_new"), fields_of(response)).status_code == 302
    assert design.implementations.get().place == "The yard of Linden School"


@pytest.mark.parametrize(
    "damage",
    [
        {"sessions-TOTAL_FORMS": "x"},
        {"sessions-TOTAL_FORMS": "9" * 40},
        {"sessions-INITIAL_FORMS": "-5"},
        {"revision": "9" * 40},
        {"seen": "[" * 5000},
        {"outcome": "\x00"},
        {"place": "\x00" + "y" * 20_000},
        {"starts_on": "\x00"},
        {"sessions-0-DELETE": "\x00"},
    ],
)
def test_damaged_forms_are_no_server_error(client, run, at, damage):
    for page in (at("studio_implementation", run.pk), at("studio_implementation_new")):
        sent = fields_of(client.get(page)) | FACTS | damage
        assert client.post(page, sent).status_code in (302, 409, 422)


def test_a_run_without_script_has_empty_rows_and_a_pattern_for_more(client, run, at):
    html = client.get(at("studio_implementation", run.pk)).content.decode()
    assert html.count('<fieldset class="session-row">') == 4
    assert 'name="sessions-__prefix__-title"' in html
