"""Answers that say that something is wrong: they quote nothing of what they were about to show."""

from http import HTTPStatus

import pytest
from django.db import OperationalError
from django.test import Client

from communities import access

from .addresses import of_routes, one_of_each
from .crawler import crawl, post
from .planting import text

MOST_WRONG_CODES = 100


def test_a_refused_form_quotes_nothing(planted, client_of):
    """403, for want of the token that only our own pages have."""
    for role in ("visitor", "rival"):
        client = Client(enforce_csrf_checks=True)
        client.cookies = client_of(role).cookies
        told = post(client, role, planted, one_of_each())
        assert told.leaks == {}
        assert told.statuses[HTTPStatus.FORBIDDEN] > 80


def test_one_request_too_many_quotes_nothing(planted, client_of, settings):
    """429, of programs, feeds and guessed codes."""
    settings.API_REQUESTS_PER_MINUTE = settings.FEED_REQUESTS_PER_MINUTE = 1
    programs = [one for one in of_routes() if one.startswith(("/api/", "/designs/feed", "/feed"))]
    guessed = [f"/invitations/{number}wrong/" for number in range(MOST_WRONG_CODES + 1)]
    told = crawl(client_of("visitor"), "visitor", planted, [*programs, *guessed])
    assert told.leaks == {}
    assert told.statuses[HTTPStatus.TOO_MANY_REQUESTS] > len(programs) - 3


@pytest.mark.parametrize(("fault", "status"), [(RuntimeError, 500), (OperationalError, 503)])
def test_a_fault_quotes_nothing(planted, client_of, monkeypatch, fault, status):
    """500 and 503, whose reason and whose variables hold words that are not public."""

    def fail(*args, **kwargs):
        held = list(planted.readers)
        raise fault(text("draft"), held)

    for name in ("_first_or_404", "published_at", "part_to_edit"):
        monkeypatch.setattr(access, name, fail)
    for role, at_least in (("visitor", 5), ("rival", 30)):
        client = client_of(role)
        client.raise_request_exception = False
        told = crawl(client, role, planted, one_of_each())
        assert told.leaks == {}
        assert told.statuses[status] >= at_least
