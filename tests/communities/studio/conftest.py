import re
from types import SimpleNamespace

import pytest

from communities.services.unsaved import drawn_for
from tests import factories


@pytest.fixture
def made(cast):
    """A design of author and teammate."""
    made = factories.community(cast.author, "Bench Swap")
    return factories.team(cast.teammate, made=made)


@pytest.fixture
def fill(client):
    """fill(url) reads the form of a page as a browser would: its fields with what they say."""

    def read(url: str) -> SimpleNamespace:
        html = client.get(url).content.decode()
        return SimpleNamespace(html=html, revision=_hidden(html, "revision"), seen=_seen(html))

    return read


def _hidden(html: str, name: str) -> str:
    return re.search(f'name="{name}" multiple hidden><option value="([^"]*)"', html)[1]


def _seen(html: str) -> str:
    return _hidden(html, "seen").replace("&quot;", '"')


@pytest.fixture
def drawn():
    """drawn(person) is the field that names whom a form was drawn for."""
    return lambda person: {"drawn_for": drawn_for(person)}
