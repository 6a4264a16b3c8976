"""Who is writing where, for their teammates, and who looks at what waits, for other reviewers.

A notice and not a lock: it holds nobody back. Kept in the shared memory of the site and not in the
database, because it is out of date after minutes and nothing is lost with it.
"""

import time
from dataclasses import dataclass

from django.core.cache import cache

SECONDS = 120
# Reading takes longer than a pause in writing.
LOOKING_SECONDS = 300
# A place is noted again no sooner than this.
REFRESH = 20


@dataclass(frozen=True)
class Writer:
    name: str
    path: str


def note(community, user, path: str) -> None:
    """`user` writes at this address now. One read of the memory, and at most one write."""
    _note(_key(community), user, path, SECONDS)


def others_at(community, user) -> tuple[Writer, ...]:
    """Everybody else who wrote in this design within the last two minutes. No query."""
    here = _current(_key(community))
    return tuple(Writer(name, path) for pk, (name, path, _) in here.items() if pk != user.pk)


def look(submission, user) -> None:
    """`user` has it on their screen now. One read of the memory, and at most one write."""
    _note(_looking(submission), user, "", LOOKING_SECONDS)


def lookers(submissions, *, but) -> dict[int, tuple[str, ...]]:
    """By submission, who else had it on their screen within the last minutes. No query."""
    keys = {_looking(submission): submission.pk for submission in submissions}
    found = cache.get_many(keys)
    here = {keys[key]: _since(said, LOOKING_SECONDS) for key, said in found.items()}
    return {
        number: tuple(name for pk, (name, _, _) in said.items() if pk != but.pk)
        for number, said in here.items()
    }


def _note(key: str, user, path: str, seconds: int) -> None:
    now = time.time()
    here = _since(cache.get(key) or {}, seconds)
    said = here.get(user.pk)
    if said and said[1] == path and now - said[2] < REFRESH:
        return
    cache.set(key, {**here, user.pk: (str(user), path, now)}, seconds)


def _key(community) -> str:
    return f"writing:{community.pk}"


def _looking(submission) -> str:
    return f"looking:{submission.pk}"


def _current(key: str) -> dict:
    return _since(cache.get(key) or {}, SECONDS)


def _since(said: dict, seconds: int) -> dict:
    oldest = time.time() - seconds
    return {pk: one for pk, one in said.items() if one[2] > oldest}
