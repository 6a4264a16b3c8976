"""What a stranger at the door can neither do nor learn."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.door import (
    NEW_PASSWORD,
    last_code,
    set_up_app,
    sign_in,
    sign_up,
    type_code,
    who,
)
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

VERIFY = "account_email_verification_sent"
STUDIO = "/studio/"


def faceless(answer) -> str:
    """The page without what differs from visit to visit: its form token."""
    text = answer.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


# --- Sessions ---------------------------------------------------------------------------------


def test_the_session_rotates_at_sign_in(client, cast):
    client.get(reverse("account_reset_password"))
    client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    before = client.session.session_key
    sign_in(client, cast.author.email)
    after = client.session.session_key
    assert before is not None
    assert after != before
    assert not Session.objects.filter(session_key=before).exists()


def test_the_session_rotates_between_the_two_steps(client, cast):
    sign_in(client, cast.author.email)
    codes = client.session.session_key
    set_up_app(client)
    recovery = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    client.post(reverse("account_logout"))
    sign_in(client, cast.author.email)
    half_way = client.session.session_key
    type_code(client, "mfa_authenticate", recovery[0])
    assert len({codes, half_way, client.session.session_key}) == 3


def test_the_session_is_dead_after_sign_out(client, cast):
    sign_in(client, cast.author.email)
    stolen = Client()
    stolen.cookies["sessionid"] = client.cookies["sessionid"].value
    assert who(stolen) == cast.author
    client.post(reverse("account_logout"))
    assert who(stolen) is None


@pytest.mark.parametrize("way", ["change", "reset"])
def test_a_new_password_signs_out_everywhere_else(client, cast, way):
    elsewhere = Client()
    sign_in(elsewhere, cast.author.email)
    assert who(elsewhere) == cast.author
    if way == "change":
        sign_in(client, cast.author.email)
        answers = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}
        client.post(reverse("account_change_password"), answers)
        assert who(client) == cast.author
    else:
        client.post(reverse("account_reset_password"), {"email": cast.author.email})
        type_code(client, "account_confirm_password_reset_code", last_code())
        complete = reverse("account_complete_password_reset")
        client.post(complete, {"password1": NEW_PASSWORD})
    assert who(elsewhere) is None


def test_pages_of_signed_in_people_are_kept_by_nobody(client, cast):
    sign_in(client, cast.author.email)
    for url in ("/accounts/", reverse("account_email"), reverse("mfa_index")):
        assert "no-store" in client.get(url)["Cache-Control"]


# --- Ways off the site ------------------------------------------------------------------------

FOREIGN = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "http:///evil.example",
    "javascript:alert(1)",
    "https://localhost/",
    "http://testserver@evil.example/",
    "/studio/\r\nSet-Cookie: a=b",
    "\x00/studio/",
]


@pytest.mark.parametrize("address", FOREIGN)
def test_next_never_leads_off_the_site(client, cast, address):
    answer = sign_in(client, cast.author.email, next=address)
    assert answer.url in (STUDIO, "/studio/%0D%0ASet-Cookie:%20a=b")
    assert "Set-Cookie" not in answer.headers
    assert client.get(reverse("account_login"), {"next": address}).url == answer.url
    out = client.post(reverse("account_logout"), {"next": address})
    assert out.url in ("/", "/studio/%0D%0ASet-Cookie:%20a=b")


def test_next_leads_on_within_the_site(client, cast):
    assert sign_in(client, cast.author.email, next="/designs/?q=a").url == "/designs/?q=a"


# --- Guessing ---------------------------------------------------------------------------------


def test_guessing_a_password_ends_after_five_tries(client, cast):
    for _ in range(5):
        assert sign_in(client, cast.author.email, "not it at all").status_code == 422
    answer = sign_in(client, cast.author.email, PASSWORD)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "300"
    page = answer.content.decode()
    assert "Too many attempts. Wait, five minutes at most, then try again." in page
    assert f'value="{cast.author.email}"' in page
    # Others at the same address are not shut out.
    assert sign_in(client, cast.teammate.email).url == STUDIO


def test_the_limit_is_the_same_for_an_address_without_account(client):
    answers = [sign_in(client, "nobody@example.org").status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_guessing_the_second_step_ends_after_five_tries(client, cast):
    sign_in(client, cast.author.email)
    set_up_app(client)
    client.post(reverse("account_logout"))
    sign_in(client, cast.author.email)
    answers = [type_code(client, "mfa_authenticate", "000000").status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    assert who(client) is None


def test_letters_cannot_be_poured_on_somebody(client, cast):
    reset = reverse("account_reset_password")
    answers = [client.post(reset, {"email": cast.author.email}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert len(mail.outbox) == 5
    assert '<h1 class="t4">Too many attempts</h1>' in answers[-1].content.decode()
    assert answers[-1]["Retry-After"] == "300"


# --- Who has an account -----------------------------------------------------------------------


def test_sign_up_does_not_tell_who_has_an_account(cast):
    pages = []
    for email in ("stranger@example.org", cast.author.email):
        client = Client()
        answer = sign_up(client, email=email)
        assert answer.url == reverse(VERIFY)
        wrong = type_code(client, VERIFY, "BBBB-BBBB")
        pages.append(
            [faceless(page).replace(email, "") for page in (client.get(answer.url), wrong)]
        )
    assert pages[0] == pages[1]
    assert [letter.subject for letter in mail.outbox][1] == (
        "[Gatherings] You have an account already"
    )
    assert User.objects.filter(email=cast.author.email).count() == 1


def test_reset_does_not_tell_who_has_an_account(cast):
    pages = []
    for email in ("stranger@example.org", cast.author.email):
        client = Client()
        answer = client.post(reverse("account_reset_password"), {"email": email})
        wrong = type_code(client, "account_confirm_password_reset_code", "BBBB-BBBB")
        pages.append(
            [faceless(page).replace(email, "") for page in (client.get(answer.url), wrong)]
        )
    assert pages[0] == pages[1]
    assert mail.outbox[0].subject == "[Gatherings] There is no account with this address"


def test_sign_in_by_code_does_not_tell_who_has_an_account(cast):
    pages = []
    for email in ("stranger@example.org", cast.author.email):
        client = Client()
        answer = client.post(reverse("account_request_login_code"), {"email": email})
        wrong = type_code(client, "account_confirm_login_code", "BBBB-BBBB")
        pages.append(
            [faceless(page).replace(email, "") for page in (client.get(answer.url), wrong)]
        )
    assert pages[0] == pages[1]


def test_sign_in_does_not_tell_who_has_an_account(cast):
    pages = [
        faceless(sign_in(Client(), email, "not it at all")).replace(email, "")
        for email in ("stranger@example.org", cast.author.email)
    ]
    assert pages[0] == pages[1]
    assert "Address and password do not belong together." in pages[0]


def test_a_new_address_that_is_taken_does_not_tell(client, cast):
    sign_in(client, cast.author.email)
    email = reverse("account_email")
    ask = client.post(email, {"email": cast.classmate.email, "action_add": ""})
    answer = client.post(ask.url, {"password": PASSWORD, "next": email})
    assert answer.url == reverse(VERIFY)
    type_code(client, VERIFY, last_code())
    assert User.objects.get(pk=cast.author.pk).email == cast.author.email


# --- Closed accounts --------------------------------------------------------------------------


@pytest.fixture
def closed(cast):
    cast.author.is_active = False
    cast.author.save()
    return cast.author


def test_a_closed_account_lets_nobody_in(client, closed):
    answer = sign_in(client, closed.email)
    assert answer.url == reverse("account_inactive")
    assert "This account is closed" in client.get(answer.url).content.decode()
    assert who(client) is None
    client.post(reverse("account_request_login_code"), {"email": closed.email})
    client.post(reverse("account_reset_password"), {"email": closed.email})
    assert {letter.subject for letter in mail.outbox} == {
        "[Gatherings] There is no account with this address"
    }


def test_closing_an_account_ends_its_session(client, cast):
    sign_in(client, cast.author.email)
    User.objects.filter(pk=cast.author.pk).update(is_active=False)
    assert who(client) is None


# --- What is typed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "This password is too short."),
        ("password1234", "This password is too common."),
        ("nadia@example.org", "The password is too similar to the e-mail address."),
        ("x" * 1001, "Use at most 1000 characters."),
        ("a\x00 long enough one", "Null characters are not allowed."),
    ],
)
def test_a_weak_password_is_refused_and_the_rest_is_kept(client, password, why):
    answer = sign_up(client, email="nadia@example.org", password=password)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert why in page
    assert 'value="Nadia K."' in page
    assert 'value="nadia@example.org"' in page
    assert password not in page.replace("nadia@example.org", "") or password == "short"
    assert User.objects.count() == 0


ANONYMOUS = {
    "account_login": ["login", "password", "next"],
    "account_signup": ["name", "email", "password1", "next"],
    "account_reset_password": ["email", "next"],
    "account_request_login_code": ["email", "next"],
    "mfa_login_webauthn": ["credential", "next"],
    VERIFY: ["code", "action", "next"],
    "account_confirm_login_code": ["code", "action", "next"],
    "account_confirm_password_reset_code": ["code", "next"],
    "mfa_authenticate": ["code", "credential"],
}
MEMBERS = {
    "account_details": ["name"],
    "account_email": ["email", "action_add"],
    "account_change_password": ["oldpassword", "password1", "next"],
    "account_reauthenticate": ["password", "next"],
    "mfa_activate_totp": ["code"],
    "mfa_add_webauthn": ["name", "credential", "passwordless"],
    "mfa_reauthenticate": ["code", "next"],
    "mfa_reauthenticate_webauthn": ["credential", "next"],
}
HOSTILE = [
    "\x00",
    "a\x00b@example.org",
    "x" * 10_000,
    "x" * 9_980 + "@example.org",
    "x" * 60 + "@" + "y" * 60 + "." + "z" * 60 + "." + "w" * 60 + "." + "v" * 60 + ".org",
    "\ud7ff\u202e\u0007",
    "{}",
    "[]",
    "1",
    '"x"',
    "null",
    "[" * 9_000,
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {}}',
    '{"id": "!", "rawId": "!", "type": "public-key", "response": {"userHandle": "x"}}',
    '{"response": {"userHandle": null, "clientDataJSON": "", "authenticatorData": ""}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30",'
    '"authenticatorData":"YQ","signature":"YQ","userHandle":"YQ","attestationObject":"YQ"}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"////",'
    '"authenticatorData":"YQ","signature":"YQ","userHandle":"//8","attestationObject":"oA"}}',
]


@pytest.mark.parametrize("value", HOSTILE)
def test_no_field_can_break_the_door(client, cast, settings, value):
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False
    for name, fields in ANONYMOUS.items():
        answer = client.post(reverse(name), dict.fromkeys(fields, value))
        assert answer.status_code < 500, name
    sign_in(client, cast.author.email)
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for name, fields in MEMBERS.items():
        client.get(reverse(name))
        answer = client.post(reverse(name), dict.fromkeys(fields, value))
        assert answer.status_code < 500, name


@pytest.mark.parametrize("value", HOSTILE)
def test_no_credential_can_break_the_second_step(client, cast, settings, value):
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False
    sign_in(client, cast.author.email)
    set_up_app(client)
    client.post(reverse("account_logout"))
    sign_in(client, cast.author.email)
    client.get(reverse("mfa_authenticate"))
    for field in ("code", "credential"):
        answer = client.post(reverse("mfa_authenticate"), {field: value})
        assert answer.status_code == 422, field


def test_the_admin_has_no_door_of_its_own(client, cast):
    answer = client.get("/admin/login/", {"next": "/admin/"})
    assert answer.url == "/accounts/login/?next=%2Fadmin%2F"
    answer = client.post("/admin/login/", {"username": cast.staff.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert who(client) is None
    sign_in(client, cast.author.email)
    assert client.get("/admin/login/").status_code == 404
