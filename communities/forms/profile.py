"""What a member shows of themselves, if they want to."""

import re

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Profile

from .base import StudioForm
from .text import LineField, TextField

MOST_ABOUT = 600
HANDLE = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
SHORTEST, LONGEST = 3, 30
# Would be taken for the site itself.
RESERVED = frozenset("admin staff team gallery gatherings moderator support help root".split())


class ProfileForm(StudioForm):
    """Off until it is switched on; nothing is asked for while it is off but a handle."""

    is_public = forms.BooleanField(
        label="Show my profile to everybody",
        required=False,
        help_text="Your name, what you write here, and the published designs that credit you.",
    )
    is_of_age = forms.BooleanField(
        label="I am 18 or older",
        required=False,
        help_text="Nobody younger is shown here, so that this is asked. Your age is not.",
    )
    handle = LineField(
        label="Address",
        max_length=LONGEST,
        help_text="Small letters, figures and hyphens, for example mei-l. When you change it, the"
        " old address leads nowhere, and nobody else gets it.",
        widget=forms.TextInput(
            attrs={"class": "input medium", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": "Choose an address."},
    )
    pronouns = LineField(
        label="Pronouns",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "input medium"}),
    )
    about = TextField(
        label="About you",
        max_length=MOST_ABOUT,
        rows=5,
        required=False,
        help_text="A few sentences. Leave out where you live and how you can be reached.",
    )

    def __init__(self, data=None, *, profile: Profile | None):
        super().__init__(data, initial=_saved(profile) if profile else None)

    def clean_handle(self):
        handle = self.cleaned_data["handle"].lower()
        if not HANDLE.fullmatch(handle) or len(handle) < SHORTEST:
            raise ValidationError(
                f"Use {SHORTEST} to {LONGEST} small letters and figures, with single hyphens"
                " between them."
            )
        if handle in RESERVED:
            raise ValidationError("This address is kept for the site. Choose another.")
        return handle

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_public") and not cleaned.get("is_of_age"):
            self.add_error("is_of_age", "Only profiles of adults are shown. Tick this if you are.")
        return cleaned


def _saved(profile: Profile) -> dict:
    names = ("is_public", "handle", "pronouns", "about")
    saved = {name: getattr(profile, name) for name in names}
    return saved | {"is_of_age": profile.said_of_age_at is not None}
