"""Whole ways through the public door."""

from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse

from accounts.models import User
from tests.accounts.door import (
    NEW_PASSWORD,
    app_code,
    confirm_password,
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


def test_sign_up_with_a_typed_code(client):
    answer = sign_up(client, email="New@Example.org")
    assert answer.url == reverse(VERIFY)
    assert who(client) is None
    [letter] = mail.outbox
    assert letter.subject == f"[Gatherings] Your code: {last_code()}"
    assert letter.to == ["new@example.org"]
    assert letter.body.startswith("Hello,\n\nWelcome to Gatherings. Type this code")
    assert letter.alternatives == []
    assert "new@example.org" in client.get(answer.url).content.decode()

    assert type_code(client, VERIFY, last_code()).url == STUDIO
    person = who(client)
    assert (person.name, person.email, person.is_staff) == ("Nadia K.", "new@example.org", False)


def test_sign_up_leads_to_where_the_person_was_going(client):
    sign_up(client, next="/designs/?value=play")
    assert type_code(client, VERIFY, last_code()).url == "/designs/?value=play"


def test_a_wrong_code_can_be_put_right(client):
    sign_up(client)
    answer = type_code(client, VERIFY, "BBBB-BBBB")
    assert answer.status_code == 422
    assert "This code is not right" in answer.content.decode()
    assert type_code(client, VERIFY, last_code().lower().replace("-", " ")).url == STUDIO


def test_three_wrong_codes_end_the_try(client):
    sign_up(client)
    code = last_code()
    for _ in range(3):
        answer = type_code(client, VERIFY, "BBBB-BBBB")
    assert answer.url == reverse("account_login")
    type_code(client, VERIFY, code)
    assert who(client) is None


def test_a_new_code_replaces_the_first(client, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False)
    sign_up(client)
    first = last_code()
    time_machine.shift(11)
    client.post(reverse(VERIFY), {"action": "resend"})
    assert len(mail.outbox) == 2
    assert type_code(client, VERIFY, first).status_code == 422
    assert type_code(client, VERIFY, last_code()).url == STUDIO


def test_an_unconfirmed_person_confirms_at_sign_in(client, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False)
    sign_up(client)
    client.post(reverse("account_logout"))
    time_machine.shift(11)
    assert sign_in(client, "new@example.org", NEW_PASSWORD).url == reverse(VERIFY)
    assert who(client) is None


def test_sign_in_whatever_the_case_of_the_address(client, cast):
    assert sign_in(client, "  AMARA.T@Example.ORG").url == STUDIO
    assert who(client) == cast.author
    page = client.get("/accounts/").content.decode()
    assert "You are signed in as Amara T." in page


def test_sign_in_with_a_code_instead_of_the_password(client, cast):
    client.post(reverse("account_request_login_code"), {"email": cast.author.email})
    assert type_code(client, "account_confirm_login_code", last_code()).url == STUDIO
    assert who(client) == cast.author


def test_a_forgotten_password(client, cast):
    client.post(reverse("account_reset_password"), {"email": cast.author.email})
    assert mail.outbox[-1].subject == f"[Gatherings] Your code for a new password: {last_code()}"
    answer = type_code(client, "account_confirm_password_reset_code", last_code())
    assert answer.url == reverse("account_complete_password_reset")
    client.post(answer.url, {"password1": NEW_PASSWORD})
    assert mail.outbox[-1].subject == "[Gatherings] Your password has changed"
    assert sign_in(client, cast.author.email).status_code == 422
    assert sign_in(client, cast.author.email, NEW_PASSWORD).url == STUDIO


def test_change_the_password(client, cast):
    sign_in(client, cast.author.email)
    change = reverse("account_change_password")
    wrong = client.post(change, {"oldpassword": "not it at all", "password1": NEW_PASSWORD})
    assert wrong.status_code == 422
    assert "This is not your current password." in wrong.content.decode()
    assert client.post(change, {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}).url == change
    assert who(client) == cast.author
    assert mail.outbox[-1].subject == "[Gatherings] Your password has changed"
    client.post(reverse("account_logout"))
    assert sign_in(client, cast.author.email, NEW_PASSWORD).url == STUDIO


def test_a_person_without_password_sets_one(client, cast):
    cast.author.set_unusable_password()
    cast.author.save()
    client.post(reverse("account_request_login_code"), {"email": cast.author.email})
    type_code(client, "account_confirm_login_code", last_code())
    set_password = reverse("account_set_password")
    assert client.get(reverse("account_change_password")).url == set_password
    assert client.get(set_password).status_code == 200
    client.post(set_password, {"password1": NEW_PASSWORD})
    client.post(reverse("account_logout"))
    assert sign_in(client, cast.author.email, NEW_PASSWORD).url == STUDIO


def test_change_the_address(client, cast):
    sign_in(client, cast.author.email)
    email = reverse("account_email")
    ask = client.post(email, {"email": "Amara@Elsewhere.org", "action_add": ""})
    # The password is asked for first; then what was asked goes on by itself.
    client.post(ask.url, {"password": PASSWORD, "next": email})
    assert mail.outbox[-1].to == ["amara@elsewhere.org"]
    assert User.objects.get(pk=cast.author.pk).email == cast.author.email
    type_code(client, VERIFY, last_code())
    assert User.objects.get(pk=cast.author.pk).email == "amara@elsewhere.org"
    # The old address is told, in case it was somebody else.
    assert [cast.author.email] in [letter.to for letter in mail.outbox]
    client.post(reverse("account_logout"))
    assert sign_in(client, cast.author.email).status_code == 422
    assert sign_in(client, "amara@elsewhere.org").url == STUDIO


def test_the_name_changes_and_a_refused_one_is_kept_in_its_field(client, cast, sign_in):
    sign_in(cast.author)
    assert client.post("/accounts/", {"name": "  Amara the Second "}).url == "/accounts/"
    assert User.objects.get(pk=cast.author.pk).name == "Amara the Second"
    answer = client.post("/accounts/", {"name": "x" * 81})
    assert answer.status_code == 422
    assert "x" * 81 in answer.content.decode()
    assert User.objects.get(pk=cast.author.pk).name == "Amara the Second"


def test_sign_out_asks_and_then_does(client, cast, sign_in):
    sign_in(cast.author)
    assert client.get(reverse("account_logout")).status_code == 200
    assert who(client) == cast.author
    assert client.post(reverse("account_logout")).url == "/"
    assert who(client) is None


def test_an_authenticator_app_is_asked_for_after_the_password(client, cast):
    sign_in(client, cast.author.email)
    secret = set_up_app(client)
    client.post(reverse("account_logout"))
    assert sign_in(client, cast.author.email).url == reverse("mfa_authenticate")
    assert who(client) is None
    wrong = type_code(client, "mfa_authenticate", "000000")
    assert wrong.status_code == 422
    assert who(client) is None
    assert type_code(client, "mfa_authenticate", app_code(secret)).url == STUDIO
    assert who(client) == cast.author


def test_a_code_by_letter_does_not_replace_the_second_step(client, cast):
    sign_in(client, cast.author.email)
    set_up_app(client)
    client.post(reverse("account_logout"))
    client.post(reverse("account_request_login_code"), {"email": cast.author.email})
    answer = type_code(client, "account_confirm_login_code", last_code())
    assert answer.url == reverse("mfa_authenticate")
    assert who(client) is None


def test_a_recovery_code_opens_once(client, cast):
    sign_in(client, cast.author.email)
    set_up_app(client)
    page = client.get(reverse("mfa_view_recovery_codes"))
    codes = page.context["unused_codes"]
    assert len(codes) == 10
    assert all(f"<code>{code}</code>" in page.content.decode() for code in codes)
    download = client.get(reverse("mfa_download_recovery_codes"))
    assert download.content.decode().split() == codes
    assert download["Content-Type"].startswith("text/plain")
    for url in (STUDIO, reverse("mfa_authenticate")):
        client.post(reverse("account_logout"))
        sign_in(client, cast.author.email)
        answer = type_code(client, "mfa_authenticate", codes[0])
        assert getattr(answer, "url", reverse("mfa_authenticate")) == url


def test_the_app_is_put_away_with_its_codes(client, cast):
    sign_in(client, cast.author.email)
    set_up_app(client)
    deactivate = reverse("mfa_deactivate_totp")
    assert client.get(deactivate).status_code == 200
    assert client.post(deactivate).url == reverse("mfa_index")
    assert not Authenticator.objects.filter(user=cast.author).exists()
    letter = mail.outbox[-1]
    assert letter.subject == "[Gatherings] An authenticator app was removed"
    assert "If not, choose a new password at once" in letter.body
    client.post(reverse("account_logout"))
    assert sign_in(client, cast.author.email).url == STUDIO


def test_new_recovery_codes_replace_the_old(client, cast):
    sign_in(client, cast.author.email)
    set_up_app(client)
    old = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    generate = reverse("mfa_generate_recovery_codes")
    assert "The 10 you have now stop working" in client.get(generate).content.decode()
    assert client.post(generate).url == reverse("mfa_view_recovery_codes")
    new = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert set(old) & set(new) == set()


def test_what_could_lock_somebody_out_asks_for_the_password_again(client, cast, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False)
    sign_in(client, cast.author.email)
    time_machine.shift(600)
    for name in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert client.get(reverse(name)).url.startswith(reverse("account_reauthenticate"))
    answer = client.post(reverse("account_email"), {"email": "x@example.org", "action_add": ""})
    assert answer.url.startswith(reverse("account_reauthenticate"))
    wrong = confirm_password(client, "not it at all")
    assert wrong.status_code == 422
    assert "This is not your password." in wrong.content.decode()
