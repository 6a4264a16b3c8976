"""Everything is planted once for all roles: each walk starts from there and is rolled back."""

import logging
from contextlib import contextmanager

import pytest
from django.core import mail
from django.core.cache import caches
from django.db import transaction
from django.test import Client, TestCase, override_settings

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
