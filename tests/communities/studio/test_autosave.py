"""A form that saves itself: the same form and service, answered in a few words."""

import json
import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from communities.models import (
    Community,
    CommunityValue,
    Implementation,
    Insight,
    Reflection,
    Section,
    SectionTemplate,
    Submission,
    UnsavedText,
    Version,
)
from communities.services.about import save_about
from communities.services.document import save_section
from communities.services.photos import describe_photo
from communities.services.values import save_values
from tests import factories

from .test_text import NAUGHTY

AUTO = {"headers": {"X-Autosave": "1"}}
HIDDEN = re.compile(
    '<(?:input type="hidden"|select) name="([^"]+)"(?: multiple hidden><option)? value="([^"]*)"'
)


@pytest.fixture
def url(made):
    return f"/studio/{made.slug}/document/structure/"


@pytest.fixture
def author(sign_in, cast):
    return sign_in(cast.author)


def send(client, url, data):
    answer = client.post(url, data, **AUTO)
    return answer.status_code, json.loads(answer.content)


def body(key="structure"):
    return Section.objects.get(template__key=key).body


def drawn_form(client, url) -> dict:
    """Every hidden field of the page, as a browser would send it back."""
    html = client.get(url).content.decode()
    form = html.split("data-autosave", 1)[1].split("</form>")[0]
    return {name: value.replace("&quot;", '"') for name, value in HIDDEN.findall(form)}


def test_it_is_saved_and_the_page_learns_the_new_revision(author, url):
    with time_machine.travel(timezone.now().replace(hour=14, minute=32), tick=False):
        status, told = send(author, url, {"revision": "0", "body": "First"})
    assert (status, told["state"], told["words"]) == (200, "saved", "Saved at 14:32")
    assert told["taken"] == {}
    assert set(told["fields"]) == {"revision", "seen"}
    assert told["fields"]["revision"] == "1"
    status, told = send(author, url, {**told["fields"], "body": "Second"})
    assert (status, told["fields"]["revision"], body()) == (200, "2", "Second")


def test_it_answers_as_a_page_that_nobody_stores(author, url):
    answer = author.post(url, {"revision": "0", "body": "x"}, **AUTO)
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Type"] == "application/json"


def test_it_leaves_no_message_for_the_next_page(author, url):
    send(author, url, {"revision": "0", "body": "x"})
    assert "Saved.</p>" not in author.get(url).content.decode()


def test_it_makes_no_version_and_submits_nothing(author, url):
    send(author, url, {"revision": "0", "body": "x"})
    assert (Version.objects.count(), Submission.objects.count()) == (0, 0)


@pytest.mark.parametrize("text", NAUGHTY)
def test_any_text_is_kept_byte_for_byte(author, url, text):
    send(author, url, {"revision": "0", "body": text.replace("\n", "\r\n")})
    assert body() == text


def test_an_answer_that_was_lost_is_asked_for_again_word_for_word(author, url):
    data = {"revision": "0", "body": "Once"}
    told = [send(author, url, data) for _ in range(3)]
    assert [status for status, _ in told] == [200, 200, 200]
    assert Section.objects.get(template__key="structure").revision == 1
    status, _ = send(author, url, {**told[2][1]["fields"], "body": "Once more"})
    assert (status, body()) == (200, "Once more")


def test_too_long_is_kept_and_the_reason_said(author, url):
    status, told = send(author, url, {"revision": "0", "body": "word " * 60_000})
    assert (status, told["state"], told["kept"]) == (422, "invalid", True)
    assert told["words"] == (
        "Not saved yet. Text of “Structure”: "
        "Shorten this to 250,000 characters; it has 300,000 now."
    )
    assert "word word" in author.get(url).content.decode()
    assert not Section.objects.filter(template__key="structure").exists()


def test_what_was_kept_is_forgotten_once_it_is_saved(author, url):
    send(author, url, {"revision": "0", "body": "x" * 250_001})
    assert UnsavedText.objects.count() == 1
    send(author, url, {"revision": "0", "body": "x"})
    assert not UnsavedText.objects.exists()


def test_a_teammate_was_quicker(author, cast, made, url):
    template = SectionTemplate.objects.get(key="structure")
    save_section(made, template, by=cast.author, revision=0, body="Before")
    page = drawn_form(author, url)
    save_section(made, template, by=cast.teammate, revision=1, body="Theirs")
    status, told = send(author, url, {**page, "body": "Mine"})
    assert (status, told["state"]) == (409, "conflict")
    assert told["words"] == "Not saved: Jun-ho P. changed this too"
    assert "Mine" in told["conflict"]
    assert "Theirs" in told["conflict"]
    assert body() == "Theirs"
    assert told["fields"]["revision"] == "2"
    assert send(author, url, {**told["fields"], "body": "Both"})[0] == 200
    assert body() == "Both"


