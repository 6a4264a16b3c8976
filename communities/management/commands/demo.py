import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from communities.demo import content
from communities.demo.loader import load, was_interrupted
from communities.models import Community


class Command(BaseCommand):
    help = (
        "Add the demo's people, cohorts and forty designs; those that are here already are left"
        " as they are. No letters are sent."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="only when there is no design yet"
        )

    def handle(self, *, if_empty, **options):
        designs = content.designs()
        if if_empty and (settings.IS_PUBLIC or _is_taken(designs)):
            return
        if settings.IS_PUBLIC:
            raise CommandError("The demo's passwords are public: not on a public host.")
        started = time.monotonic()
        self.stdout.write("Making the demo content, once; this takes about half a minute …")
        count = load(self.stdout.write, designs)
        self.stdout.write(f"{count} designs added in {time.monotonic() - started:.0f} s.")


def _is_taken(designs: list[dict]) -> bool:
    """Somebody works here already, or the demo stands whole."""
    return Community.objects.exists() and not was_interrupted(designs)
