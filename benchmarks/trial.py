"""A site of its own for a trial: production settings, an empty database, people and designs."""

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.places import letters_into
from benchmarks.server import ROOT


def environment(folder: Path, database: str) -> dict[str, str]:
    """For processes of a site that is all below `folder`, but for `database` if one is named.

    The database is migrated and the static files lie ready when this returns.
    """
    kept = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    own = {"VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "gallery.settings", "DEBUG": "0"}
    own |= {"DATABASE_URL": database} if database else {}
    made = {**kept, **own, "LOG_LEVEL": "ERROR", "EMAIL_URL": letters_into(folder)}
    for command in (["migrate"], ["collectstatic", "--no-input"]):
        manage(made, *command, "--verbosity", "0")
    return made


def manage(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def people_and_designs(*, people: int, designs: int, name: str) -> tuple[list[str], list[str]]:
    """So many designs, and the sessions of so many people who are in the teams of all of them."""
    from django.test import Client

    from accounts.models import User
    from communities.services.starting import start_community
    from communities.services.team import add_teammate

    users = [
        User.objects.create_user(f"{name}{n}@example.org", None, name=f"{name.title()} {n}")
        for n in range(people)
    ]
    slugs = []
    for number in range(designs):
        made = start_community(by=users[0], title=f"{name.title()} {number}")
        for user in users[1:]:
            add_teammate(made, user=user)
        slugs.append(made.slug)
    sessions = []
    for user in users:
        client = Client()
        client.force_login(user)
        sessions.append(client.cookies["sessionid"].value)
    return slugs, sessions