def test_a_conflict_is_kept_for_another_day(author, cast, made, url):
    template = SectionTemplate.objects.get(key="structure")
    save_section(made, template, by=cast.teammate, revision=0, body="Theirs")
    send(author, url, {"revision": "0", "body": "Mine"})
    page = author.get(url).content.decode()
    assert "Mine</textarea>" in page
    assert author.post(url, {"revision": "0", "body": "Mine"}).status_code == 409


def test_two_people_in_two_fields_are_put_together_silently(author, cast, made):
    url = f"/studio/{made.slug}/about/"
    page = drawn_form(author, url)
    words = {"title": "Bench Swap", "licence": made.licence, "kind": made.kind}
    words |= {
        "mode": made.mode,
        "audience": made.audience,
        "credit": "Mine",
        "summary": made.summary,
    }
    words |= {
        name: getattr(made, name) for name in ("purpose_who", "purpose_what", "purpose_so_that")
    }
    theirs = Community.objects.get(pk=made.pk)
    save_about(
        theirs, by=cast.teammate, revision=theirs.revision, topics=["bees"], summary="Theirs"
    )
    status, told = send(author, url, {**page, **words})
    made.refresh_from_db()
    assert (status, made.credit, made.summary) == (200, "Mine", "Theirs")
    assert told["taken"] == {"summary": ["Theirs"], "topics": ["bees"]}
    assert [link.tag.name for link in made.community_topics.all()] == ["bees"]
    status, told = send(
        author,
        url,
        {**page, **words, **told["fields"], "summary": "Theirs and mine", "topics": "bees"},
    )
    assert (status, told["taken"]) == (200, {})


def test_a_page_without_the_fields_of_a_new_value_leaves_its_words(author, cast, made):
    url = f"/studio/{made.slug}/values/"
    page = drawn_form(author, url)
    words = {"held": ["care", "mastery"], "add": ["play"], "why-care": "Because"}
    status, told = send(author, url, {**page, **words})
    assert status == 200
    theirs = Community.objects.get(pk=made.pk)
    links = theirs.community_values.select_related("tag")
    reasons = [
        {"value": link.tag, "rationale": "Theirs" if link.tag.slug == "play" else link.rationale}
        for link in links
    ]
    save_values(theirs, by=cast.teammate, revision=theirs.values_revision, reasons=reasons)
    status, told = send(author, url, {**page, **told["fields"], **words, "why-mastery": "Mine"})
    said = dict(CommunityValue.objects.values_list("tag__slug", "rationale"))
    assert (status, said) == (200, {"care": "Because", "mastery": "Mine", "play": "Theirs"})


def test_a_change_of_which_values_is_put_together_by_hand(author, cast, made):
    url = f"/studio/{made.slug}/values/"
    page = drawn_form(author, url)
    theirs = Community.objects.get(pk=made.pk)
    care = theirs.community_values.get(tag__slug="care").tag
    save_values(
        theirs, by=cast.teammate, revision=theirs.values_revision, reasons=[{"value": care}]
    )
    status, told = send(author, url, {**page, "held": ["care", "mastery"], "why-mastery": "Mine"})
    assert (status, told["fields"]) == (409, {})
    assert "Press Save to see both together." in told["conflict"]


def test_each_picture_is_saved_by_itself(author, cast, made):
    first, second = (factories.photo(made, by=cast.author) for _ in range(2))
    url = f"/studio/{made.slug}/photos/"
    page = drawn_form(author, url)
    one, two = (f"photo-{photo.key.hex}" for photo in (first, second))
    for head in (one, two):
        page |= {
            f"{head}-described": "describe",
            f"{head}-alt": "A long table",
            f"{head}-kind": "photo",
        }
        page |= {f"{head}-consent": "no-people"}
    describe_photo(second, by=cast.teammate, revision=second.revision, alt="Theirs")
    status, told = send(author, url, {**page, f"{one}-alt": "Mine"})
    assert (status, set(told["fields"])) == (200, {f"{one}-revision", f"{one}-seen"})
    status, told = send(
        author, url, {**page, **told["fields"], f"{one}-alt": "Mine", f"{two}-alt": "Mine too"}
    )
    assert (status, set(told["fields"])) == (409, {f"{two}-revision", f"{two}-seen"})
    assert sorted(made.photos.values_list("alt", flat=True)) == ["Mine", "Theirs"]


