"""What is said of visibility once for a row and once for many rows is the same."""

import pytest
from django.contrib.auth.models import AnonymousUser

from communities import rules
from communities.enums import Consent
from communities.models import Community, Photo
from tests import factories

pytestmark = pytest.mark.django_db


def test_who_sees_a_working_copy(cast):
    team = factories.community(cast.author, "Of the team")
    factories.team(cast.teammate, made=team)
    factories.community(cast.classmate, "Of a classmate")
    factories.published(cast.author, cast.staff, "Published")
    seen = {}
    for name, person in vars(cast).items():
        user = person or AnonymousUser()
        one_by_one = {c.title for c in Community.objects.all() if _may_see(user, c)}
        among_all = {c.title for c in _visible_to(user)}
        assert one_by_one == among_all, name
        seen[name] = one_by_one
    assert seen == {
        "author": {"Of the team", "Published"},
        "teammate": {"Of the team"},
        "classmate": {"Of a classmate"},
        "staff": {"Of the team", "Of a classmate", "Published"},
        "visitor": set(),
    }


def _may_see(user, community) -> bool:
    return rules.can_see_working_copy(user, community)


def _visible_to(user):
    # Every address asks for an account first.
    return Community.objects.visible_to(user) if user.is_authenticated else Community.objects.none()


def test_which_pictures_are_withheld(cast):
    made = factories.community(cast.author)
    factories.photo(made, by=cast.author)
    row = Photo.objects.get()
    withheld = {}
    for consent in ["", *Consent.values]:
        for is_hidden in (False, True):
            Photo.objects.filter(pk=row.pk).update(consent=consent, is_hidden=is_hidden)
            row.refresh_from_db()
            assert row.is_withheld == Photo.objects.withheld().exists(), (consent, is_hidden)
            withheld[consent, is_hidden] = row.is_withheld
    assert not withheld[Consent.NO_PEOPLE, False]
    assert withheld[Consent.NO_PEOPLE, True]
    assert withheld["", False]
