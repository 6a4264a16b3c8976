"""Passkeys in a real Chromium with a virtual authenticator."""

from tests import factories

from .deeds import add_passkey, enter, give_passkeys, press, sign_up

ME = "/accounts/"


def is_at(page, path) -> bool:
    return page.url.removeprefix(page.evaluate("location.origin")) == path


def sign_out(page):
    page.goto("/accounts/logout/")
    press(page, "Sign out")


def joins(page, name, email):
    page.goto(f"/accounts/signup/?next={ME}")
    sign_up(page, name, email)
    assert page.get_by_label("Your name").input_value() == name


def test_a_passkey_is_added_signs_in_and_is_the_second_step(open_page):
    page = open_page()
    tools, made = give_passkeys(page)
    joins(page, "Nadia K.", "nadia@example.org")
    add_passkey(page, "my phone")
    assert is_at(page, "/accounts/2fa/recovery-codes/")
    page.goto("/accounts/2fa/webauthn/")
    assert page.get_by_role("heading", name="my phone").is_visible()

    sign_out(page)
    page.goto(f"/accounts/login/?next={ME}")
    press(page, "Use a passkey")
    assert is_at(page, ME)

    sign_out(page)
    page.goto(f"/accounts/login/?next={ME}")
    enter(page, "nadia@example.org")
    assert page.url.split("?")[0].endswith("/accounts/2fa/authenticate/")
    press(page, "Use a passkey")
    assert is_at(page, ME)

    sign_out(page)
    tools.send("WebAuthn.setUserVerified", {**made, "isUserVerified": False})
    page.goto(f"/accounts/login/?next={ME}")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("alert").filter(has_text="Your device did not confirm").wait_for()


def test_without_javascript_the_page_says_what_else_there_is(open_page):
    page = open_page(js=False)
    page.goto("/accounts/login/")
    assert page.get_by_role("button", name="Use a passkey").count() == 0
    joins(page, "Olu A.", "olu@example.org")
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(factories.PASSWORD)
    press(page, "Confirm")
    assert page.get_by_text("Passkeys need JavaScript and a current browser.").is_visible()
    assert page.get_by_role("button", name="Add this passkey").count() == 0
