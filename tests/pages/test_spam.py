"""Five hundred automated posts from one address and from fifty: few rows, few letters, and a
person still gets through.
"""

from collections import Counter

import pytest
from django.core import mail
from django.test import Client

from accounts.models import Sending, User
from accounts.spam import stamp
from communities.models import Comment, Community, Report
from tests import factories

POSTS = 500
ADDRESSES = {
    "one": ["10.0.0.1"],
    "fifty of one network": [f"10.0.0.{n}" for n in range(1, 51)],
    "fifty": [f"10.0.{n}.1" for n in range(1, 51)],
}
# The most that is taken in an hour of what is sent from such addresses.
MOST = {
    "report": {"one": 20, "fifty of one network": 60, "fifty": 100},
    "comment": {"one": 10, "fifty of one network": 30, "fifty": 100},
    "sign-up": {"one": 80, "fifty of one network": 120, "fifty": 170},
}
# Not one more for each post, whoever is written to.
MOST_LETTERS_TO_ONE = 8


@pytest.fixture
def designs(cast) -> list[Community]:
    made = [factories.published(cast.author, cast.staff, f"Yard {n}") for n in range(4)]
    mail.outbox.clear()
    return made


class Door:
    """How a machine that has learned our forms sends its post number `n`."""

    def __init__(self, name, designs):
        self.name, self.designs = name, designs

    def send(self, n, address, **more):
        design = self.designs[n % len(self.designs)]
        path, data = {
            "report": (
                f"/report/design/{design.catalogue_number}/",
                {"problem": "harmful", "words": f"Bad {n}", "email": f"victim{n}@example.org"},
            ),
            "comment": (
                f"/designs/{design.slug}/comments/",
                {"kind": "tried", "text": f"Buy {n}", "name": f"Bot {n}", "email": "v@example.org"},
            ),
            "sign-up": (
                "/accounts/signup/",
                {
                    "name": "Bot",
                    "email": f"victim{n % 200}@example.org",
                    "password1": factories.PASSWORD,
                },
            ),
        }[self.name]
        data |= {"drawn": stamp(60), "website": ""} | more
        headers = {"origin": "http://testserver", "x-forwarded-for": f"192.0.2.{n % 250}"}
        return Client().post(path, data, headers=headers, REMOTE_ADDR=address)

    def rows(self) -> int:
        if self.name == "sign-up":
            return User.objects.filter(name="Bot").count()
        return {"report": Report, "comment": Comment}[self.name].objects.count()


@pytest.mark.parametrize("crowd", ADDRESSES)
@pytest.mark.parametrize("name", MOST)
def test_a_flood_leaves_few_rows_and_letters_and_lets_people_through(
    designs, settings, name, crowd, django_capture_on_commit_callbacks
):
    door, addresses = Door(name, designs), ADDRESSES[crowd]
    with django_capture_on_commit_callbacks(execute=True):
        answers = Counter(
            door.send(n, addresses[n % len(addresses)]).status_code for n in range(POSTS)
        )
    assert set(answers) == {302, 429}
    most = MOST[name][crowd]
    assert 0 < door.rows() <= most
    assert Sending.objects.count() == answers[302] <= most
    letters = Counter(to for letter in mail.outbox for to in letter.to)
    assert max(letters.values(), default=0) <= MOST_LETTERS_TO_ONE
    # Of reports and comments nobody is written to but the site's own people.
    limit = most if name == "sign-up" else 2 * MOST_LETTERS_TO_ONE
    assert len(mail.outbox) <= limit
    before = door.rows()
    person = door.send(POSTS + 1, "172.16.0.9", **PERSON[name])
    assert person.status_code == 302
    assert door.rows() == before + 1


PERSON = {
    "report": {"words": "My neighbour is named."},
    "comment": {"text": "How did it end?", "name": "Kim"},
    "sign-up": {"email": "nadia@example.org"},
}


def test_a_member_is_not_kept_out_by_a_crowd(designs, cast, client):
    door = Door("comment", designs)
    for n in range(120):
        door.send(n, ADDRESSES["fifty"][n % 50])
    client.force_login(cast.classmate)
    answer = client.post(
        f"/designs/{designs[0].slug}/comments/",
        {"kind": "tried", "text": "We tried it.", "drawn": stamp(60)},
        headers={"origin": "http://testserver"},
        REMOTE_ADDR=ADDRESSES["fifty"][0],
    )
    assert answer.status_code == 302
    assert Comment.objects.filter(author=cast.classmate, state="shown").count() <= 1
    assert Comment.objects.filter(author=cast.classmate).exists()


def test_a_person_reports_a_child_although_a_crowd_reported_the_same_picture(cast, settings):
    settings.REPORTS_BEFORE_HIDING = 0
    made = factories.community(cast.author, "Yard")
    photo = factories.photo(made, by=cast.author)
    factories.publish(made, by=cast.author, staff=cast.staff)

    def send(address, problem):
        return (
            Client()
            .post(
                f"/report/photo/{photo.key.hex}/",
                {"problem": problem, "words": address, "drawn": stamp(60)},
                headers={"origin": "http://testserver"},
                REMOTE_ADDR=address,
            )
            .status_code
        )

    answers = [send(address, "other") for address in ADDRESSES["fifty"]]
    answers += [send(address, "untrue") for address in ADDRESSES["fifty"]]
    answers += [send(address, "copied") for address in ADDRESSES["fifty"]]
    assert Counter(answers) == {302: 100, 429: 50}
    assert send("172.16.0.9", "pictures-minor") == 302
    photo.refresh_from_db()
    assert photo.is_hidden


def test_one_persons_address_gets_one_letter_however_often_it_is_typed(db):
    for n in range(10):
        Client().post(
            "/accounts/signup/",
            {"name": "Bot", "email": "victim@example.org", "password1": factories.PASSWORD},
            REMOTE_ADDR=f"10.{n}.0.1",
        )
    assert len(mail.outbox) == 1
    assert Sending.objects.count() == 3


def test_the_address_comes_from_a_trusted_proxy_only(designs, settings):
    """Without BEHIND_PROXY no header tells the address; with it, the proxy's own word counts."""
    settings.COMMENTS_PER_HOUR = 2
    door = Door("comment", designs)
    answers = [door.send(n, "10.0.0.1").status_code for n in range(4)]
    assert answers == [302, 302, 429, 429]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert [door.send(n, "10.0.0.1").status_code for n in range(10, 14)] == [302] * 4
