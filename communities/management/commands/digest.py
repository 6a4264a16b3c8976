from django.core.management.base import BaseCommand

from accounts.notices import deliver
from communities.digest import send_digest


class Command(BaseCommand):
    help = "Tells staff what waits longer than was promised. Once a day; again it tells nobody."

    def handle(self, *args, **options):
        late = send_digest()
        deliver()
        self.stdout.write(f"{late} past promise." if late else "Nothing waits too long.")
