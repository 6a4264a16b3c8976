"""Wrong settings stop the process and say what to write instead."""

import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models.signals import post_migrate, pre_migrate

STRICT = "Strict-Transport-Security"
ANSWER = f"""
import django
from django.test import Client
django.setup()
print(Client().get("/robots.txt", secure=True, headers={{"host": "localhost"}}).get("{STRICT}"))
"""


def _check(tmp_path, **environment):
    return _run(tmp_path, "manage.py", "check", **environment)


def _run(tmp_path, *arguments, **environment):
    command = [sys.executable, *arguments]
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    environment = {**kept, "VAR_DIR": str(tmp_path), **environment}
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("environment", "hint"),
    [
        ({"EMAIL_URL": "smtp+tls://me:secret@mail.example.org"}, "submission://name:password@"),
        ({"ALLOWED_HOSTS": "gallery.example.org"}, "SECRET_KEY must be set"),
        ({"API_REQUESTS_PER_MINUTE": "-1"}, "or 0 for no limit"),
        ({"HSTS": "everything"}, "HSTS is none of off, host, subdomains and preload."),
    ],
)
def test_what_cannot_work_is_refused_with_a_hint(tmp_path, environment, hint):
    ended = _check(tmp_path, **environment)
    assert ended.returncode != 0
    assert hint in ended.stderr
    assert "secret@" not in ended.stderr


@pytest.mark.parametrize(
    ("environment", "header"),
    [
        ({}, "None"),
        ({"HSTS": "preload"}, "None"),
        ({"HTTPS": "1"}, "max-age=31536000"),
        ({"HTTPS": "1", "HSTS": "off"}, "None"),
        ({"HTTPS": "1", "HSTS": "subdomains"}, "max-age=31536000; includeSubDomains"),
        ({"HTTPS": "1", "HSTS": "preload"}, "max-age=31536000; includeSubDomains; preload"),
    ],
)
def test_browsers_are_told_of_no_host_but_the_operators(tmp_path, environment, header):
    names = {"DJANGO_SETTINGS_MODULE": "gallery.settings"}
    ended = _run(tmp_path, "-c", ANSWER, **names, **environment)
    assert (ended.stdout.strip(), ended.returncode) == (header, 0), ended.stderr


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite ends no statement")
@pytest.mark.django_db
def test_a_migration_takes_the_time_it_needs():
    def limit():
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            return cursor.fetchone()[0]

    gallery = apps.get_app_config("gallery")
    usual = limit()
    pre_migrate.send(gallery, app_config=gallery, using=connection.alias)
    during = limit()
    post_migrate.send(gallery, app_config=gallery, using=connection.alias)
    assert (usual, during, limit()) == ("15s", "0", "15s")
