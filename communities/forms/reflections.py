"""Looking back: five prompts and the questions of the values, by one person or the whole team."""

import hashlib
from dataclasses import dataclass

from django import forms
from django.db.models import TextChoices

from ..enums import ReflectionStage
from ..models import Reflection
from .base import KeyedForm, RevisionForm, StudioForm
from .text import TextField

MAX_ANSWER = 20_000
MAX_VALUE_ANSWER = 5_000
FACTS = ("implementation", "voice", "stage")
# However many values are held, so many of their questions are asked.
MOST_QUESTIONS = 40


@dataclass(frozen=True)
class Question:
    """A question of a value, by the words in which it is asked."""

    value: str
    name: str
    text: str

    @property
    def field(self) -> str:
        said = f"{self.value}\n{self.text}".encode("utf-8", "replace")
        return f"about_{hashlib.sha256(said).hexdigest()[:12]}"

    @classmethod
    def of(cls, answer: dict) -> "Question":
        return cls(answer["value"], answer["name"], answer["question"])


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

    def __init__(self, *args, questions: list[Question] = (), **options):
        super().__init__(*args, **options)
        self.questions = list(questions)[:MOST_QUESTIONS]
        for question in self.questions:
            self.fields[question.field] = TextField(
                label=question.text, required=False, max_length=MAX_VALUE_ANSWER, rows=3
            )

    def clean(self):
        cleaned = super().clean()
        names = [*Reflection.PROMPTS, *(question.field for question in self.questions)]
        has_errors = any(name in self.errors for name in names)
        if not has_errors and not any(cleaned.get(name, "").strip() for name in names):
            self.add_error(Reflection.PROMPTS[0], "Answer at least one of the five prompts.")
        return cleaned

    @property
    def changes(self) -> dict:
        asked = {question.field: question for question in self.questions}
        changes = {name: value for name, value in super().changes.items() if name not in asked}
        answers = [
            {"value": q.value, "name": q.name, "question": q.text, "answer": answer}
            for name, q in asked.items()
            if (answer := self.cleaned_data[name]).strip()
        ]
        return {**changes, "value_answers": answers}

    @property
    def facts(self) -> list:
        """The fields before the prompts."""
        return [field for field in self.visible_fields() if field.name in FACTS]

    @property
    def prompts(self) -> list:
        return [self[name] for name in Reflection.PROMPTS]

    @property
    def about_values(self) -> list[tuple[str, list]]:
        """The questions by the name of their value."""
        groups: dict[str, list] = {}
        for question in self.questions:
            groups.setdefault(question.name, []).append(self[question.field])
        return list(groups.items())


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

    @classmethod
    def values_of(cls, instance) -> dict:
        values = super().values_of(instance)
        for answer in instance.value_answers if instance is not None else ():
            values[Question.of(answer).field] = answer["answer"]
        return values
