"""What is promised about writing, tried in full: `python -m benchmarks.writing`.

On a database of its own, with production settings and real server processes: 500 savings of four
people while the server is killed again and again, then 2,000 of fifty people in ten designs. It
fails when a word is lost.
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.pens import ROOT, Pen, Server, write_at_once, write_under_fire

SECTIONS = ("structure", "people", "calendar")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.writing")
    parser.add_argument("--saves", type=int, default=500)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--editors", type=int, default=50)
    parser.add_argument("--designs", type=int, default=10)
    parser.add_argument("--edits", type=int, default=2_000)
    parser.add_argument("--database", default="", help="an empty PostgreSQL database; else SQLite")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="writing-") as folder:
        found = _tried(options, _environment(Path(folder), options.database))
    print(json.dumps(found, indent=1))
    return 0 if found["lost"] == found["errors"] == 0 else 1


def _environment(folder: Path, database: str) -> dict:
    kept = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    own = {"VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "gallery.settings", "DEBUG": "0"}
    own |= {"DATABASE_URL": database} if database else {}
    environment = {**kept, **own, "LOG_LEVEL": "CRITICAL", "EMAIL_URL": f"file://{folder}/letters"}
    for command in (["migrate"], ["collectstatic", "--no-input"]):
        subprocess.run(
            [sys.executable, "manage.py", *command, "--verbosity", "0"],
            cwd=ROOT,
            env=environment,
            check=True,
        )
    return environment


def _tried(options, environment: dict) -> dict:
    os.environ.update(environment)
    importlib.import_module("django").setup()
    server = Server(environment)
    server.start()
    try:
        killed = _under_fire(server, options)
        print(json.dumps(killed), flush=True)
        together = _at_once(server, options)
    finally:
        server.kill()
    at = f"{datetime.now(UTC):%Y-%m-%d %H:%M}"
    load = round(os.getloadavg()[0], 1)
    return {
        "at": at,
        "load": load,
        "killed": killed,
        "together": together,
        "lost": killed["lost"] + together["lost"],
        "errors": len(killed["wrong"]) + len(together["strange"]),
    }


def _under_fire(server: Server, options) -> dict:
    from django.db import connection

    from communities.models import Section

    [slug], [session] = people_and_designs(people=1, designs=1, name="fire")
    keys = (*SECTIONS, "risks")
    pens = [Pen(server, session, f"/studio/{slug}/document/{key}/") for key in keys[:4]]
    found = write_under_fire(server, pens, saves=options.saves, kills=options.kills, seed=7)
    rows = {row.template.key: row for row in Section.objects.select_related("template")}
    lost = [key for key, pen in zip(keys, pens, strict=True) if rows[key].body != pen.text]
    share = options.saves // 4
    # A saving that was lost or done twice would show in the count.
    miscounted = [key for key in keys if rows[key].revision != share]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found["integrity"] = cursor.fetchone()[0]
    return {**found, "lost": len(lost) + len(miscounted)}


def _at_once(server: Server, options) -> dict:
    from communities.models import Section

    slugs, sessions = people_and_designs(
        people=options.editors, designs=options.designs, name="many"
    )
    pens = [
        [
            Pen(server, session, f"/studio/{slugs[place % len(slugs)]}/document/{key}/")
            for key in SECTIONS
        ]
        for place, session in enumerate(sessions)
    ]
    found = write_at_once(pens, saves=options.edits, seed=11)
    texts = {
        f"/studio/{row.community.slug}/document/{row.template.key}/": set(row.body.split())
        for row in Section.objects.select_related("community", "template")
    }
    words = found.pop("words")
    lost = [word for path, word in words if word not in texts[path]]
    return {**found, "acknowledged": len(words), "lost": len(lost)}


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


if __name__ == "__main__":
    sys.exit(main())
