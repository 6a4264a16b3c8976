"""The walk itself. What it can catch is tried in test_crawler.py."""

import pytest
from django.core import mail

from .addresses import addresses, of_reading, one_of_each
from .crawler import crawl, letters_told, words_in_letters
from .planting import INSIDERS, OUTSIDERS

WRITING = ("head", "empty", "full")


@pytest.mark.parametrize("role", OUTSIDERS)
def test_an_outsider_is_told_nothing_that_is_not_public(planted, client_of, role):
    client = client_of(role)
    told = crawl(client, role, planted, addresses())
    assert told.leaks == {}
    # Each time with other things in the places.
    for turn, deed in enumerate(WRITING, start=OUTSIDERS.index(role)):
        assert crawl(client, role, planted, one_of_each(turn), deed).leaks == {}
    assert letters_told(mail.outbox, planted) == {}
    assert sum(told.statuses.values()) > 600
    # Nothing on the way ended the session.
    is_signed_in = role not in ("visitor", "suspended")
    assert client.get("/accounts/").status_code == (200 if is_signed_in else 302)


@pytest.mark.parametrize("role", INSIDERS)
def test_an_insider_is_told_what_is_for_them_and_nothing_else(planted, client_of, role):
    told = crawl(client_of(role), role, planted, of_reading())
    assert told.leaks == {}
    theirs = {word for word, readers in planted.readers.items() if role in readers}
    reached = told.seen | words_in_letters(planted.letters, planted.of(role).email)
    assert theirs - reached == set(), "the walk does not come there"


def test_letters_tell_nobody_what_is_not_for_them(planted):
    assert letters_told(planted.letters, planted) == {}
    assert len(planted.letters) > 20
