"""The database fails while a form comes in: its answer holds what was typed, to be sent again."""

import json
import re
from contextlib import contextmanager

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from communities.models import Attachment, Insight, Section
from tests import factories
from tests.html import assert_valid, parsed, text_of

from .show.fields import fields_of

LOST = "An hour’s <b>work</b>,\r\n\r\n  “kept” & whole \U0001f33b"
# Statements of transactions are the connection's own matter.
PASSED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
WRITES = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def database_away(error=OperationalError, *, only=("",)):
    """Every statement that begins with one of `only` fails, as when nobody answers."""

    def fail(execute, sql, params, many, context):
        if sql.startswith(only) and not sql.startswith(PASSED):
            raise error("server closed the connection unexpectedly")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        yield


@pytest.fixture
def author(sign_in, cast):
    client = sign_in(cast.author)
    client.raise_request_exception = False
    return client


@pytest.fixture
def url(made):
    return f"/studio/{made.slug}/document/structure/"


# The page, the field that something is typed in, and what else its form needs.
FORMS = {
    "studio_start": ("one_sentence", {"title": "Night School"}),
    "studio_propose": ("definition", {"name": "Patience"}),
    "studio_about": ("credit", {}),
    "studio_values": ("why-care", {}),
    "studio_section": ("body", {}),
    "studio_implementation_new": ("outcome_note", {"outcome": "ran", "mode": "in-person"}),
    "studio_reflection_new": ("surprised", {}),
    "studio_insight_new": ("story", {"type": "worked", "headline": "Teach it"}),
    "studio_insight": ("story", {}),
    "studio_photos": ("caption", {}),
    "studio_attachment": ("title", {}),
    "studio_submit": ("note", {}),
    "studio_versions": ("note", {}),
    "studio_team_invite": ("emails", {}),
}
ARGUMENTS = {
    "studio_section": lambda made: ["structure"],
    "studio_insight": lambda made: [made.insights.get().pk],
    "studio_attachment": lambda made: [made.attachments.get().pk],
}


def address(name: str, made) -> str:
    if name in ("studio_start", "studio_propose"):
        return reverse(name)
    return reverse(name, args=[made.slug, *ARGUMENTS.get(name, lambda made: [])(made)])


def sent_again(page: str) -> tuple[str, dict]:
    """Where the form on the page goes to, and its fields as a browser would send them."""
    [form] = [e for e in parsed(page).iter() if e.tag.endswith("}form")]
    fields: dict[str, list[str]] = {}
    for element in form.iter():
        if element.attrib.get("type") == "hidden":
            # A browser writes line ends so.
            text = re.sub("\r\n|\r|\n", "\r\n", element.attrib["value"])
            fields.setdefault(element.attrib["name"], []).append(text)
    return form.attrib["action"], fields


def filled_in(client, name, made) -> tuple[str, dict]:
    """The address of a page and what its form would send, with something typed in it."""
    here = address(name, made)
    field, more = FORMS[name]
    form = fields_of(client.get(here))
    field = next((known for known in form if known.endswith(f"-{field}")), field)
    return here, form | {name: [text] for name, text in more.items()} | {field: [LOST]}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_the_studio_is_handed_back(author, cast, made, name):
    factories.attachment(made, by=cast.author)
    factories.photo(made, by=cast.author)
    here, form = filled_in(author, name, made)
    with database_away():
        answer = author.post(here, form)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer["Cache-Control"] == "private, no-store"
    assert_valid(page)
    assert sent_again(page) == (here, form)
    assert " ".join(LOST.split()) in text_of(page, "clash-text")


@pytest.mark.parametrize("name", ["studio_section", "studio_about", "studio_insight_new"])
def test_so_it_is_when_only_writing_fails(author, made, name):
    """As when the disk is full, or when somebody else writes for too long."""
    here, form = filled_in(author, name, made)
    with database_away(only=WRITES):
        answer = author.post(here, form)
    assert answer.status_code == 503
    assert sent_again(answer.content.decode()) == (here, form)


