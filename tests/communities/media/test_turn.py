"""Large forms are taken in one at a time, so that pages find the interpreter free."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from communities.media import sandbox, turn
from communities.models import Photo
from tests import factories

from . import corpus


@pytest.fixture
def others():
    """Somebody else's thread."""
    with ThreadPoolExecutor(1) as pool:
        yield lambda work, *args: pool.submit(work, *args)


@pytest.fixture
def held(others):
    """It is somebody else's turn while the test runs."""
    others(turn.begin, turn.LARGE).result()
    yield
    others(turn.end).result()


def large_jpeg() -> bytes:
    return corpus.jpeg() + b"\0" * turn.LARGE


def test_the_next_one_waits_until_the_first_has_ended(others):
    turn.begin(turn.LARGE)
    began = threading.Event()
    second = others(lambda: (began.set(), turn.begin(turn.LARGE), turn.has_it()))
    assert began.wait(5)
    assert not second.done()
    turn.end()
    assert second.result(5)[-1]
    others(turn.end).result()


def test_words_do_not_wait(held):
    turn.begin(turn.LARGE - 1)
    assert not turn.has_it()


def test_who_sends_slowly_holds_up_nobody_for_long(held, monkeypatch, others):
    monkeypatch.setattr(turn, "PATIENCE", 0.01)
    turn.begin(turn.LARGE)
    # Going on without a turn ends nobody else's.
    turn.end()
    assert not turn.has_it()
    assert others(turn.has_it).result()


def test_an_upload_lets_the_next_one_in_before_it_is_decoded(cast, sign_in, others, monkeypatch):
    made = factories.community(cast.author)
    seen = []

    def run(command, **options):
        seen.append(turn.has_it())
        others(turn.begin, turn.LARGE).result(1)
        seen.append(others(turn.has_it).result())
        others(turn.end).result()
        return original(command, **options)

    original = sandbox.subprocess.run
    monkeypatch.setattr(sandbox.subprocess, "run", run)
    key, file = "0" * 32, SimpleUploadedFile("large.jpg", large_jpeg())
    address = reverse("studio_photo_add", args=[made.slug])
    answer = sign_in(cast.author).post(address, {"key": key, "photos": file})
    assert (answer.status_code, Photo.objects.count()) == (201, 1)
    assert seen[:2] == [False, True]


@pytest.mark.parametrize(
    ("who", "most", "status"), [("author", 10, 422), ("classmate", 25 * 1024**2, 404)]
)
def test_the_turn_ends_with_the_answer_whatever_it_is(
    cast, sign_in, settings, monkeypatch, who, most, status
):
    settings.PHOTO_MAX_BYTES = most
    made = factories.community(cast.author)
    seen, begin = [], turn.begin
    monkeypatch.setattr(turn, "begin", lambda length: (begin(length), seen.append(turn.has_it())))
    file = SimpleUploadedFile("large.jpg", large_jpeg())
    address = reverse("studio_photo_add", args=[made.slug])
    answer = sign_in(getattr(cast, who)).post(address, {"key": "0" * 32, "photos": file})
    assert answer.status_code == status
    assert (seen, turn.has_it()) == ([True], False)
