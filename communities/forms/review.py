from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Cohort

from ..enums import Action, Check, DeskTab, Target
from ..moves import MOVES, READING
from .text import TextField

MAX_NOTE = 10_000
MAX_SEARCH = 100
MAX_REMARK = 5_000
MAX_ASSIGNED = 100
UNFINISHED = "Tick every point before you publish it, or ask for changes."


READERS = {"mine": "Read by me", "nobody": "Read by nobody"}
ONLY = {
    "late": "Past promise",
    "first": "First time",
    "update": "Updates",
    "consent": "Consent not settled",
}


@dataclass(frozen=True, kw_only=True)
class DeskSearch:
    """What of the queue is shown. Whatever an address says that makes no sense is left out."""

    tab: DeskTab = DeskTab.WAITING
    cohort: Cohort | None = None
    text: str = ""
    reader: str = ""
    only: str = ""

    @classmethod
    def read(cls, query, cohorts: list[Cohort]) -> Self:
        tab, slug = query.get("tab"), query.get("cohort")
        text = "".join(c for c in query.get("q", "") if c.isprintable())
        return cls(
            tab=DeskTab(tab) if tab in DeskTab.values else DeskTab.WAITING,
            cohort=next((cohort for cohort in cohorts if cohort.slug == slug), None),
            text=text.strip()[:MAX_SEARCH],
            reader=query.get("reader") if query.get("reader") in READERS else "",
            only=query.get("only") if query.get("only") in ONLY else "",
        )

    def in_tab(self, tab: DeskTab) -> Self:
        return replace(self, tab=tab)

    @property
    def is_filtered(self) -> bool:
        return bool(self.cohort or self.text or self.reader or self.only)

    @property
    def query(self) -> str:
        """The part of an address after "?": only what differs from the plain queue."""
        parts = {
            "tab": "" if self.tab is DeskTab.WAITING else self.tab.value,
            "cohort": self.cohort.slug if self.cohort else "",
            "q": self.text,
            "reader": self.reader,
            "only": self.only,
        }
        return urlencode({name: value for name, value in parts.items() if value})


class DecisionForm(forms.Form):
    """A move by a reviewer, on the state that they saw (`revision`)."""

    action = forms.ChoiceField(
        label="Decision",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what to decide."},
    )
    note = forms.CharField(
        label="To the team",
        required=False,
        help_text="Begin with what carries the design. Needed unless you approve.",
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    checked = forms.MultipleChoiceField(
        label="What you checked",
        required=False,
        choices=Check,
        widget=forms.CheckboxSelectMultiple,
    )
    revision = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(self, *args, actions: list[Action], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [(action.value, action.label) for action in actions]

    def clean(self):
        cleaned = super().clean()
        rule = MOVES[Action(cleaned["action"])] if cleaned.get("action") else None
        if rule and rule.needs_note and not cleaned.get("note", "").strip():
            self.add_error("note", "Write to the team why, and what they can do.")
        if rule and rule.needs_checklist and set(cleaned.get("checked", ())) < set(Check.values):
            self.add_error("checked", UNFINISHED)
        return cleaned

    def redrawn(self, *, actions: list[Action], revision: int) -> "DecisionForm":
        """A fresh form on the state as it is now, with what was chosen and typed."""
        kept = {
            **self.initial,
            "action": self.data.get("action", ""),
            "note": self.data.get("note", ""),
        }
        kept |= {"checked": self.data.getlist("checked"), "revision": revision}
        return DecisionForm(initial=kept, actions=actions)


class LaterForm(forms.Form):
    """What is kept of a decision that is not made yet."""

    note = TextField(required=False, max_length=MAX_NOTE)
    checked = forms.MultipleChoiceField(required=False, choices=Check)


class RemarkForm(forms.Form):
    """A remark pinned to a place of the version; `label` is what the place is called there."""

    target = forms.ChoiceField(choices=Target)
    target_key = forms.CharField(required=False, max_length=100)
    text = TextField(
        label="Remark", max_length=MAX_REMARK, error_messages={"required": "Write the remark."}
    )

    use_required_attribute = False

    def __init__(self, data, *, places):
        super().__init__(data)
        self.labels = {(place.target, place.key): place.label for place in places}

    def clean(self):
        cleaned = super().clean()
        place = (cleaned.get("target"), cleaned.get("target_key", ""))
        if place not in self.labels:
            raise ValidationError("Choose a place of this version.")
        return {**cleaned, "label": self.labels[place]}

    @property
    def place(self) -> str:
        """The id of the place on the page."""
        target, key = (self.data.get(name, "") for name in ("target", "target_key"))
        return f"place-{target}" + (f"-{key}" if key else "")


class StaffNoteForm(forms.Form):
    staff_note = TextField(
        label="A note",
        max_length=MAX_REMARK,
        rows=2,
        error_messages={"required": "Write the note."},
    )

    use_required_attribute = False


class TakeForm(forms.Form):
    """Who is to read it. `seen` is the reader that the page showed."""

    do = forms.ChoiceField(choices=[(action.value, action.label) for action in READING])
    seen = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    to = forms.ModelChoiceField(None, required=False)
    note = TextField(required=False, max_length=MAX_REMARK)

    def __init__(self, data, *, staff):
        super().__init__(data)
        self.fields["to"].queryset = staff


class RowsField(forms.ModelMultipleChoiceField):
    """Numbers that no database could hold are no rows either."""

    def _check_values(self, value):
        try:
            return super()._check_values(value)
        except OverflowError as error:
            raise ValidationError(self.error_messages["invalid_choice"]) from error


class AssignForm(forms.Form):
    """Several submissions at once, for one reader."""

    chosen = RowsField(
        None,
        error_messages={
            "required": "Tick what should be handed over.",
            "invalid_choice": "One of those is not here. Look again.",
        },
    )
    to = forms.ModelChoiceField(None, error_messages={"required": "Choose who should read them."})

    def __init__(self, data, *, staff, submissions):
        super().__init__(data)
        self.fields["to"].queryset = staff
        self.fields["chosen"].queryset = submissions

    def clean_chosen(self):
        if len(self.cleaned_data["chosen"]) > MAX_ASSIGNED:
            raise ValidationError(f"At most {MAX_ASSIGNED} at once.")
        return self.cleaned_data["chosen"]
