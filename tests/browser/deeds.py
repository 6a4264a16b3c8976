"""What people do in several journeys."""

import io
from contextlib import suppress

from django.core import mail
from django.core.files.storage import default_storage
from PIL import Image
from playwright.sync_api import Error

from tests import factories
from tests.accounts.door import last_code

PLATFORM = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def choose_value(page, name):
    """In a plan of rooms; the whole room is the box."""
    page.locator("label.room", has=page.get_by_text(name, exact=True)).click()


def press(page, name):
    """Press the first button of this name and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def structure(made):
    """The address of one section of its document."""
    return f"/studio/{made.slug}/document/structure/"


def sheet(page):
    """Where the text of that section is written."""
    return page.get_by_role("textbox", name="Text of “Structure”")


def enter(page, email, password=factories.PASSWORD):
    """Sign in on the page that asks for it."""
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")


def sign_up(page, name, email, password=factories.PASSWORD):
    """From the sign-up page, with the code out of the letter."""
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    before = len(mail.outbox)
    press(page, "Make my account")
    assert [letter.to for letter in mail.outbox[before:]] == [[email]]
    page.get_by_label("Code").fill(last_code())
    press(page, "Confirm my address")


def give_passkeys(page):
    """Put a device that holds passkeys into the browser, as if a finger confirmed each.

    Returns the tools to change it with, and what they call it.
    """
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    made = tools.send("WebAuthn.addVirtualAuthenticator", {"options": PLATFORM})
    return tools, made


def add_passkey(page, name):
    page.goto("/accounts/2fa/webauthn/add/")
    if page.get_by_role("button", name="Confirm").count():
        page.get_by_label("Password").fill(factories.PASSWORD)
        press(page, "Confirm")
    page.get_by_label("Name").fill(name)
    press(page, "Add this passkey")


def cut_off(page, status=None):
    """Nothing that is sent arrives from now on; with a `status` something in between answers."""

    def answer(route):
        if route.request.method != "POST":
            route.fallback()
        elif status is None:
            route.abort()
        else:
            route.fulfill(status=status, body="Busy", content_type="text/html")

    page.context.route("**/studio/**", answer)


def let_through(page):
    page.context.unroute("**/studio/**")


def crash(page):
    """The browser's process for this page dies, without a word to anybody. Gives a fresh page."""
    with suppress(Error):
        page.goto("chrome://crash")
    page.close()
    return page.context.new_page()


def end_session(page):
    page.context.clear_cookies(name="sessionid")


def picture(name: str, content: bytes | None = None) -> dict:
    """A file as the browser takes it; a good picture unless its content is given."""
    buffer = content if content is not None else factories.picture_file(name).read()
    return {"name": name, "mimeType": "image/png", "buffer": buffer}


def tab(page, name):
    """Open a part of a design in the studio."""
    with page.expect_navigation():
        page.locator(".project-nav").get_by_role("link", name=name).click()


def master(photo) -> Image.Image:
    """The pixels of what everything else of a picture is made from."""
    with default_storage.open(photo.files[0]["name"]) as file:
        found = Image.open(io.BytesIO(file.read()))
        found.load()
        return found
