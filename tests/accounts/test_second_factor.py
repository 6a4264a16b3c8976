"""Staff are asked for a second step, and wait for it where it is required."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from accounts.second_factor import lacks_second_factor
from tests.accounts.door import set_up_app, sign_in

pytestmark = pytest.mark.django_db

NOTICE = "Staff read what is not public yet, so please sign in with a second step."
REQUIRED = "Staff sign in with a second step. Review desk and admin open once you have one."


@pytest.fixture
def required(settings):
    settings.REQUIRE_STAFF_MFA = True


def add(user, type):
    Authenticator.objects.create(user=user, type=type, data={})


def test_who_lacks_one(cast, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not lacks_second_factor(cast.author)
    with django_assert_num_queries(1):
        assert lacks_second_factor(cast.staff)
    add(cast.staff, Authenticator.Type.RECOVERY_CODES)
    assert lacks_second_factor(cast.staff)
    add(cast.staff, Authenticator.Type.WEBAUTHN)
    assert not lacks_second_factor(cast.staff)


def test_staff_are_asked_on_their_account_pages(client, cast):
    sign_in(client, cast.author.email)
    assert NOTICE not in client.get("/accounts/").content.decode()
    client.post(reverse("account_logout"))
    sign_in(client, cast.staff.email)
    assert NOTICE in client.get("/accounts/").content.decode()
    set_up_app(client)
    assert NOTICE not in client.get("/accounts/").content.decode()


def test_without_the_setting_nobody_waits(client, cast):
    sign_in(client, cast.staff.email)
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("address", ["/review/", "/review/?page=2", "/admin/", "/admin/x/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_without_one_wait_at_the_set_up_page(client, cast, required, address, method):
    sign_in(client, cast.staff.email)
    assert getattr(client, method)(address).url == reverse("mfa_index")
    assert REQUIRED in client.get(reverse("mfa_index")).content.decode()


def test_staff_with_one_go_in(client, cast, required):
    sign_in(client, cast.staff.email)
    set_up_app(client)
    assert client.get("/admin/").status_code == 200


def test_others_are_not_sent_to_set_up(client, cast, required):
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    sign_in(client, cast.author.email)
    assert client.get("/admin/").status_code == 404
