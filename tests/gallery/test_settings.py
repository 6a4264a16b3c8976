"""Wrong settings stop the process and say what to write instead."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


def _check(tmp_path, **environment):
    command = [sys.executable, "manage.py", "check"]
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
    ],
)
def test_what_cannot_work_is_refused_with_a_hint(tmp_path, environment, hint):
    ended = _check(tmp_path, **environment)
    assert ended.returncode != 0
    assert hint in ended.stderr
    assert "secret@" not in ended.stderr
