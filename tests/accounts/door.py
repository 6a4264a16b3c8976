"""The public door: what a person does in a browser to come in, as short functions."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.urls import reverse

from tests.factories import PASSWORD

NEW_PASSWORD = "another sentence of mine"


def code_in(letter) -> str:
    return re.search(r"^ {4}(\S+)$", letter.body, re.MULTILINE)[1]


def last_code() -> str:
    return code_in(mail.outbox[-1])


def sign_up(client, email="new@example.org", name="Nadia K.", password=NEW_PASSWORD, **more):
    answers = {"name": name, "email": email, "password1": password, **more}
    return client.post(reverse("account_signup"), answers)


def sign_in(client, email, password=PASSWORD, **more):
    answers = {"login": email, "password": password, **more}
    return client.post(reverse("account_login"), answers)


def type_code(client, name, code):
    return client.post(reverse(name), {"code": code})


def confirm_password(client, password=PASSWORD):
    return client.post(reverse("account_reauthenticate"), {"password": password})


def app_code(secret, steps=0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def set_up_app(client, password=PASSWORD) -> str:
    """Set up an authenticator app for the person who is signed in; the secret."""
    activate = reverse("mfa_activate_totp")
    client.get(activate)
    confirm_password(client, password)
    secret = client.get(activate).context["form"].secret
    # One step ahead, so that the code of now is left for signing in.
    answer = client.post(activate, {"code": app_code(secret, steps=1)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    return secret


def who(client):
    """The person whom the site takes the client for, or None."""
    user = client.get("/accounts/login/").wsgi_request.user
    return user if user.is_authenticated else None
