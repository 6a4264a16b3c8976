import os

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.demo_people import DEMO_PASSWORD, DEMO_PEOPLE
from accounts.models import User


class Command(BaseCommand):
    help = "Says where the site is, who can sign in to the demo content, and how to stop."

    def handle(self, *args, **options):
        host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
        if host in ("", "0.0.0.0", "::"):  # noqa: S104  named to be replaced
            host = "127.0.0.1"
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(f"\n{settings.SITE_NAME} is at http://{shown}:{port}/\n")
        if people := self._who_can_sign_in():
            self._introduce(people)
        self.stdout.write("Stop with Ctrl+C.\n")

    def _who_can_sign_in(self):
        """Demo people whose password is still the public one."""
        users = {
            user.email: user
            for user in User.objects.filter(is_active=True).filter(
                email__in=[person.email for person in DEMO_PEOPLE]
            )
        }
        return [
            person
            for person in DEMO_PEOPLE
            if person.email in users and users[person.email].check_password(DEMO_PASSWORD)
        ]

    def _introduce(self, people):
        self.stdout.write("Demo accounts (e-mail address, password):")
        width = max(len(person.email) for person in people)
        for person in people:
            who = f"{person.name}, {person.part}"
            self.stdout.write(f"  {person.email:<{width}}  {DEMO_PASSWORD}  {who}")
        self.stdout.write("")
