from django.apps import AppConfig
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class GalleryConfig(AppConfig):
    name = "gallery"

    def ready(self):
        from . import checks, receivers, turns  # noqa: F401  registered when the apps are ready

        connection_created.connect(turns.wait_in_turn)
        pre_migrate.connect(take_time, sender=self)
        post_migrate.connect(hurry_again, sender=self)


def take_time(*, using: str, **kwargs) -> None:
    """A migration reads whole tables, which may take longer than a page ever should."""
    _on_postgresql(using, "SET statement_timeout = 0")


def hurry_again(*, using: str, **kwargs) -> None:
    _on_postgresql(using, "RESET statement_timeout")


def _on_postgresql(using: str, sql: str) -> None:
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute(sql)
