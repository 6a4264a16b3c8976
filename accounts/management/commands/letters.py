from django.core.management.base import BaseCommand

from accounts.notices import deliver


class Command(BaseCommand):
    help = (
        "Sends the letters that are due: those that waited until a decision could no longer be"
        " undone, and those the mail server refused. Every few minutes."
    )

    def handle(self, *args, **options):
        sent = 0
        while batch := deliver():
            sent += batch
        self.stdout.write("1 letter sent." if sent == 1 else f"{sent} letters sent.")
