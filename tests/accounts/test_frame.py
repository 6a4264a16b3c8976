"""Nothing that allauth can show or send stands outside our frame."""

from pathlib import Path

import allauth
from allauth.urls import urlpatterns
from django.conf import settings
from django.template.loader import get_template
from django.urls import URLResolver

OURS = settings.BASE_DIR / "templates"
THEIRS = Path(allauth.__file__).parent / "templates"
# Telephone numbers and links in letters (we send codes) are switched off.
NEVER_SENT = {
    "account/email/password_reset_key_message.txt",
    "account/email/password_reset_key_subject.txt",
    "account/messages/phone_verification_sent.txt",
    "account/messages/phone_verified.txt",
}


def views(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        else:
            yield pattern.callback


def test_every_page_of_allauth_is_ours():
    names = {
        getattr(getattr(view, "view_class", None), "template_name", None)
        for view in views(urlpatterns)
    }
    # The e-mail code page is chosen inside a function.
    names |= {"account/confirm_email_verification_code.html", "account/signup_closed.html"}
    names -= {None}
    assert len(names) > 20
    foreign = {name for name in names if OURS not in Path(get_template(name).origin.name).parents}
    assert foreign == set()


def test_every_letter_and_message_is_ours():
    folders = ["account/email", "account/messages", "mfa/email", "mfa/messages"]
    theirs = {
        str(file.relative_to(THEIRS)) for folder in folders for file in (THEIRS / folder).iterdir()
    }
    ours = {str(file.relative_to(OURS)) for folder in folders for file in (OURS / folder).iterdir()}
    assert theirs - ours == NEVER_SENT
    assert ours - theirs == set()


def test_no_page_carries_inline_script_or_style():
    folders = [OURS / "account", OURS / "accounts", OURS / "mfa", OURS / "layouts"]
    for file in (file for folder in folders for file in folder.rglob("*.html")):
        text = file.read_text()
        assert "style=" not in text, file
        assert "<script>" not in text, file
