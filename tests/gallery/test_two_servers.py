"""What is published in one process is in the next answer of every other, over real HTTP."""

import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection

import pytest
from django.conf import settings

from communities import workflow
from communities.enums import Action
from communities.models import Submission
from tests import factories
from tests.servers import database_url

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 40


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def server(folder):
    """One gunicorn with one worker; gives a function that fetches a page from it."""
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "gallery.settings",
        "VAR_DIR": str(folder),
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "WEB_WORKERS": "1",
        # Plain names of static files, so that nothing has to be collected.
        "DEBUG": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "gallery/gunicorn.py"],
        cwd=settings.BASE_DIR,
        env=environment,
    )

    def fetch(address: str) -> str:
        visitor = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        visitor.request("GET", address)
        answer = visitor.getresponse()
        text = answer.read().decode()
        visitor.close()
        assert answer.status == 200, text
        return text

    try:
        _wait_until_it_answers(fetch)
        yield fetch
    finally:
        process.terminate()
        process.wait(timeout=SECONDS)


def _wait_until_it_answers(fetch) -> None:
    for _ in range(SECONDS * 5):
        try:
            fetch("/healthz")
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the server did not start")


def test_a_publication_is_in_the_next_answer_of_every_server(tmp_path):
    author = factories.person("Amara T.")
    staff = factories.person("Robin S.", is_staff=True)
    factories.published(author, staff, "The Mending Circle")
    with ExitStack() as servers:
        fetches = [servers.enter_context(server(tmp_path / name)) for name in ("one", "two")]
        pages = ("/designs/", "/designs/?q=lantern", "/designs/?value=care")
        assert all("Lantern Camp" not in fetch(page) for fetch in fetches for page in pages)

        submission = factories.submitted(author, "Lantern Camp")
        factories.approve(submission, by=staff)
        assert all("Lantern Camp" in fetch(page) for fetch in fetches for page in pages)

        published = Submission.objects.get(pk=submission.pk)
        workflow.move(
            published, Action.UNPUBLISH, by=staff, revision=published.revision, note="Because."
        )
        assert all("Lantern Camp" not in fetch(page) for fetch in fetches for page in pages)
        assert all("The Mending Circle" in fetch("/designs/") for fetch in fetches)
