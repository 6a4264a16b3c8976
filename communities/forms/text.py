"""What people type: kept byte for byte, or refused with everything still in the field."""

import re
from collections import Counter

from django import forms
from django.core.exceptions import ValidationError

# A section of a document; about forty thousand words.
MAX_TEXT = 250_000
# What no page, feed or log can carry: NUL and the other control characters, lone surrogates, and
# code points that are no characters.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)
# Stands for bytes that are no text (gallery/damaged.py).
DAMAGED = "\ufdd0"
LINE_END = re.compile("\r\n?")
# Kinds of such characters that one message names.
MOST_NAMED = 5


def one_line_end(text: str) -> str:
    return LINE_END.sub("\n", text)


def marked(text: str) -> str:
    """`text` with a mark that can be seen, and kept, for each character that cannot."""
    return FORBIDDEN.sub(lambda found: _mark(found[0]), text)


def _mark(character: str) -> str:
    """The picture that Unicode has of a control character, else its sign of a missing one."""
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def _name(character: str) -> str:
    return "damaged" if character == DAMAGED else f"U+{ord(character):04X}"


def refuse_forbidden(text: str) -> None:
    """Says how many characters cannot be kept, which, and by what marks to find them."""
    found = Counter(FORBIDDEN.findall(text))
    if not found:
        return
    count = found.total()
    named = [
        f"{times:,} × {_name(character)}, shown as {_mark(character)}"
        for character, times in sorted(found.items())[:MOST_NAMED]
    ]
    more = len(found) - len(named)
    if more:
        named.append(f"and {more} more kind{'s' * (more > 1)}")
    what = "One invisible character" if count == 1 else f"{count:,} invisible characters"
    marks = "Delete the mark or leave it" if count == 1 else "Delete the marks or leave them"
    raise ValidationError(
        f"{what} here cannot be kept ({'; '.join(named)}). {marks}, and save again.",
        code="forbidden",
    )


class ShownText:
    """Mixed into a field of text: what cannot be kept is refused, and comes back as marks."""

    def to_python(self, value):
        # Before anything is stripped: Python takes some of them for spaces.
        refuse_forbidden(value or "")
        return super().to_python(value)

    def bound_data(self, data, initial):
        data = super().bound_data(data, initial)
        return marked(data) if isinstance(data, str) else data


class LinkField(ShownText, forms.URLField):
    """The address of a page."""


class _TypedField(ShownText, forms.CharField):
    def __init__(self, *, max_length, **options):
        # Our own limit instead of Django's: its maxlength attribute would cut a pasted text short
        # without a word.
        self.limit = max_length
        super().__init__(strip=False, **options)
        # Django's own word about NUL says less.
        self.validators = []

    def validate(self, value):
        super().validate(value)
        if len(value) > self.limit:
            raise ValidationError(
                f"Shorten this to {self.limit:,} characters; it has {len(value):,} now.",
                code="max_length",
            )


class TextField(_TypedField):
    """Several lines, kept exactly."""

    widget = forms.Textarea

    def __init__(self, *, max_length=MAX_TEXT, rows=6, **options):
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **options)

    def to_python(self, value):
        return one_line_end(super().to_python(value))

    def validate(self, value):
        if self.required and not value.strip():
            raise ValidationError(self.error_messages["required"], code="required")
        super().validate(value)


class LineField(_TypedField):
    """One line: spaces around it do not count, a line break within it becomes a space."""

    def to_python(self, value):
        return re.sub("[\t\n]+", " ", one_line_end(super().to_python(value))).strip()
