"""Starts the decoder for one file and turns its end, whatever it is, into an answer."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from . import turn
from .picture import WIDTHS, Limits, refusal

log = logging.getLogger(__name__)

DECODER = Path(__file__).with_name("decoder")
# One for each worker of the server, of which there are as many as processors: more at once would
# only take time from the pages. Each encodes in threads of its own.
AT_ONCE = 1
_slots = threading.BoundedSemaphore(AT_ONCE)
# One entry for each who waits for a place.
_waiting: list[None] = []


def decode(
    source: Path, kind: str, limits: Limits, *, blur: Sequence = (), only: list | None = None
) -> dict[str, Any]:
    """The decoder's description of the clean files, which lie beside `source`.

    `blur` are rectangles to make unrecognisable, `only` the files to make if not all: see
    decoder/__main__.py. Waits for one of this process's `AT_ONCE` places. Raises Refused, or
    OSError when the files could not be written.
    """
    job = {"source": str(source), "kind": kind, "folder": str(source.parent), **asdict(limits)}
    job |= {"blur": list(blur), "only": only, "widths": WIDTHS}
    with _one_slot(limits):
        try:
            ended = subprocess.run(
                [sys.executable, "-I", str(DECODER), json.dumps(job)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_bare_environment(),
                cwd=source.parent,
                timeout=limits.clock_seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise refusal("too_slow", limits) from None
    return _answer(ended, limits)


@contextmanager
def _one_slot(limits: Limits) -> Iterator[None]:
    """Whoever would not wait gives way to all who do, even if the place is free this moment."""
    # All that is left to do until the picture is decoded is waiting.
    turn.end()
    if not limits.wait_seconds and _waiting:
        raise refusal("busy", limits)
    _waiting.append(None)
    try:
        has_place = _slots.acquire(timeout=limits.wait_seconds)
    finally:
        _waiting.pop()
    if not has_place:
        raise refusal("busy", limits)
    try:
        yield
    finally:
        _slots.release()


def _bare_environment() -> dict[str, str]:
    """No secret of the site reaches the process that reads hostile bytes."""
    # A heap for each of two encoding threads; every further one reserves bounded address space.
    # What is larger than a megabyte is given back when it is freed: a fifth less at the peak.
    environment = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "1048576"}
    if "LD_LIBRARY_PATH" in os.environ:  # some Python installations cannot start without it
        environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
    return environment


def _answer(ended: subprocess.CompletedProcess[bytes], limits: Limits) -> dict[str, Any]:
    try:
        # The last line, as a library below Pillow may print warnings of its own.
        answer = json.loads(ended.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        log.warning("picture decoder ended with %d and no answer", ended.returncode)
        raise refusal(_code_without_answer(ended.returncode), limits) from None
    if "errno" in answer:
        raise OSError(answer["errno"], f"clean picture not written: {answer['detail']}")
    if "refused" in answer:
        log.info("picture refused: %s %r", answer["refused"], answer.get("detail", ""))
        raise refusal(answer["refused"], limits)
    return answer


def _code_without_answer(returncode: int) -> str:
    out_of_time = {-signal.SIGKILL, -signal.SIGALRM, -signal.SIGXCPU}
    return "too_slow" if returncode in out_of_time else "broken"
