"""Batches of work, made by a second process while the first one writes."""

import gc
import pickle
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from typing import TypeVar

AHEAD = 2
Asked, Made = TypeVar("Asked"), TypeVar("Made")


def made_ahead(make: Callable[[Asked], Made], batches: list[Asked]) -> Iterator[Made]:
    """What `make` makes of each batch, in order. A single one is not worth another process."""
    if len(batches) < 2:
        yield from map(make, batches)
        return
    # Begun anew and not forked, so that it shares no connection to the database.
    context = get_context("spawn")
    here, there = context.Pipe()
    helper = context.Process(target=_work, args=(there, pickle.dumps(make)), daemon=True)
    helper.start()
    there.close()
    with here:
        for batch in batches[:AHEAD]:
            here.send(batch)
        for place in range(len(batches)):
            made = here.recv()
            for batch in batches[place + AHEAD : place + AHEAD + 1]:
                here.send(batch)
            yield made
    helper.join()


def _work(pipe, packed: bytes) -> None:
    """Until the other end is closed, or gone with its process."""
    # Local: a process that begins anew must know of it before it can unpack anything.
    import django

    django.setup()
    make = pickle.loads(packed)  # noqa: S301  made by ourselves above
    # Nothing is left in circles, and looking for them takes a tenth of the time.
    gc.disable()
    with suppress(EOFError, BrokenPipeError):
        while True:
            pipe.send(make(pipe.recv()))
