"""Proposing a value, answering a proposal, and making two values or topics one."""

from django import forms
from django.core.exceptions import ValidationError

from ..enums import ProposalStatus
from ..marks import drawn_marks, painted_marks
from ..models import Topic, Value
from ..services.vocabulary import is_name_taken
from ..tagging import slug_for
from .base import KeyedForm, StudioForm
from .text import LineField, TextField


class ProposalForm(KeyedForm):
    name = LineField(
        max_length=60,
        label="What is it called?",
        help_text="One word, or two. For example: patience.",
        error_messages={"required": "Give it a name."},
    )
    short = LineField(
        max_length=140,
        label="What does it mean, in one sentence?",
        error_messages={"required": "Say in one sentence what it means."},
    )
    why = TextField(
        max_length=3_000,
        rows=5,
        label="Why does no value we have say it?",
        help_text="Name the nearest one, and what your design would do differently for this one.",
        error_messages={"required": "Say what is missing in the values we have."},
    )

    def clean_name(self):
        name = self.cleaned_data["name"]
        if is_name_taken(name):
            raise ValidationError(f"“{name}” leads to a value already. Look among the values.")
        return name


class AnswerForm(StudioForm):
    """What staff answer. Only what the chosen answer needs is asked for."""

    status = forms.ChoiceField(
        label="Answer",
        choices=[choice for choice in ProposalStatus.choices if choice[0] != "waiting"],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer."},
    )
    name = LineField(required=False, max_length=60, label="Name")
    short = LineField(required=False, max_length=140, label="In one sentence")
    definition = TextField(required=False, max_length=5_000, rows=4, label="Definition")
    not_confused_with = TextField(
        required=False, max_length=3_000, rows=2, label="Not to be confused with"
    )
    mark = forms.ChoiceField(
        required=False,
        label="Mark",
        help_text="Those that are drawn and painted and that no value has yet.",
    )
    value = forms.ModelChoiceField(
        Value.objects.all(), required=False, to_field_name="slug", label="Another word for"
    )
    answer = TextField(
        required=False,
        max_length=3_000,
        rows=4,
        label="To the person who proposed it",
        help_text="Needed when it is not taken up.",
    )

    NEEDED = {
        ProposalStatus.ACCEPTED: {
            "name": "Give the value a name.",
            "short": "Say in one sentence what it means.",
            "definition": "Write the definition that visitors will read.",
            "mark": "Choose a mark that no value has.",
        },
        ProposalStatus.ALIAS: {"value": "Choose the value that this is another word for."},
        ProposalStatus.DECLINED: {"answer": "Write why, and which value comes nearest."},
    }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["mark"].choices = [("", "Choose a mark"), *free_marks()]

    def clean(self):
        cleaned = super().clean()
        needed = self.NEEDED.get(cleaned.get("status"), {})
        for name, words in needed.items():
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, words)
        is_new = cleaned.get("status") == ProposalStatus.ACCEPTED and cleaned.get("name")
        if is_new and is_name_taken(cleaned["name"]):
            self.add_error("name", f"“{cleaned['name']}” leads to a value already.")
        return cleaned


def free_marks() -> list[tuple[str, str]]:
    """Marks that are drawn and painted and that no value has. One query."""
    taken = set(Value.objects.values_list("mark", flat=True))
    painted = painted_marks()
    return [(mark, mark) for mark in drawn_marks() if mark in painted and mark not in taken]


class MergeForm(StudioForm):
    """Into which other value or topic; a topic is named, because there may be thousands."""

    into = LineField(max_length=100, label="Into which", error_messages={"required": "Name one."})
    confirm = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, what: Value | Topic, **options):
        super().__init__(*args, **options)
        self.what = what
        self.fields["into"].label = f"Into which {what._meta.model_name}"

    def clean_into(self):
        others = type(self.what).objects.exclude(pk=self.what.pk)
        typed = self.cleaned_data["into"]
        if found := others.filter(slug=slug_for(typed)).first():
            return found
        kind = self.what._meta.model_name
        raise ValidationError(f"There is no other {kind} called “{typed[:60]}”.")
