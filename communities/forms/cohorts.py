"""What staff type about a cohort and its people."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Cohort

from .base import StudioForm
from .team import LASTING, LONGEST_LIST, lines_in
from .text import LineField, TextField

MOST_PLACES = 5_000
MOST_ADDRESSES = 200
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CohortForm(StudioForm):
    """A cohort's facts. `seen` says what they were when the form was drawn."""

    name = LineField(
        max_length=80,
        label="Name",
        help_text="For example: Spring 2027.",
        error_messages={"required": "Give it a name."},
    )
    starts_on = forms.DateField(
        label="First day", widget=DAY, error_messages={"required": "Say when it begins."}
    )
    ends_on = forms.DateField(
        label="Last day", widget=DAY, error_messages={"required": "Say when it ends."}
    )
    capacity = forms.IntegerField(
        min_value=1,
        max_value=MOST_PLACES,
        label="Places",
        help_text="Whoever comes when all are taken waits in the order of coming.",
        widget=forms.NumberInput(attrs={"class": "input short", "inputmode": "numeric"}),
        error_messages={"required": "Say how many places there are."},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    FACTS = ("name", "starts_on", "ends_on", "capacity")

    def __init__(self, data=None, *, cohort: Cohort | None = None, **options):
        self.cohort = cohort
        initial = {name: getattr(cohort, name) for name in self.FACTS} if cohort else {}
        super().__init__(data, initial={**initial, "seen": digest(cohort)}, **options)

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = Cohort.objects.exclude(pk=self.cohort.pk if self.cohort else None)
        if others.filter(name__iexact=name).exists():
            raise ValidationError("Another cohort has this name.")
        return name

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day is before the first.")
        taken = self.cohort.enrolments.count() if self.cohort else 0
        if cleaned.get("capacity") is not None and cleaned["capacity"] < taken:
            self.add_error("capacity", f"{taken} people have a place already. Take some out first.")
        return cleaned

    @property
    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.FACTS}

    @property
    def is_late(self) -> bool:
        """Whether somebody else saved other facts since the form was drawn."""
        return bool(self.cohort) and self.data.get("seen") != digest(self.cohort)

    def meet(self, told: Cohort) -> None:
        """Keep what was typed, and say what is saved now; saving again is a choice."""
        self.add_error(
            None,
            f"Somebody else saved it meanwhile. It says now: {told.name},"
            f" {told.starts_on:%-d %B %Y} to {told.ends_on:%-d %B %Y}, {told.capacity} places."
            " Save again to replace that.",
        )
        self.data = self.data.copy()
        self.data["seen"] = digest(told)


def digest(cohort: Cohort | None) -> str:
    facts = [str(getattr(cohort, name)) for name in CohortForm.FACTS] if cohort else []
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:16]


class CohortInviteForm(StudioForm):
    """A pasted list of addresses, with whatever stands between them."""

    addresses = TextField(
        max_length=LONGEST_LIST,
        rows=8,
        label="E-mail addresses",
        help_text="Paste a list: one on each line, or with commas, semicolons or names between.",
        error_messages={"required": "Paste at least one address."},
    )

    def clean_addresses(self):
        good, bad = lines_in(self.cleaned_data["addresses"])
        if len(good) + len(bad) > MOST_ADDRESSES:
            raise ValidationError(
                f"At most {MOST_ADDRESSES} at a time; these are {len(good) + len(bad)}."
            )
        return good, bad


class CodeForm(StudioForm):
    """A join code: for how many people, and until when."""

    uses = forms.IntegerField(
        min_value=1,
        max_value=MOST_PLACES,
        label="For how many people",
        widget=forms.NumberInput(attrs={"class": "input short", "inputmode": "numeric"}),
        error_messages={"required": "Say for how many people."},
    )
    days = forms.TypedChoiceField(
        choices=list(LASTING.items()), coerce=int, initial=14, label="Open for"
    )


class PlaceForm(StudioForm):
    """One thing done about one person of a cohort."""

    MOVE, REMOVE, GIVE = "move", "remove", "give"

    deed = forms.ChoiceField(choices=[(MOVE, "Move"), (REMOVE, "Take out"), (GIVE, "Give a place")])
    into = forms.ModelChoiceField(
        queryset=Cohort.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label="Choose a cohort",
        label="Move to",
        error_messages={"invalid_choice": "Choose one of these."},
    )

    def __init__(self, *args, cohort: Cohort, **options):
        super().__init__(*args, **options)
        self.fields["into"].queryset = Cohort.objects.exclude(pk=cohort.pk)

    def clean_into(self):
        return self.cleaned_data.get("into")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("deed") == self.MOVE and not cleaned.get("into") and not self.errors:
            self.add_error("into", "Choose where to.")
        return cleaned
