"""The cast: people with known rights, and designs to be used by every test."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.cache import caches
from pytest_django.plugin import blocking_manager_key

from accounts.models import User
from communities import seeds
from communities.models import log_opened
from communities.models.log import Kept
from gallery import catalogue, stencils
from tests import door, factories

pytest.register_assert_rewrite("tests.html")
door.watch()


@pytest.fixture(autouse=True)
def _through_the_door():
    """Nobody but the workflow gives a submission a status, whichever test is running."""
    yield
    door.check()


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Limits and indexes of one test must not reach into the next."""
    for cache in caches.all():
        cache.clear()
    catalogue.forget()
    stencils.forget()


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _log_given_up(request):
    """Emptying the tables after a test with real transactions must not meet the kept logs."""
    if not _empties_tables(request.node):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with log_opened():
        for log in Kept.__subclasses__():
            log._base_manager.all().delete()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test with real transactions empties the tables when it ends, seeded rows included.

    They are put back here, after all of its fixtures, because the next test on this worker may be
    of any kind. After the last one there is no database any more.
    """
    try:
        return (yield)
    finally:
        if nextitem is not None and _empties_tables(item):
            with item.config.stash[blocking_manager_key].unblock():
                seeds.load(apps)


def _empties_tables(item) -> bool:
    marker = item.get_closest_marker("django_db")
    is_marked = marker is not None and marker.kwargs.get("transaction", False)
    return is_marked or "transactional_db" in getattr(item, "fixturenames", ())


@pytest.fixture
def cast(db):
    """author and teammate share a team; classmate has another; staff reviews; visitor is nobody."""
    return SimpleNamespace(
        author=factories.person("Amara T."),
        teammate=factories.person("Jun-ho P."),
        classmate=factories.person("Lucía V."),
        staff=factories.person("Robin S.", is_staff=True),
        visitor=None,
    )


@pytest.fixture
def sign_in(client):
    """sign_in(person) makes the test client that person's; None signs out."""

    def as_person(person: User | None):
        client.logout()
        if person is not None:
            client.force_login(person)
        return client

    return as_person
