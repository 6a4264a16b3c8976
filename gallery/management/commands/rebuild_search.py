from django.core.management.base import BaseCommand

from gallery import index


class Command(BaseCommand):
    help = "Writes the search index anew from what is published."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="Write only what differs from what is published."
        )

    def handle(self, *args, check, verbosity, **options):
        if check:
            wrong = index.repair()
            self.stdout.write(f"{wrong} put right." if wrong else "The index is right.")
            return
        report = self._report if verbosity > 1 else lambda done: None
        self.stdout.write(f"{index.rebuild(report)} designs indexed.")

    def _report(self, done):
        self.stdout.write(f"{done} …")
