"""Everything is planted once for all roles: each walk starts from there and is rolled back."""

import logging
from contextlib import contextmanager

import pytest
from django.core import mail
from django.core.cache import caches
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.test import Client, TestCase, override_settings
from django.utils.functional import SimpleLazyObject

from communities import access
from communities.views.studio import frame
from gallery import catalogue, stencils
from gallery.models import Generation

from .crawler import warm
from .planting import Planted, plant, take_down


@pytest.fixture(scope="package")
def media(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def _own_media(settings, media):
    """The files that were planted, for each walk."""
    settings.MEDIA_ROOT = media


@pytest.fixture(autouse=True)
def _fresh_cache(planted, db):
    """Each walk finds the pages that visitors were shown while more was public."""
    for cache in caches.all():
        cache.clear()
    for key, (page, version) in planted.kept.items():
        caches["pages"].set(key, page, version=version)


@pytest.fixture(autouse=True)
def _files_stay(monkeypatch):
    """A file whose row was removed is there again when that is undone."""
    monkeypatch.setattr(FileSystemStorage, "delete", lambda self, name: None)


@pytest.fixture(autouse=True)
def _no_contexts(monkeypatch):
    """The answer is all that is looked at, not what it was drawn of."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *args, **kept: None)


@pytest.fixture(autouse=True)
def _quick_no(monkeypatch):
    """Most of a walk ends in 404: ask for that before the query that counts what is on the page."""
    for name in ("community_to_see", "community_to_edit"):
        monkeypatch.setattr(access, name, _plain_first(getattr(access, name)))
    for name in ("with_counts", "with_place"):
        monkeypatch.setattr(frame, name, _when_used(getattr(frame, name)))


def _plain_first(fetch):
    def plain_first(user, slug, *, among=None):
        found = fetch(user, slug)
        return found if among is None else fetch(user, slug, among=among)

    return plain_first


def _when_used(make):
    return lambda *args: SimpleLazyObject(lambda: make(*args))


@pytest.fixture(scope="package")
def planted(django_db_setup, django_db_blocker, media) -> Planted:
    """Some of it was public, found, looked at by everybody, and is not public any more."""
    with _undone(django_db_blocker):
        with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media):
            made = _planted()
        yield made


@contextmanager
def _undone(blocker):
    """Also when planting fails: else every later test on this worker meets half of it."""
    logging.disable(logging.WARNING)
    whole = transaction.atomic()
    with blocker.unblock():
        whole.__enter__()
    try:
        yield
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)
        logging.disable(logging.NOTSET)


def _planted() -> Planted:
    for cache in caches.all():
        cache.clear()
    catalogue.forget()
    stencils.forget()
    outbox = mail.outbox = []
    with TestCase.captureOnCommitCallbacks(execute=True):
        made = plant()
    for role in ("author", "staff", "visitor"):
        seen = warm(_client(made, role))
        # While it was public everybody saw it, and the pages were kept.
        assert made.open_words <= seen, role
    made.generation = Generation.current()
    made.kept = _kept_pages()
    with TestCase.captureOnCommitCallbacks(execute=True):
        take_down(made)
    made.letters = list(outbox)
    return made


def _kept_pages() -> dict:
    """All that is in the memory of pages: {key: (page, version)}."""
    memory = caches["pages"]
    found = [whole.split(":", 2) for whole in memory._cache]
    return {key: (memory.get(key, version=int(n)), int(n)) for _, n, key in found}


def _client(planted: Planted, role: str) -> Client:
    client = Client()
    if planted.of(role) is not None:
        client.force_login(planted.of(role))
    return client


@pytest.fixture
def client_of(planted):
    """client_of(role) is a browser of that role."""
    return lambda role: _client(planted, role)