def test_sent_again_it_is_saved(author, url):
    with database_away():
        answer = author.post(url, {**fields_of(author.get(url)), "body": LOST})
    again = author.post(*sent_again(answer.content.decode()))
    assert (again.status_code, again.url) == (302, url)
    assert Section.objects.get(template__key="structure").body == LOST.replace("\r\n", "\n")


def test_what_was_saved_before_the_line_broke_is_saved_once(author, made):
    here = address("studio_insight_new", made)
    form = fields_of(author.get(here)) | {"type": "worked", "headline": "Teach it", "story": LOST}
    with database_away(only=("SELECT",)):
        answer = author.post(here, form)
    where, fields = sent_again(answer.content.decode())
    assert [author.post(where, fields).status_code for _ in range(2)] == [302, 302]
    assert Insight.objects.filter(headline="Teach it").count() == 1


def test_where_the_form_wanted_to_go_is_kept(author, url):
    with database_away():
        answer = author.post(url, {"revision": 0, "body": "x y", "then": "calendar"})
    assert author.post(*sent_again(answer.content.decode())).url.endswith("/calendar/")


def test_a_reader_is_shown_what_was_typed_and_nothing_of_the_machinery(author, url):
    with database_away():
        answer = author.post(url, {**fields_of(author.get(url)), "body": LOST})
    page = answer.content.decode()
    assert text_of(page, "clash-text") == [" ".join(LOST.split())]
    assert "Nothing that you typed is lost" in page
    assert "<b>work" not in page
    assert answer["X-Request-ID"] in page


def test_files_are_to_be_chosen_again(author, made):
    here = address("studio_attachment_new", made)
    form = {**fields_of(author.get(here)), "title": "The price list"}
    with database_away():
        answer = author.post(here, {**form, "file": factories.picture_file()})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "Pictures and files cannot be kept. Choose them again afterwards." in page
    assert text_of(page, "clash-text") == ["The price list"]
    assert not Attachment.objects.exists()


def test_a_form_that_saves_itself_is_told_to_try_again(author, url):
    with database_away():
        answer = author.post(url, {"revision": 0, "body": "x"}, headers={"X-Autosave": "1"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert json.loads(answer.content) == {"state": "busy", "words": "Not saved yet"}


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_page_says_that_it_is_not_for_long(author, url, error):
    with database_away(error):
        answer = author.get(url)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert text_of(answer.content.decode(), "lead")[0].startswith("What is kept here cannot be")
    assert author.get(url).status_code == 200


def test_programs_are_told_as_well(author, db):
    with database_away():
        answer = author.get("/api/v1/designs/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert json.loads(answer.content)["status"] == 503


def test_a_fault_of_ours_hands_back_as_well(author, url, monkeypatch):
    def broken(*args, **options):
        raise RuntimeError("A fault")

    form = {**fields_of(author.get(url)), "body": [LOST]}
    monkeypatch.setattr("communities.views.studio.document.save_section", broken)
    answer = author.post(url, form)
    assert answer.status_code == 500
    assert "Retry-After" not in answer
    assert sent_again(answer.content.decode()) == (url, form)


def test_nobody_elses_words_get_onto_the_page(cast, url):
    """A form without the token against forgery is handed back to nobody."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(cast.author)
    with database_away():
        answer = client.post(url, {"revision": 0, "body": "Forged", "drawn_for": "x"})
    assert answer.status_code == 503
    assert "Forged" not in answer.content.decode()


def test_no_password_is_ever_repeated(client, db):
    client.raise_request_exception = False
    with database_away():
        form = {"login": "a@example.org", "password": "long enough words"}
        answer = client.post("/accounts/login/", form)
    assert answer.status_code == 503
    assert "long enough" not in answer.content.decode()
