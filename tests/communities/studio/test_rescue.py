"""What is typed when a session has ended is kept for the person who typed it."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from communities.models import Section, UnsavedText
from communities.services.unsaved import MAX_PAGES, SALT, keep
from tests import factories


def section_url(made, key="structure"):
    return f"/studio/{made.slug}/document/{key}/"


def login_url(path):
    return f"/accounts/login/?next={path}"


@pytest.fixture
def lost(client, cast, made, drawn):
    """The author sent a section after the session had ended."""
    url = section_url(made)
    answer = client.post(url, {"revision": 0, "body": "An hour <b>lost</b>", **drawn(cast.author)})
    assert answer.status_code == 302
    assert answer.url == login_url(url)
    return url


def test_the_sign_in_page_says_that_the_text_is_kept(client, lost):
    page = client.get(login_url(lost)).content.decode()
    assert "You were signed out before this could be saved. What you typed is kept" in page


def test_after_signing_in_it_is_in_the_form_and_not_saved(sign_in, cast, lost):
    page = sign_in(cast.author).get(lost).content.decode()
    assert "An hour &lt;b&gt;lost&lt;/b&gt;</textarea>" in page
    assert "Not saved yet." in page
    assert Section.objects.filter(template__key="structure").count() == 0


def test_it_stays_until_it_is_saved(sign_in, cast, lost):
    client = sign_in(cast.author)
    client.get(lost)
    client.get(lost)
    answer = client.post(lost, {"revision": 0, "body": "An hour found"})
    assert answer.status_code == 302
    assert not UnsavedText.objects.exists()
    assert "An hour found</textarea>" in client.get(lost).content.decode()


def test_a_refused_save_keeps_it(sign_in, cast, lost):
    client = sign_in(cast.author)
    assert client.post(lost, {"revision": 0, "body": "x" * 250_001}).status_code == 422
    assert UnsavedText.objects.count() == 1


def test_it_can_be_discarded(sign_in, cast, lost):
    client = sign_in(cast.author)
    assert client.post(lost, {"discard_unsaved": "1"}).url == lost
    page = client.get(lost).content.decode()
    assert "An hour" not in page
    assert "Not saved yet." not in page


def test_the_dashboard_says_where_it_is(sign_in, cast, lost):
    page = sign_in(cast.author).get("/studio/").content.decode()
    assert "Kept, but not saved yet" in page
    assert f'<a href="{lost}">Bench Swap: Structure</a>' in page


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/studio/bench-swap/", "Bench Swap: Overview"),
        ("/studio/bench-swap/about/", "Bench Swap: About"),
        ("/studio/bench-swap/photos/1/agreement/", "Bench Swap: Photographs"),
        ("/studio/bench-swap/runs/new/", "Bench Swap: Runs"),
        ("/studio/bench-swap/team/invite/", "Bench Swap: Team"),
        ("/studio/bench-swap/document/not-offered-now/", "Bench Swap: Document"),
        ("/studio/start/", "A new community"),
        ("/studio/not-mine/about/", "A design that you worked on"),
        ("/designs/bench-swap/comments/", "The page of a design"),
        ("/review/1/", "The review desk"),
    ],
)
def test_every_page_has_a_name(sign_in, cast, made, path, name):
    UnsavedText.objects.create(user=cast.author, path=path, fields="body=An+hour")
    page = sign_in(cast.author).get("/studio/").content.decode()
    assert f'<a href="{path}">{name}</a>' in page


@pytest.mark.parametrize("name", ["teammate", "staff"])
def test_nobody_else_is_shown_it(sign_in, cast, lost, name):
    client = sign_in(getattr(cast, name))
    for url in (lost, "/studio/"):
        assert "An hour" not in client.get(url).content.decode()


def test_a_teammate_who_discards_or_saves_leaves_it(sign_in, cast, lost):
    client = sign_in(cast.teammate)
    client.post(lost, {"discard_unsaved": "1"})
    client.post(lost, {"revision": 0, "body": "Mine"})
    assert UnsavedText.objects.get().user == cast.author


def test_saving_it_after_a_teammate_shows_both(sign_in, cast, lost):
    sign_in(cast.teammate).post(lost, {"revision": 0, "body": "Theirs"})
    answer = sign_in(cast.author).post(lost, {"revision": 0, "body": "An hour lost"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "An hour lost" in page
    assert "Theirs" in page


@pytest.mark.parametrize(
    "token",
    ["", "x", "x" * 10_000, signing.dumps("all", salt=SALT), signing.dumps(1), "\x00"],
    ids=["none", "short", "long", "no person", "another salt", "nul"],
)
def test_a_form_that_does_not_prove_whose_it_is_keeps_nothing(client, made, token):
    url = section_url(made)
    answer = client.post(url, {"body": "Forged", "drawn_for": token})
    assert (answer.status_code, answer.url) == (302, login_url(url))
    assert not UnsavedText.objects.exists()


def test_a_form_of_nobody_keeps_nothing(client, made):
    token = signing.dumps(10**9, salt=SALT)
    client.post(section_url(made), {"body": "Forged", "drawn_for": token})
    assert not UnsavedText.objects.exists()


def test_a_form_from_long_ago_keeps_nothing(client, cast, made, drawn):
    field = drawn(cast.author)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        client.post(section_url(made), {"body": "Old", **field})
    assert not UnsavedText.objects.exists()


def test_pictures_are_not_kept_and_the_pages_say_so(client, sign_in, cast, made, drawn):
    url = section_url(made)
    data = {"body": "With one", "revision": 0, "picture": factories.picture_file()}
    client.post(url, {**data, **drawn(cast.author)})
    assert "Choose them again" in client.get(login_url(url)).content.decode()
    page = sign_in(cast.author).get(url).content.decode()
    assert "With one" in page
    assert "Pictures could not be kept" in page


def test_somebody_else_at_the_same_computer_saves_nothing(sign_in, cast, made, drawn):
    url = section_url(made)
    client = sign_in(cast.teammate)
    answer = client.post(url, {"revision": 0, "body": "Amara’s", **drawn(cast.author)})
    assert answer.status_code == 403
    assert "This form belongs to another account" in answer.content.decode()
    assert not Section.objects.filter(template__key="structure").exists()
    assert "Amara’s" in sign_in(cast.author).get(url).content.decode()


def test_signing_in_again_in_another_tab_keeps_the_text(cast, made, drawn):
    """The new sign-in made the old form's token against forgery worthless."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.author)
    url = section_url(made)
    answer = client.post(url, {"revision": 0, "body": "Before", **drawn(cast.author)})
    assert (answer.status_code, answer.url) == (302, url)
    assert "Before</textarea>" in client.get(url).content.decode()
    assert not Section.objects.filter(template__key="structure").exists()


