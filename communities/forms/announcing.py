"""Announcing a run, once the team has seen what is not settled yet."""

import hashlib

from django import forms

from .base import MAX_REVISION, StudioForm

CHANGED = "The list has changed since you opened this page. Read it once more."


class AnnounceForm(StudioForm):
    """`seen` is what the list said when the page was drawn; `agreed` is asked for if it had any."""

    revision = forms.IntegerField(min_value=0, max_value=MAX_REVISION, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label="We have read this list, and announce the run all the same",
        error_messages={"required": "Settle what is open, or tick this."},
    )

    def __init__(self, data=None, *, revision: int, open_points: list[str]):
        digest = hashlib.sha256("\n".join(open_points).encode()).hexdigest()[:16]
        super().__init__(data, initial={"revision": revision, "seen": digest})
        if not open_points:
            del self.fields["agreed"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("seen", "") != self.initial["seen"]:
            self.add_error(None, CHANGED)
        return cleaned

    def redrawn(self) -> "AnnounceForm":
        """The same page on what is there now, with nothing agreed to."""
        data = self.data.copy()
        data.pop("agreed", None)
        data["seen"], data["revision"] = self.initial["seen"], str(self.initial["revision"])
        self.data = data
        return self
