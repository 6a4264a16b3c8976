"""One time the community ran: its facts, and its sessions as rows of their own."""

import uuid
from dataclasses import replace
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict

from ..enums import Mode, Outcome
from .base import BY_HAND, KeyedForm, RevisionForm, StudioForm
from .conflicts import Difference
from .text import LineField, LinkField, TextField
from .widgets import HintedRadioSelect

MOST_PEOPLE = 1_000_000
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
EMPTY_ROWS = 3
MOST_SESSIONS = 60
SESSION_FIELDS = ("date", "title", "notes", "participants_within", "participants_beyond")


class DayField(forms.DateField):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input short"})
    default_error_messages = {"invalid": "Write a day as 2026-03-24 or 24/03/2026."}

    def clean(self, value):
        day = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise ValidationError("Check the year.")
        return day


class PeopleField(forms.IntegerField):
    default_error_messages = {
        "invalid": "Write a whole number, such as 12.",
        "min_value": "Write 0 or more.",
        "max_value": f"Write at most {MOST_PEOPLE:,}.",
    }

    def __init__(self, **options):
        options.setdefault("widget", forms.NumberInput(attrs={"class": "input short"}))
        super().__init__(min_value=0, max_value=MOST_PEOPLE, required=False, **options)


class RunFactsForm(StudioForm):
    outcome = forms.ChoiceField(
        label="What came of it",
        choices=Outcome,
        initial=Outcome.NOT_YET_RUN,
        widget=HintedRadioSelect(
            {
                Outcome.STOPPED_EARLY: "Readers learn as much from this",
                Outcome.DID_NOT_HAPPEN: "Say why, and it helps the next team",
            }
        ),
    )
    outcome_note = TextField(
        label="What happened",
        required=False,
        max_length=5000,
        rows=3,
        help_text="Needed when it stopped early or did not happen: say why.",
    )
    goals = TextField(
        label="What you set out to try",
        required=False,
        max_length=5000,
        rows=4,
        help_text="One goal on each line. Readers see them with the run.",
    )
    starts_on = DayField(label="First day", required=False)
    ends_on = DayField(
        label="Last day", required=False, help_text="Leave it empty when it was a single day."
    )
    mode = forms.ChoiceField(
        label="How people met",
        choices=[("", "Not said"), *Mode.choices],
        required=False,
        widget=forms.Select(attrs={"class": "input short"}),
    )
    place = LineField(
        max_length=200,
        required=False,
        help_text="The school, library or hall. Never a home address.",
    )
    link = LinkField(
        label="Link",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Where it was announced or took place online.",
        error_messages={"invalid": "Write a whole address, such as https://example.org/swap."},
    )
    capacity = PeopleField(
        label="How many people there is room for",
        help_text="Before it runs: chairs, materials and leaders decide.",
    )
    participants_within = PeopleField(
        label="Participants from your institution",
        help_text="Count each person once, whatever number of sessions they came to.",
    )
    participants_beyond = PeopleField(
        label="Participants from beyond it",
        help_text="Neighbours, other schools, families: people you reached outside.",
    )

    def clean_link(self):
        link = self.cleaned_data["link"]
        if link and not link.startswith(("http://", "https://")):
            raise ValidationError("The link begins with https:// or http://.")
        return link

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if last and not first and "starts_on" not in self.errors:
            self.add_error("starts_on", "Say the first day as well.")
        if first and last and last < first:
            self.add_error("ends_on", "The last day comes before the first. Check both.")
        stopped = cleaned.get("outcome") in (Outcome.STOPPED_EARLY, Outcome.DID_NOT_HAPPEN)
        note = cleaned.get("outcome_note")
        if stopped and note is not None and not note.strip():
            self.add_error("outcome_note", "Say in a sentence or two why.")
        return cleaned


class NewRunForm(RunFactsForm, KeyedForm):
    def once_with(self, sessions: list[dict]) -> uuid.UUID | None:
        """The key for services.editing.create_once, of the facts and the sessions together."""
        return uuid.uuid5(self.once, repr(sessions)) if self.once else None


class RunForm(RunFactsForm, RevisionForm):
    """Give it the `sessions` of its rows before asking what changed or letting it `meet`."""

    sessions: list[dict] = []
    # After a lost race: only the other person touched the sessions, so theirs are to be shown.
    takes_their_sessions = False

    @property
    def changes(self) -> dict:
        return {**super().changes, "sessions": self.sessions}

    @classmethod
    def values_of(cls, instance) -> dict:
        values = super().values_of(instance)
        if instance is not None:
            rows = [model_to_dict(session, SESSION_FIELDS) for session in instance.sessions.all()]
            values["sessions"] = _in_lines(rows)
        return values

    def says(self) -> dict:
        return {**super().says(), "sessions": _in_lines(self.sessions)}

    def meet(self, current) -> bool:
        if super().meet(current):
            return True
        mine, theirs = _in_lines(self.sessions), self.values_of(current)["sessions"]
        if mine == theirs or self.saw("sessions", theirs):
            return False
        if self.saw("sessions", mine):
            self.takes_their_sessions = self.is_reshaped = True
            return False
        both = Difference(label="Sessions", name="id_sessions", yours=mine, theirs=theirs)
        differences = (*self.conflict.differences, both)
        self.conflict = replace(self.conflict, differences=differences)
        return False


def _in_lines(sessions: list[dict]) -> str:
    """One paragraph for each session, in the order of their days."""
    return "\n\n".join(
        "\n".join(str(value) for value in session.values() if value not in (None, ""))
        for session in sorted(sessions, key=lambda session: session["date"])
    )


class SessionForm(StudioForm):
    date = DayField(error_messages={"required": "Say on which day it was."})
    title = LineField(
        label="What you did", max_length=140, error_messages={"required": "Give it a name."}
    )
    notes = TextField(label="Notes", required=False, max_length=5000, rows=2)
    participants_within = PeopleField(label="From your institution")
    participants_beyond = PeopleField(label="From beyond it")

    @property
    def changes(self) -> dict:
        return {name: self.cleaned_data[name] for name in SESSION_FIELDS}


class BaseSessionFormSet(forms.BaseFormSet):
    default_error_messages = {
        "missing_management_form": "The list of sessions arrived damaged. Reload the page.",
        "too_many_forms": f"A run holds at most {MOST_SESSIONS} sessions.",
    }

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].widget.attrs.update(BY_HAND)
        form.fields["DELETE"].label = "Remove this session"
        form.heading = "Another session" if index is None else f"Session {index + 1}"

    def lock(self) -> None:
        """For somebody who may only read: the sessions there are, and no empty rows."""
        self.extra = 0
        for form in self.forms:
            form.lock()

    @property
    def sessions(self) -> list[dict]:
        """What the service writes; rows left empty and rows removed are not in it."""
        return [
            form.changes
            for form in self.forms
            if form.has_changed() and not self._should_delete_form(form)
        ]


SessionFormSet = forms.formset_factory(
    SessionForm,
    formset=BaseSessionFormSet,
    extra=EMPTY_ROWS,
    max_num=MOST_SESSIONS,
    absolute_max=MOST_SESSIONS + EMPTY_ROWS,
    validate_max=True,
    can_delete=True,
)


def session_rows(data=None, run=None) -> BaseSessionFormSet:
    """Bound rows are all judged by what was sent; unbound ones start from what `run` holds."""
    saved = run.sessions.all() if run is not None and data is None else ()
    initial = [model_to_dict(session, SESSION_FIELDS) for session in saved]
    return SessionFormSet(data, initial=initial, prefix="sessions")
