"""Letters are plain text: nothing in them is dressed for HTML, and no subject breaks its line."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.template.loader import render_to_string

FOLDER = settings.BASE_DIR / "templates"
LETTERS = sorted(
    str(file.relative_to(FOLDER)).removesuffix("_message.txt")
    for app in ("account", "mfa")
    for file in (FOLDER / app / "email").glob("*_message.txt")
    if not file.name.startswith("base_")
)
ODD = 'O\'Neill & "co" <b>'
CONTEXT = {
    "site_name": ODD,
    "code": "BCDF-GHJK",
    "user_agent": ODD,
    "ip": "192.0.2.1",
    "timestamp": datetime(2027, 1, 4, 9, 30, tzinfo=UTC),
    "email": "o'neill@example.org",
    "from_email": "o'neill@example.org",
    "to_email": "o'neill@example.net",
    "deleted_email": "o'neill@example.org",
    "password_reset_url": "https://example.org/?a=1&b=2",
    "signup_url": "https://example.org/?a=1&b=2",
}


@pytest.mark.parametrize("letter", LETTERS)
def test_letters_are_plain_text(letter):
    subject = render_to_string(f"{letter}_subject.txt", CONTEXT).strip()
    body = render_to_string(f"{letter}_message.txt", CONTEXT)
    assert "\n" not in subject
    assert body.startswith("Hello,\n\n")
    assert body.rstrip().endswith(f"\n\n{ODD}")
    for escaped in ("&amp;", "&#x27;", "&lt;", "&quot;"):
        assert escaped not in subject + body
    if "If not, choose a new password" in body:
        assert f"When: 4 January 2027, 09:30 UTC\nFrom: 192.0.2.1\nWith: {ODD}\n" in body
