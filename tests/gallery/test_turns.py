"""Whose turn it is to write in SQLite: whoever waits asks again until it is theirs."""

import sqlite3
from contextlib import closing

import pytest
from django.db import OperationalError, connection, transaction

from gallery import turns
from gallery.models import Generation

needs_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has its own")


@pytest.fixture
def somebody(transactional_db):
    """Another program that writes in the same database, until it commits."""
    name = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(name, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def asked(on_asking):
    """An execute wrapper below that of turns, which counts how often a statement is tried."""
    tried = []

    def counted(execute, sql, params, many, context):
        tried.append(sql)
        on_asking(len(tried))
        return execute(sql, params, many, context)

    return counted, tried


@needs_sqlite
def test_it_asks_until_the_other_is_done(somebody):
    def commit(times):
        if times == 4:
            somebody.execute("COMMIT")

    counted, tried = asked(commit)
    # The first in the list is the outermost.
    with connection.execute_wrapper(counted), transaction.atomic():
        pass
    assert tried == ["BEGIN IMMEDIATE"] * 4


@needs_sqlite
def test_a_single_statement_waits_too(somebody):
    counted, tried = asked(lambda times: somebody.execute("COMMIT") if times == 3 else None)
    with connection.execute_wrapper(counted):
        Generation.objects.filter(pk=0).update(number=1)
    assert len(tried) == 3


@needs_sqlite
def test_patience_ends(somebody, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0)
    with pytest.raises(OperationalError, match="locked"), transaction.atomic():
        pass
    somebody.execute("COMMIT")
    with transaction.atomic():
        Generation.objects.filter(pk=0).update(number=1)


@needs_sqlite
def test_other_faults_are_told_at_once(db):
    counted, tried = asked(lambda times: None)
    with (
        connection.execute_wrapper(counted),
        pytest.raises(OperationalError),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT 1 FROM nowhere")
    assert len(tried) == 1


@needs_sqlite
def test_within_a_transaction_nothing_is_done_twice(db):
    """What failed in the middle of one is the whole transaction's matter."""
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
    tried = []

    def execute(sql, params, many, context):
        tried.append(sql)
        raise OperationalError("database is locked") from busy

    with pytest.raises(OperationalError):
        turns.asked_again(execute, "UPDATE x", None, False, {"connection": connection})
    assert tried == ["UPDATE x"]
