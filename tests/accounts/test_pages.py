"""The markup of every account page: valid, one heading, every field named and understood."""

import html5lib
import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.accounts.door import confirm_password, set_up_app, sign_in, sign_up

pytestmark = pytest.mark.django_db

OPEN = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_request_login_code",
    "account_inactive",
    "account_password_reset_completed",
]
MEMBERS = [
    "account_details",
    "account_letters",
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_activate_totp",
]
WITH_APP = [
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_deactivate_totp",
]
WITH_PASSKEY = ["mfa_list_webauthn", "mfa_reauthenticate_webauthn"]
EXPECTED = {
    "login": "username",
    "email": "email",
    "password": "current-password",
    "oldpassword": "current-password",
    "password1": "new-password",
    "code": "one-time-code",
    "username": "username",
}


def check(answer):
    assert answer.status_code in (200, 422, 429)
    parser = html5lib.HTMLParser(
        strict=True, tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False
    )
    tree = parser.parse(answer.content.decode())
    assert len(list(tree.iter("h1"))) == 1
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    labels = {label.get("for") for label in tree.iter("label")}
    inside = {field for label in tree.iter("label") for field in label.iter("input")}
    for field in tree.iter("input"):
        if field.get("type") == "hidden" or field.get("hidden") is not None:
            continue
        assert field in inside or field.get("id") in labels, field.attrib
        assert "placeholder" not in field.attrib
        for described in (field.get("aria-describedby") or "").split():
            assert described in ids
        if field.get("name") in EXPECTED:
            assert field.get("autocomplete") == EXPECTED[field.get("name")]
    assert not [element for element in tree.iter() if element.get("style")]
    kinds = {script.get("type") for script in tree.iter("script") if not script.get("src")}
    assert kinds <= {"application/json"}


@pytest.mark.parametrize("name", OPEN)
def test_open_pages(client, name):
    check(client.get(reverse(name)))


@pytest.mark.parametrize("name", MEMBERS)
def test_pages_of_members(client, cast, name):
    sign_in(client, cast.staff.email)
    confirm_password(client)
    check(client.get(reverse(name)))


@pytest.mark.parametrize("name", WITH_APP)
def test_pages_of_those_with_an_app(client, cast, name):
    sign_in(client, cast.author.email)
    set_up_app(client)
    check(client.get(reverse(name)))


def test_the_second_step_and_its_refusal(client, cast):
    sign_in(client, cast.author.email)
    set_up_app(client)
    client.post(reverse("account_logout"))
    sign_in(client, cast.author.email)
    page = reverse("mfa_authenticate")
    check(client.get(page))
    check(client.post(page, {"code": "1"}))
    check(client.post(page, {"credential": "1"}))


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_refused_forms(client, name):
    answer = client.post(reverse(name), {})
    assert answer.status_code == 422
    check(answer)


def test_codes_by_letter(client, cast):
    sign_up(client)
    check(client.get(reverse("account_email_verification_sent")))
    client.post(reverse("account_logout"))
    client.post(reverse("account_reset_password"), {"email": cast.author.email})
    check(client.get(reverse("account_confirm_password_reset_code")))


def test_too_many(client, cast):
    reset = reverse("account_reset_password")
    for _ in range(6):
        answer = client.post(reset, {"email": cast.author.email})
    check(answer)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_passkeys_costs_the_same_for_each(
    client, cast, django_assert_num_queries, count
):
    sign_in(client, cast.author.email)
    for number in range(count):
        Authenticator.objects.create(
            user=cast.author,
            type=Authenticator.Type.WEBAUTHN,
            data={"name": f"Key {number}", "credential": {}},
        )
    with django_assert_num_queries(3):
        answer = client.get(reverse("mfa_list_webauthn"))
    check(answer)
    assert [f"Key {number}" in answer.content.decode() for number in range(count)] == [True] * count
    key = Authenticator.objects.first()
    confirm_password(client)
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        check(client.get(reverse(name, args=[key.pk])))


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_nobody_touches_the_passkey_of_another(client, cast, name):
    key = Authenticator.objects.create(
        user=cast.teammate, type=Authenticator.Type.WEBAUTHN, data={"name": "Key"}
    )
    sign_in(client, cast.author.email)
    confirm_password(client)
    for pk in (key.pk, 10**30):
        address = f"/accounts/2fa/webauthn/keys/{pk}/{name.split('_')[1]}/"
        assert client.post(address, {"name": "Mine"}).status_code == 404
    assert Authenticator.objects.get().data == {"name": "Key"}
