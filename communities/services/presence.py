"""Who is writing where, for their teammates. A notice and not a lock: it holds nobody back.

Kept in the shared memory of the site and not in the database, because it is out of date after two
minutes and nothing is lost with it.
"""

import time
from dataclasses import dataclass

from django.core.cache import cache

SECONDS = 120
# A place is noted again no sooner than this.
REFRESH = 20


@dataclass(frozen=True)
class Writer:
    name: str
    path: str


def note(community, user, path: str) -> None:
    """`user` writes at this address now. One read of the memory, and at most one write."""
    key, now = _key(community), time.time()
    here = _current(key)
    said = here.get(user.pk)
    if said and said[1] == path and now - said[2] < REFRESH:
        return
    cache.set(key, {**here, user.pk: (str(user), path, now)}, SECONDS)


def others_at(community, user) -> tuple[Writer, ...]:
    """Everybody else who wrote in this design within the last two minutes. No query."""
    here = _current(_key(community))
    return tuple(Writer(name, path) for pk, (name, path, _) in here.items() if pk != user.pk)


def _key(community) -> str:
    return f"writing:{community.pk}"


def _current(key: str) -> dict:
    oldest = time.time() - SECONDS
    found = cache.get(key) or {}
    return {pk: said for pk, said in found.items() if said[2] > oldest}
