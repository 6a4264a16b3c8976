"""A watch over every statement of the suite: nothing but communities/workflow.py writes a status.

tests/architecture/test_status.py reads the source for ways of writing that it knows; this sees what
reached a database, whatever wrote it: `row.save()` of a stale row, SQL, a form, the admin. It looks
on while all other tests run, on every connection of this process, so their coverage is its own.
"""

import re
import sys
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db.backends.signals import connection_created

TABLE = "communities_submission"
DOOR = str(Path(settings.BASE_DIR) / "communities" / "workflow.py")
WRITING = re.compile(
    rf'\b(update|insert|replace)\b(?:\s+(?:or\s+\w+|into|only))*\s+"?{TABLE}"?(?=[\s(])(.*)',
    re.IGNORECASE | re.DOTALL,
)
WHERE = re.compile(r"\bwhere\b", re.IGNORECASE)
STATUS = re.compile(r"\bstatus\b", re.IGNORECASE)


class BesideTheDoor(AssertionError):
    """A status was about to be written by something else."""


# What was seen since `take` was called last, in any thread.
_seen: list[str] = []
_is_open = False


def watch() -> None:
    """Look on at every connection that is opened from now on."""
    connection_created.connect(_look_on, dispatch_uid="tests.door")


def check() -> None:
    """Raise BesideTheDoor if anything was seen until now, even if it was caught."""
    if found := take():
        raise BesideTheDoor("Not by communities/workflow.py:\n" + "\n".join(found))


def take() -> list[str]:
    """What was seen until now; then it is forgotten."""
    found = _seen[:]
    _seen.clear()
    return found


@contextmanager
def opened():
    """For a test that makes rows by the thousand, as the workflow would have left them."""
    global _is_open
    _is_open = True
    try:
        yield
    finally:
        _is_open = False


def writes_status(sql: str) -> bool:
    """Whether a statement makes a submission, or may give one another status."""
    found = WRITING.search(sql)
    if found is None:
        return False
    verb, rest = found.groups()
    return verb.lower() != "update" or bool(STATUS.search(WHERE.split(rest)[0]))


def _look_on(*, connection, **_signal) -> None:
    # First, because `connection.execute_wrapper` takes away whatever is last.
    if _guard not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _guard)


def _guard(execute, sql, params, many, context):
    if TABLE in sql and not _is_open and writes_status(sql) and not _is_through_the_door():
        # Kept as well as raised: an answer 500 would swallow it.
        _seen.append(sql)
        raise BesideTheDoor(sql)
    return execute(sql, params, many, context)


def _is_through_the_door() -> bool:
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_filename == DOOR:
            return True
        frame = frame.f_back
    return False
