"""How the secret of an invitation is written down, and how it is found again."""

from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "accounts.invitation"
LONGEST = 100
# Without what is mistaken for another when it is read out or off a board.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8


def digest_of(secret: str, *, key: str | None = None) -> str:
    """What is kept of a secret: 64 characters, of no use without the site's key."""
    text = plain(secret)
    return salted_hmac(SALT, text, secret=key, algorithm="sha256").hexdigest()


def digests_of(secret: str) -> list[str]:
    """Under each key that still counts, so that a new key closes no invitation."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [digest_of(secret, key=key) for key in keys]


def plain(secret: str) -> str:
    """A code as it was made, however somebody typed it; any other secret as it is."""
    typed = "".join(c for c in secret[:LONGEST].upper() if c.isalnum())
    is_code = len(typed) == CODE_LENGTH and set(typed) <= set(CODE_LETTERS)
    return typed if is_code else secret
