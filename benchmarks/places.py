"""Where the bench keeps its databases: one for each size and engine, made once and reused."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
BENCH = Path(os.environ.get("BENCH_DIR", ROOT / "var" / "bench"))
LOCAL = "postgres://%2Fvar%2Frun%2Fpostgresql/bench"


@dataclass(frozen=True)
class Place:
    """A database with so many synthetic designs."""

    database: str
    designs: int

    @property
    def folder(self) -> Path:
        return BENCH / f"{self.database}-{self.designs}"

    @property
    def environment(self) -> dict[str, str]:
        """Production settings with quiet logs."""
        kept = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
        more = {"VAR_DIR": str(self.folder), "DJANGO_SETTINGS_MODULE": "gallery.settings"}
        more["EMAIL_URL"] = letters_into(self.folder)
        if self.database == "postgresql":
            more["DATABASE_URL"] = postgresql_url(self.designs)
        return {**kept, **more, "LOG_LEVEL": "ERROR", "DEBUG": "0"}

    def make(self) -> None:
        """Migrate and seed; quick when all is there."""
        if self.database == "postgresql":
            _create_database(self.designs)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._manage("migrate", "--verbosity", "0")
        self._manage("collectstatic", "--no-input", "--verbosity", "0")
        self._manage("rebuild_search", "--check")
        self._manage("seed", "--designs", str(self.designs))
        if self.database == "postgresql":
            _psql(postgresql_url(self.designs), "ANALYZE")

    def _manage(self, *arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True)


def letters_into(folder: Path) -> str:
    """EMAIL_URL of a site that keeps its letters there. With three slashes the path is relative."""
    return f"file:///{folder / 'letters'}"


def postgresql_url(size: int | str | None = None) -> str:
    """Of the database for a size, which is named after the one in BENCH_POSTGRES_URL."""
    url = urlsplit(os.environ.get("BENCH_POSTGRES_URL", LOCAL))
    path = url.path if size is None else f"{url.path}_{size}"
    return urlunsplit(url._replace(path=path))


def postgresql_is_there() -> str:
    """Empty when it can be used, else why not."""
    import psycopg

    try:
        psycopg.connect(_maintenance_url(), connect_timeout=3).close()
    except psycopg.Error as error:
        return str(error).strip().splitlines()[0]
    return ""


def _maintenance_url() -> str:
    return urlunsplit(urlsplit(postgresql_url())._replace(path="/postgres"))


def empty_postgresql() -> str:
    """The address of a database in which nothing is."""
    url = postgresql_url("empty")
    name = urlsplit(url).path.strip("/")
    _psql(_maintenance_url(), f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    _create_database("empty")
    return url


def _create_database(size: int | str) -> None:
    import psycopg

    name = urlsplit(postgresql_url(size)).path.strip("/")
    with psycopg.connect(_maintenance_url(), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            connection.execute(f'CREATE DATABASE "{name}"')


def _psql(url: str, sql: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql)
