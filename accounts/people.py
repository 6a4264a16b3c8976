"""Closing an account for good."""

from importlib import import_module

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction

from .models import Enrolment, Notice, UnwantedLetters, User


@transaction.atomic
def close_account(person: User, *, name: str) -> None:
    """Nothing is left of who it was: no address, no password, no keys, no places, no sessions.

    The row stays under `name`, because the record of what was done refers to it.
    """
    for model in (EmailAddress, Authenticator, Enrolment, Notice, UnwantedLetters):
        model.objects.filter(user=person).delete()
    _end_sessions(person)
    person.email = f"erased-{person.pk}@erased.invalid"
    person.name, person.former_names = name, []
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login = None
    person.set_unusable_password()
    person.save()


def _end_sessions(person: User) -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for session in Session.objects.iterator(chunk_size=500):
        data = store().decode(session.session_data)
        if data.get("_auth_user_id") == str(person.pk):
            session.delete()
