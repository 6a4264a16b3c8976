"""What people type, kept byte for byte but for what no page, feed or log can carry."""

import re

from django import forms
from django.core.exceptions import ValidationError

# A section of a document; about forty thousand words.
MAX_TEXT = 250_000
# NUL and the other control characters, lone surrogates, and code points that are no characters.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)
LINE_END = re.compile("\r\n?")


def clean_text(text: str) -> str:
    """`text` with line ends as \\n and without the characters that nothing can show."""
    return FORBIDDEN.sub("", LINE_END.sub("\n", text))


class _CleanedField(forms.CharField):
    def __init__(self, *, max_length, **options):
        # Our own limit instead of Django's: its maxlength attribute would cut a pasted text short
        # without a word.
        self.limit = max_length
        super().__init__(strip=False, **options)
        # Forbidden characters are left out before they could be refused.
        self.validators = []

    def validate(self, value):
        super().validate(value)
        if len(value) > self.limit:
            raise ValidationError(
                f"Shorten this to {self.limit:,} characters; it has {len(value):,} now.",
                code="max_length",
            )


class TextField(_CleanedField):
    """Several lines, kept exactly."""

    widget = forms.Textarea

    def __init__(self, *, max_length=MAX_TEXT, rows=6, **options):
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **options)

    def to_python(self, value):
        return clean_text(super().to_python(value))

    def validate(self, value):
        if self.required and not value.strip():
            raise ValidationError(self.error_messages["required"], code="required")
        super().validate(value)


class LineField(_CleanedField):
    """One line: spaces around it do not count, a line break within it becomes a space."""

    def to_python(self, value):
        return re.sub("[\t\n]+", " ", clean_text(super().to_python(value))).strip()
