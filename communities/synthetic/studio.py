"""Drafts in batches, made by a second process while the first one writes."""

from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import get_context

from .designs import Brief, Designer, Draft

AHEAD = 2


def drafts(brief: Brief, batches: list[list[int]]) -> Iterator[list[Draft]]:
    """One list for each batch of numbers. A single batch is not worth another process."""
    if len(batches) < 2:
        designer = Designer(brief)
        yield from ([designer.draft(number) for number in batch] for batch in batches)
        return
    # Begun anew and not forked, so that it shares no connection to the database.
    context = get_context("spawn")
    here, there = context.Pipe()
    helper = context.Process(target=_draft, args=(there, brief), daemon=True)
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


def _draft(pipe, brief: Brief) -> None:
    """Until the other end is closed, or gone with its process."""
    designer = Designer(brief)
    with suppress(EOFError, BrokenPipeError):
        while True:
            pipe.send([designer.draft(number) for number in pipe.recv()])
