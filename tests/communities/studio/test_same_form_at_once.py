"""One form that comes in several times at the same moment, on real connections."""

import uuid
from functools import partial

import pytest

from communities.models import Community
from communities.services.starting import start_community
from tests import factories
from tests.communities.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_form_that_is_sent_four_times_at_once_makes_one_design():
    person = factories.person("Amara T.")
    for _ in range(5):
        key, already = uuid.uuid4(), Community.objects.count()
        start = partial(start_community, by=person, title="Only One", key=key)
        made = at_once(start, start, start, start)
        assert len({design.pk for design in made}) == 1, made
        assert Community.objects.count() == already + 1
