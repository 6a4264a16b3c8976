from django.apps import AppConfig
from django.db.backends.signals import connection_created


class GalleryConfig(AppConfig):
    name = "gallery"

    def ready(self):
        from . import checks, receivers, turns  # noqa: F401  registered when the apps are ready

        connection_created.connect(turns.wait_in_turn)