def test_a_forged_post_is_still_refused(cast, made):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.author)
    assert client.post(section_url(made), {"revision": 0, "body": "Forged"}).status_code == 403
    assert not UnsavedText.objects.exists()


def test_signed_out_and_with_an_old_token_it_is_kept_too(cast, made, drawn):
    client = Client(enforce_csrf_checks=True)
    url = section_url(made)
    answer = client.post(url, {"revision": 0, "body": "Kept", **drawn(cast.author)})
    assert answer.url == login_url(url)
    assert UnsavedText.objects.get().user == cast.author


def test_a_start_is_kept_as_well(client, sign_in, cast, drawn):
    data = {"title": "Night School", "values": ["care", "play"], **drawn(cast.author)}
    client.post("/studio/start/", data)
    page = sign_in(cast.author).get("/studio/start/").content.decode()
    assert 'value="Night School"' in page
    assert page.count(" checked aria-describedby") == 2


def test_each_person_has_room_for_so_many_pages(cast, made):
    for number in range(MAX_PAGES + 3):
        assert keep(cast.author.pk, path=f"/studio/{number}/", fields=QueryDict("a=1"))
    assert UnsavedText.objects.count() == MAX_PAGES
    assert not UnsavedText.objects.filter(path="/studio/0/").exists()


def test_what_is_too_long_to_keep_is_said_to_be(client, cast, made, drawn, monkeypatch):
    monkeypatch.setattr("communities.services.unsaved.MAX_CHARACTERS", 100)
    url = section_url(made)
    client.post(url, {"body": "x" * 200, **drawn(cast.author)})
    assert "it is too long to be kept" in client.get(login_url(url)).content.decode()
    assert not UnsavedText.objects.exists()


def test_the_newest_text_of_a_page_replaces_the_one_before(client, cast, made, lost, drawn):
    client.post(lost, {"revision": 0, "body": "Second try", **drawn(cast.author)})
    assert "Second+try" in UnsavedText.objects.get().fields


def test_a_form_too_large_gets_a_page(sign_in, cast, made, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    answer = sign_in(cast.author).post(
        section_url(made), "body=" + "x" * 2_000, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413
    assert "That was too much at once" in answer.content.decode()


def test_a_form_with_too_many_fields_gets_a_page(sign_in, cast, made, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    data = {f"f{number}": "" for number in range(10)}
    assert sign_in(cast.author).post(section_url(made), data).status_code == 413
