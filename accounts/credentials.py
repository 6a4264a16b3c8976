"""What a browser sends for a passkey, read without trust."""

import struct

from django import forms
from django.core.exceptions import ValidationError

LONGEST = 20_000
# What the parsers of JSON, CBOR and COSE raise on bytes that no authenticator made.
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)


def refused():
    return ValidationError(
        "This passkey was not accepted. Try again, or use another way.", code="passkey_refused"
    )


def read(step):
    """The result of `step`, which reads a credential; whatever is wrong with it, one answer."""
    try:
        return step()
    except ValidationError as problem:
        if problem.code != "incorrect_code":
            raise
        raise refused() from problem
    except UNREADABLE as problem:
        raise refused() from problem


class CredentialField(forms.JSONField):
    widget = forms.HiddenInput

    def to_python(self, value):
        if isinstance(value, str) and len(value) > LONGEST:
            raise refused()
        return read(lambda: super(CredentialField, self).to_python(value))
