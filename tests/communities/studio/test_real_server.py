"""Writing and sending pictures through real server processes that are killed, and many at once.

`python -m benchmarks.writing` and `python -m benchmarks.pictures` try the same at length.
"""

import os

import pytest
from django.conf import settings

from benchmarks import pictures
from benchmarks.server import Server
from benchmarks.writing import tried_at_once, tried_under_fire
from tests.servers import database_url


@pytest.fixture
def server(transactional_db, tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "VAR_DIR": str(tmp_path),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "LOG_LEVEL": "ERROR",
    }
    server = Server(environment, folder=tmp_path)
    server.start()
    yield server
    server.kill()


def test_a_killed_server_loses_nothing_that_it_acknowledged(server):
    found = tried_under_fire(server, saves=40, kills=2)
    assert found.pop("integrity", "ok") == "ok"
    assert found == {
        "acknowledged": 40,
        "kills": 2,
        "missing": 0,
        "half_written": 0,
        "repeated": 0,
        "wrong": [],
    }


def test_many_in_one_design_overwrite_nothing_and_meet_no_fault(server):
    found = tried_at_once(server, editors=8, designs=1, edits=40)
    assert (found["together"], found["lost_updates"], found["strange"]) == (40, 0, [])
    assert set(found["statuses"]) <= {200, 409}
    assert found["statuses"][200] == 40


def test_a_killed_server_loses_no_picture_and_leaves_no_file_behind(server):
    found = pictures.tried_under_fire(server, uploads=8, kills=2)
    assert {name: found[name] for name in ("uploads", "acknowledged", "kills")} == {
        "uploads": 8,
        "acknowledged": 8,
        "kills": 2,
    }
    assert found["faults"] == {
        "other answers": 0,
        "rows without file": 0,
        "files without row": 0,
        "acknowledged and missing": 0,
        "twice": 0,
        "uploads left": 0,
    }
