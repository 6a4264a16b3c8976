"""The walk itself. What it can catch is tried in test_crawler.py."""

import pytest
from django.core import mail

from .addresses import addresses, of_admin, of_reading, of_routes
from .crawler import crawl, letters_told, post, words_in_letters
from .planting import INSIDERS, OUTSIDERS

ROLES = (*OUTSIDERS, *INSIDERS)
# Of each address one; those of all roles together have asked it in every way.
METHODS = ("head", "options", "put", "patch", "delete")


@pytest.mark.parametrize("role", OUTSIDERS)
def test_an_outsider_is_told_nothing_that_is_not_public(planted, client_of, role):
    client = client_of(role)
    told = crawl(client, role, planted, addresses())
    assert told.leaks == {}
    assert sum(told.statuses.values()) > 600
    send_everywhere(client, role, planted, told.forms)
    # Nothing on the way ended the session.
    is_signed_in = role not in ("visitor", "suspended")
    assert client.get("/accounts/").status_code == (200 if is_signed_in else 302)


@pytest.mark.parametrize("role", INSIDERS)
def test_an_insider_is_told_what_is_for_them_and_nothing_else(planted, client_of, role):
    client = client_of(role)
    told = crawl(client, role, planted, [*of_reading(), *of_admin()])
    assert told.leaks == {}
    theirs = {word for word, readers in planted.readers.items() if role in readers}
    reached = told.seen | words_in_letters(planted.letters, planted.of(role).email)
    assert theirs - reached == set(), "the walk does not come there"
    send_everywhere(client, role, planted, told.forms)


def send_everywhere(client, role, planted, forms):
    """To every address: forms that were seen, others that look right, and no GET or POST at all."""
    everywhere = [*of_routes(), *of_admin()]
    sent = post(client, role, planted, list(dict.fromkeys([*everywhere, *forms])), forms)
    assert sent.leaks == {}
    # Staff make public what they approve, and letters say it.
    assert role == "staff" or letters_told(mail.outbox, planted) == {}
    first = ROLES.index(role)
    for turn, method in enumerate(METHODS):
        mine = everywhere[(first + turn) % len(METHODS) :: len(METHODS)]
        assert crawl(client, role, planted, mine, method).leaks == {}


def test_letters_tell_nobody_what_is_not_for_them(planted):
    assert letters_told(planted.letters, planted) == {}
    assert len(planted.letters) > 20
