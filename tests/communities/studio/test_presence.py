"""Who is writing here now: a quiet notice, never a lock."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import factories

from .test_autosave import send


@pytest.fixture
def url(made):
    return f"/studio/{made.slug}/document/structure/"


NOTICE = "Amara T. is writing here now."


def test_a_teammate_sees_who_writes_in_this_section(sign_in, cast, url):
    send(sign_in(cast.author), url, {"revision": "0", "body": "Mine"})
    page = sign_in(cast.teammate).get(url).content.decode()
    assert NOTICE in page
    assert 'name="body"' in page
    assert "disabled" not in page.split('name="body"')[1].split(">")[0]


def test_it_is_said_in_the_list_from_another_section(sign_in, cast, made, url):
    send(sign_in(cast.author), url, {"revision": "0", "body": "Mine"})
    page = sign_in(cast.teammate).get(f"/studio/{made.slug}/document/calendar/").content.decode()
    assert NOTICE not in page
    assert "Amara T. is writing here" in page


def test_the_answer_to_a_saving_says_it_too_and_never_names_oneself(sign_in, cast, url):
    _, told = send(sign_in(cast.author), url, {"revision": "0", "body": "Mine"})
    assert told["others"].strip() == ""
    _, told = send(sign_in(cast.teammate), url, {"revision": "0", "body": "Theirs"})
    assert told["others"].strip() == NOTICE


def test_after_two_quiet_minutes_nothing_is_said(sign_in, cast, url):
    send(sign_in(cast.author), url, {"revision": "0", "body": "Mine"})
    client = sign_in(cast.teammate)
    with time_machine.travel(timezone.now() + timedelta(seconds=121)):
        assert NOTICE not in client.get(url).content.decode()


def test_looking_is_not_writing(sign_in, cast, url):
    sign_in(cast.author).get(url)
    assert NOTICE not in sign_in(cast.teammate).get(url).content.decode()


def test_other_designs_say_nothing_of_it(sign_in, cast, url):
    send(sign_in(cast.author), url, {"revision": "0", "body": "Mine"})
    other = factories.team(cast.teammate, made=factories.community(cast.author, "Another"))
    page = sign_in(cast.teammate).get(f"/studio/{other.slug}/document/structure/").content.decode()
    assert "is writing here" not in page
