"""Which other reviewers have a submission open now, beside who took it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.communities.review.desk import address
from tests.html import assert_valid, text_of

QUEUE = "/review/"


@pytest.fixture
def colleagues(cast):
    """Two more reviewers, each with a browser of their own."""
    clients = {}
    for name in ("Noor K.", "Ada B."):
        clients[name] = Client()
        clients[name].force_login(factories.person(name, is_staff=True))
    return clients


def looking(response) -> list[str]:
    return text_of(response.content.decode(), "looking")


def cells(response) -> str:
    return " ".join(response.content.decode().split())


def test_whoever_has_it_open_is_named_to_the_others_only(cast, desk, colleagues):
    submission = factories.submitted(cast.author)
    assert looking(desk.get(address(submission))) == []
    one = colleagues["Noor K."].get(address(submission))
    assert looking(one) == ["Robin S. has it open now."]
    colleagues["Ada B."].get(address(submission))
    page = desk.get(address(submission))
    assert looking(page) == ["Noor K., Ada B. have it open now."]
    assert_valid(page.content.decode())


def test_the_queue_says_so_in_the_row_and_of_no_other(cast, desk, colleagues):
    submission = factories.submitted(cast.author)
    factories.submitted(cast.author, "Another Design")
    colleagues["Noor K."].get(address(submission))
    answer = desk.get(QUEUE)
    rows = {row.submission.title: row.lookers for row in answer.context["desk"].rows}
    assert rows == {"The Mending Circle": ("Noor K.",), "Another Design": ()}
    assert cells(answer).count("Noor K. has it open") == 1
    assert "has it open" not in cells(colleagues["Noor K."].get(QUEUE))


def test_after_five_minutes_without_a_sign_they_are_gone(cast, desk, colleagues):
    submission = factories.submitted(cast.author)
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        colleagues["Noor K."].get(address(submission))
        clock.shift(timedelta(minutes=4, seconds=59))
        assert looking(desk.get(address(submission))) == ["Noor K. has it open now."]
        clock.shift(timedelta(seconds=2))
        assert looking(desk.get(address(submission))) == []


def test_it_costs_no_query(cast, desk, colleagues, django_assert_num_queries):
    submission = factories.submitted(cast.author)
    desk.get(QUEUE)
    with django_assert_num_queries(13):
        desk.get(QUEUE)
    for browser in colleagues.values():
        browser.get(address(submission))
    with django_assert_num_queries(13):
        desk.get(QUEUE)


def test_its_team_is_told_of_nobody_who_looks(cast, desk, client, sign_in, colleagues):
    submission = factories.submitted(cast.author)
    colleagues["Noor K."].get(address(submission))
    page = sign_in(cast.author).get(f"/studio/{submission.community.slug}/submit/")
    assert "Noor K." not in page.content.decode()
