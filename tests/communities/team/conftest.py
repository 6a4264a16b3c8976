import re

import pytest
from django.core import mail

from communities.services.unsaved import drawn_for
from tests import factories


@pytest.fixture
def made(cast):
    """A design that author leads, with teammate as a designer."""
    made = factories.community(cast.author, "Bench Swap")
    return factories.team(cast.teammate, made=made)


@pytest.fixture
def invite(sign_in, cast, made):
    """invite(way="link", …) sends the form of the lead and gives the answer."""

    def sent(**data):
        client = sign_in(data.pop("by", cast.author))
        data = {"way": "link", "role": "designer", "days": "14", "uses": "1", **data}
        return client.post(f"/studio/{made.slug}/team/invite/", data)

    return sent


@pytest.fixture
def link(invite):
    """link(…) is the path of a new link, as the page shows it once."""

    def made_link(**data) -> str:
        page = invite(**data).content.decode()
        return path_in(page)

    return made_link


def path_in(text: str) -> str:
    return re.search(r"http://testserver(/invitations/[^\"\s<]+/)", text)[1]


def path_in_letter() -> str:
    return path_in(mail.outbox[-1].body)


@pytest.fixture
def drawn():
    return lambda person: {"drawn_for": drawn_for(person)}