def test_a_row_that_is_half_filled_waits_and_is_kept(author, made):
    run = made.implementations.get()
    url = f"/studio/{made.slug}/runs/{run.pk}/"
    page = drawn_form(author, url)
    rows = {"sessions-TOTAL_FORMS": "1", "sessions-INITIAL_FORMS": "0", "sessions-0-title": "Ferry"}
    facts = {"outcome": "ran", "mode": "in-person", "place": "A shed"}
    status, told = send(author, url, {**page, **facts, **rows})
    assert (status, told["words"]) == (422, "Not saved yet. Date: Say on which day it was.")
    assert "Ferry" in author.get(url).content.decode()
    status, _ = send(author, url, {**page, **facts, **rows, "sessions-0-date": "2025-03-04"})
    run.refresh_from_db()
    assert (status, run.place, run.sessions.get().title) == (200, "A shed", "Ferry")


@pytest.mark.parametrize(
    ("page", "data", "model"),
    [
        (
            "runs/new/",
            {"outcome": "ran", "sessions-TOTAL_FORMS": 0, "sessions-INITIAL_FORMS": 0},
            Implementation,
        ),
        ("insights/new/", {"type": "worked", "headline": "Half a lesson"}, Insight),
        ("reflections/new/", {"voice": "team", "stage": "after", "surprised": "Much"}, Reflection),
    ],
)
def test_what_is_new_is_kept_and_not_made(author, made, page, data, model):
    before = model.objects.count()
    if page.startswith("reflections"):
        data = {**data, "implementation": made.implementations.get().pk}
    status, told = send(author, f"/studio/{made.slug}/{page}", data)
    assert (status, told["state"], told["kept"]) == (202, "kept", True)
    assert model.objects.count() == before
    html = author.get(f"/studio/{made.slug}/{page}").content.decode()
    assert "Not saved yet." in html


def test_half_a_new_lesson_is_kept_too(author, made):
    url = f"/studio/{made.slug}/insights/new/"
    status, told = send(author, url, {"headline": "Half a lesson"})
    assert (status, told["kept"]) == (422, True)
    assert "Half a lesson" in author.get(url).content.decode()
    author.post(url, {"headline": "A lesson", "type": "worked"})
    assert not UnsavedText.objects.exists()


def test_a_removed_part_is_not_made_again(author, made):
    lesson = made.insights.get()
    url = f"/studio/{made.slug}/insights/{lesson.pk}/"
    lesson.delete()
    status, told = send(author, url, {"headline": "Mine", "type": "worked", "revision": "1"})
    assert (status, told["state"]) == (409, "gone")
    assert not Insight.objects.exists()


def test_signed_out_it_says_so_and_the_server_keeps_it(client, cast, url, drawn):
    status, told = send(client, url, {"revision": "0", "body": "Mine", **drawn(cast.author)})
    assert (status, told["state"]) == (401, "signed-out")
    assert told["login"] == "/accounts/login/?next=/studio/start/signed-in/"
    assert UnsavedText.objects.get().user == cast.author
    page = client.get(told["login"]).content.decode()
    assert "You were signed out before" not in page


def test_signed_in_again_the_page_gets_a_new_token_and_goes_on(cast, url, drawn):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.author)
    data = {"revision": "0", "body": "Mine", **drawn(cast.author)}
    status, told = send(client, url, {**data, "csrfmiddlewaretoken": "x" * 64})
    assert (status, told["state"]) == (403, "again")
    status, told = send(client, url, {**data, "csrfmiddlewaretoken": told["csrf"]})
    assert (status, told["state"], body()) == (200, "saved", "Mine")
    assert not UnsavedText.objects.exists()


def test_a_forged_sending_gets_no_token(cast, url):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.author)
    answer = client.post(url, {"revision": "0", "body": "Forged"}, **AUTO)
    assert answer.status_code == 403
    assert b"csrf" not in answer.content or not answer["Content-Type"].endswith("json")


def test_somebody_else_at_the_same_computer_saves_nothing(sign_in, cast, url, drawn):
    status, told = send(sign_in(cast.teammate), url, {"body": "x", **drawn(cast.author)})
    assert (status, told["state"]) == (403, "other")
    assert not Section.objects.filter(template__key="structure").exists()


@pytest.mark.parametrize("name", ["classmate", "staff"])
def test_outsiders_are_told_nothing(sign_in, cast, url, name):
    answer = sign_in(getattr(cast, name)).post(url, {"revision": "0", "body": "x"}, **AUTO)
    assert answer.status_code == 404
