"""The decoder is a process of its own, bounded and without secrets."""

import importlib
import io
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from communities.media import Limits, Refused, sandbox
from communities.media.picture import WIDTHS

from . import corpus


@pytest.fixture
def decoder(tmp_path, monkeypatch):
    """A function that puts a program of the test in the decoder's place."""

    def replace(program: str):
        path = tmp_path / "stand_in.py"
        path.write_text(program)
        monkeypatch.setattr(sandbox, "DECODER", path)

    return replace


def media_files(files_left):
    return [name for name in files_left() if name != "stand_in.py"]


def test_the_decoder_imports_neither_django_nor_the_project():
    program = (
        "import runpy, sys; runpy.run_path(sys.argv[1]);"
        "print([n for n in sys.modules if n.split('.')[0] in ('django', 'communities')])"
    )
    command = [sys.executable, "-I", "-c", program, str(sandbox.DECODER)]

    assert subprocess.check_output(command, text=True).strip() == "[]"


def test_no_secret_reaches_the_decoder(take, decoder, tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", corpus.MARKER)
    seen = tmp_path / "media" / "environment"
    decoder(f"import os; open({str(seen)!r}, 'w').write(repr(dict(os.environ)))")

    with pytest.raises(Refused, match="damaged"):
        take(corpus.jpeg())

    assert "LANG" in seen.read_text()
    assert corpus.MARKER not in seen.read_text()
    assert os.environ["SECRET_KEY"] == corpus.MARKER


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import time; time.sleep(60)", "too_slow"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "too_slow"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "broken"),
        ("raise SystemExit(1)", "broken"),
        ("print('no answer')", "broken"),
    ],
)
def test_whatever_ends_the_decoder_is_a_refusal(take, decoder, files_left, program, code):
    decoder(program)

    with pytest.raises(Refused) as caught:
        take(corpus.jpeg(), limits=Limits(seconds=1, clock_seconds=1))

    assert caught.value.code == code
    assert media_files(files_left) == []


def test_a_full_disk_is_not_blamed_on_the_picture(take, decoder, files_left):
    decoder("""print('{"errno": 28, "detail": "No space left on device"}')""")

    with pytest.raises(OSError, match="not written") as caught:
        take(corpus.jpeg())

    assert caught.value.errno == 28
    assert media_files(files_left) == []


def test_an_ingest_that_finds_no_place_says_so(take, monkeypatch, files_left):
    monkeypatch.setattr(sandbox, "_slots", threading.BoundedSemaphore(1))

    with sandbox._slots, pytest.raises(Refused) as caught:
        take(corpus.jpeg(), limits=Limits(wait_seconds=0.05))

    assert caught.value.code == "busy"
    assert files_left() == []


def test_who_would_not_wait_gives_way_to_who_does(take, monkeypatch, files_left):
    """A place that has just become free belongs to those who waited for it."""
    monkeypatch.setattr(sandbox, "_slots", threading.BoundedSemaphore(1))
    with ThreadPoolExecutor(1) as pool:
        sandbox._slots.acquire()
        waits = pool.submit(take, corpus.jpeg())
        while not sandbox._waiting:
            time.sleep(0.001)
        with monkeypatch.context() as patch:
            patch.setattr(sandbox, "_slots", threading.BoundedSemaphore(1))
            with pytest.raises(Refused) as caught:
                take(corpus.jpeg(), limits=Limits(wait_seconds=0))
        assert caught.value.code == "busy"
        sandbox._slots.release()
        waits.result(timeout=20)
    assert take(corpus.jpeg(), limits=Limits(wait_seconds=0)).width == corpus.SIZE[0]


def test_only_so_many_decoders_run_at_once(take, monkeypatch):
    running, most = [], []

    def counted(*args, run=subprocess.run, **options):
        running.append(1)
        most.append(len(running))
        try:
            return run(*args, **options)
        finally:
            running.pop()

    monkeypatch.setattr(sandbox.subprocess, "run", counted)
    with ThreadPoolExecutor(6) as pool:
        pictures = list(pool.map(take, [corpus.jpeg()] * 6))

    assert max(most) == sandbox.AT_ONCE
    assert len({picture.files[0].name for picture in pictures}) == 6
    assert len({picture.content_hash for picture in pictures}) == 1


def test_files_that_are_written_at_once_do_not_take_each_others_options(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(sandbox.DECODER)
    writing = importlib.import_module("writing")
    noise = Image.effect_noise((1280, 640), 60).convert("RGB")

    files, _ = writing.write_files(noise, str(tmp_path), WIDTHS)

    assert {"1280.webp", "1280.jpg"} < {name for name, *_ in files}
    for name in ("1280.webp", "1280.jpg"):
        alone, ending = io.BytesIO(), name.rpartition(".")[2]
        noise.save(alone, writing.FORMATS[ending], **writing.SAVED_AS[ending])
        assert (tmp_path / name).read_bytes() == alone.getvalue()
