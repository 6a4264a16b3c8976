"""Whose turn it is to write in SQLite, where one writes at a time.

SQLite lets whoever waits ask again less and less often, so that those who came last are first and,
out of fifty, some are never served. Here all ask equally often: each wait of SQLite's is short
(BUSY_TIMEOUT) and begins anew until somebody's PATIENCE ends.
"""

import sqlite3
import time

from django.db import OperationalError

# Milliseconds. The first of SQLite's intervals are 1, 2, 5, 10, 15 and 20.
BUSY_TIMEOUT = 60
# Seconds. A browser waits for 30.
PATIENCE = 20


def wait_in_turn(*, connection, **_):
    """Receiver of connection_created."""
    if connection.vendor == "sqlite":
        connection.connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT}")
        if asked_again not in connection.execute_wrappers:
            connection.execute_wrappers.append(asked_again)


def asked_again(execute, sql, params, many, context):
    """Runs one statement, and again while somebody else writes.

    Only where it is a transaction of its own, or begins one: then nothing of it was done.
    """
    if many or context["connection"].in_atomic_block:
        return execute(sql, params, many, context)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return execute(sql, params, many, context)
        except OperationalError as error:
            if not _is_busy(error) or time.monotonic() > end:
                raise


def _is_busy(error: OperationalError) -> bool:
    code = getattr(error.__cause__, "sqlite_errorcode", 0)
    # The low byte is the error, the rest tells which kind of it.
    return code & 0xFF == sqlite3.SQLITE_BUSY
