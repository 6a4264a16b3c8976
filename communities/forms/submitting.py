"""Putting a design forward, taking it back, and naming a version."""

from django import forms

from ..enums import Licence
from .base import MAX_REVISION, KeyedForm, RevisionForm, StudioForm
from .text import LineField, TextField
from .widgets import HintedRadioSelect

MAX_NOTE = 5000


class SubmitForm(RevisionForm):
    note = TextField(
        label="A note to your reviewer",
        required=False,
        max_length=MAX_NOTE,
        rows=3,
        help_text="What you would like them to look at, or what you changed since last time.",
    )
    licence = forms.ChoiceField(
        choices=Licence,
        widget=HintedRadioSelect(
            {
                Licence.CC_BY: "Anyone may use and adapt it, and says whose it was",
                Licence.CC_BY_SA: "The same, and what they make of it is shared like this too",
                Licence.CC_BY_NC: "The same as CC BY, but not for profit",
                Licence.CC0: "Anyone may do anything with it, without saying whose it was",
                Licence.ALL_RIGHTS_RESERVED: "To be read here; others have to ask before using it",
            }
        ),
        error_messages={"required": "Choose a licence."},
    )
    agreed = forms.BooleanField(
        label="All of us have read this design and want it published",
        error_messages={"required": "Ask everyone in the team, then tick this."},
    )

    @property
    def submission(self) -> dict:
        """What services.submitting.submit_for_review takes."""
        words = {name: self.cleaned_data[name] for name in ("note", "licence")}
        return {**words, "revision": self.based_on}


class WithdrawForm(StudioForm):
    """`revision` is the submission's, as the person saw it."""

    revision = forms.IntegerField(
        min_value=0, max_value=MAX_REVISION, required=False, widget=forms.HiddenInput
    )
    note = TextField(
        label="Why you withdraw it",
        required=False,
        max_length=MAX_NOTE,
        rows=3,
        help_text="Your team and the reviewers can read this.",
    )

    @property
    def move(self) -> dict:
        """What workflow.move takes; a form that says no revision has seen none."""
        revision = self.cleaned_data.get("revision")
        return {"revision": -1 if revision is None else revision, **self.changes}

    def redrawn(self, revision: int) -> "WithdrawForm":
        """The same words, on what the submission has become."""
        data = self.data.copy()
        data["revision"] = str(revision)
        return type(self)(data)


class ReplyForm(StudioForm):
    reply = TextField(
        label="What you did about it",
        required=False,
        max_length=MAX_NOTE,
        rows=2,
        help_text="The reviewer reads this beside the remark.",
    )


class VersionForm(KeyedForm):
    note = LineField(
        label="What should it be called?",
        max_length=300,
        required=False,
        help_text="For example: before the run. Or what you changed, and why.",
    )
