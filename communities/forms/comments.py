"""What is said about a design, and what staff decide about it."""

from django import forms
from django.core.exceptions import ValidationError

from accounts.spam import Guarded

from ..enums import CommentKind, ReportDeed
from .base import StudioForm
from .text import LineField, TextField

MOST_WORDS = 3_000
MOST_REASON = 1_000
MOST_AT_ONCE = 100
LARGEST_ID = 2**63 - 1


class AnswerForm(StudioForm):
    """What a team answers to a comment."""

    text = TextField(
        label="Your answer",
        max_length=MOST_WORDS,
        rows=5,
        help_text="It is shown at once, as the team’s. Plain text; addresses become links.",
        error_messages={"required": "Write something."},
    )


class CommentForm(Guarded, StudioForm):
    """The kind first, then the words. Visitors say who they are; members are named already."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=CommentKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is."},
    )
    text = TextField(
        label="Your comment",
        max_length=MOST_WORDS,
        rows=5,
        error_messages={"required": "Write something."},
    )
    name = LineField(
        label="Your name",
        max_length=80,
        help_text="As it should stand beside your comment. It need not be your full or real name.",
        widget=forms.TextInput(attrs={"class": "input medium", "autocomplete": "nickname"}),
        error_messages={"required": "Give a name, any name."},
    )
    email = forms.EmailField(
        label="Your e-mail address",
        required=False,
        max_length=254,
        help_text="Never shown. Only if you want one letter when your comment is shown.",
        widget=forms.EmailInput(attrs={"class": "input medium", "autocomplete": "email"}),
        error_messages={"invalid": "Check the address, or leave it empty."},
    )

    def __init__(self, data=None, *, person):
        super().__init__(data)
        if person.is_authenticated:
            del self.fields["name"], self.fields["email"]

    @property
    def comment(self) -> dict:
        names = ("kind", "text", "name", "email")
        return {n: self.cleaned_data[n] for n in names if n in self.cleaned_data}

    @property
    def kinds(self) -> list[tuple]:
        """Each button with the kind that it stands for."""
        return list(zip(self["kind"], CommentKind, strict=True))


class ModerationForm(forms.Form):
    """Which comments, what happens to them, and why."""

    deed = forms.ChoiceField(error_messages={"required": "Choose what happens to them."})
    reason = TextField(max_length=MOST_REASON, required=False, label="Why")

    def __init__(self, data=None, *, deeds: list[ReportDeed]):
        super().__init__(data)
        self.fields["deed"].choices = [(deed.value, deed.label) for deed in deeds]

    @property
    def chosen(self) -> list[int]:
        typed = self.data.getlist("chosen")[:MOST_AT_ONCE] if self.is_bound else []
        numbers = (int(n) for n in typed if n.isascii() and n.isdigit() and len(n) < 19)
        return sorted({n for n in numbers if n <= LARGEST_ID})

    def clean(self):
        cleaned = super().clean()
        if not self.chosen:
            raise ValidationError("Tick at least one comment.")
        hides = cleaned.get("deed") == ReportDeed.HIDE
        if hides and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Say why. Its author reads it, and it stays in the log.")
        return cleaned
