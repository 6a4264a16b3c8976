"""Real servers on the test's own database."""

from django.db import connection


def database_url() -> str:
    """The address of the test's own database, for another process."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    person = f"{facts['USER']}:{facts['PASSWORD']}@" if facts["USER"] else ""
    host = facts["HOST"].replace("/", "%2F")
    port = f":{facts['PORT']}" if facts["PORT"] else ""
    return f"postgres://{person}{host}{port}/{facts['NAME']}"
