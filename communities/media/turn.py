"""Whose turn it is to be taken in: one large form at a time in each process of the server.

Reading a form, and all that is asked before its picture is decoded, is work of the interpreter,
which threads share evenly: while ten uploads come in at once, a page would get an eleventh of it.
"""

import threading

# In bytes: the sizes of photographs and documents, not of words.
LARGE = 256 * 1024
# In seconds. Whoever sends slowly holds up nobody for longer.
PATIENCE = 2.0
_turn = threading.Lock()
_thread = threading.local()


def begin(length: int) -> None:
    """Wait until nobody else is being taken in, or until PATIENCE ends; nothing if it is small."""
    if length >= LARGE and not has_it():
        _thread.has_it = _turn.acquire(timeout=PATIENCE)


def end() -> None:
    """Let the next one in. Does nothing for whoever has no turn."""
    if has_it():
        _thread.has_it = False
        _turn.release()


def has_it() -> bool:
    """Whether it is this thread's turn."""
    return getattr(_thread, "has_it", False)
