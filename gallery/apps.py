from django.apps import AppConfig


class GalleryConfig(AppConfig):
    name = "gallery"

    def ready(self):
        from . import checks, receivers  # noqa: F401  registered when the apps are ready
