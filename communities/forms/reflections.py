"""Looking back: five prompts, by one person or by the whole team."""

from django import forms
from django.db.models import TextChoices

from ..enums import ReflectionStage
from ..models import Reflection
from .base import KeyedForm, RevisionForm, StudioForm
from .text import TextField

MAX_ANSWER = 20_000


class Voice(TextChoices):
    TEAM = "team", "The whole team"
    ME = "me", "Me"


class AnswersForm(StudioForm):
    stage = forms.ChoiceField(
        label="Written",
        choices=ReflectionStage,
        initial=ReflectionStage.AFTER,
        widget=forms.RadioSelect,
    )
    worked_well = TextField(
        label="What worked well",
        required=False,
        max_length=MAX_ANSWER,
        rows=5,
        help_text="A moment, a number or a sentence somebody said.",
    )
    did_not_work = TextField(
        label="What didn’t",
        required=False,
        max_length=MAX_ANSWER,
        rows=5,
        help_text="Readers learn most from what did not go to plan.",
    )
    matched = TextField(
        label="What matched our expectations", required=False, max_length=MAX_ANSWER, rows=5
    )
    surprised = TextField(label="What surprised us", required=False, max_length=MAX_ANSWER, rows=5)
    differently = TextField(
        label="What we would do differently", required=False, max_length=MAX_ANSWER, rows=5
    )

    def clean(self):
        cleaned = super().clean()
        has_errors = any(prompt in self.errors for prompt in Reflection.PROMPTS)
        if not has_errors and not any(cleaned.get(p, "").strip() for p in Reflection.PROMPTS):
            self.add_error(Reflection.PROMPTS[0], "Answer at least one of the five prompts.")
        return cleaned


class NewReflectionForm(AnswersForm, KeyedForm):
    implementation = forms.ChoiceField(
        label="Which run",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the run that this is about."},
    )
    voice = forms.ChoiceField(
        label="Who speaks", choices=Voice, initial=Voice.TEAM, widget=forms.RadioSelect
    )

    field_order = ["implementation", "voice", "stage"]

    def __init__(self, *args, runs: list[tuple[str, str]], **options):
        """`runs` are those of the community: key and name."""
        super().__init__(*args, **options)
        self.fields["implementation"].choices = runs

    @property
    def run_key(self) -> str:
        return self.cleaned_data["implementation"]

    def answers(self, user) -> dict:
        """What services.implementations.add_reflection writes for `user`."""
        changes = self.changes
        changes.pop("implementation")
        author = user if changes.pop("voice") == Voice.ME else None
        return {**changes, "author": author}


class ReflectionForm(AnswersForm, RevisionForm):
    """The voice and the run of a reflection stay as they were begun."""
