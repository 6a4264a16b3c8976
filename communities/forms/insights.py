"""One lesson that a stranger can use."""

from django import forms

from ..enums import InsightBasis, InsightType
from .base import KeyedForm, RevisionForm, StudioForm
from .text import LineField, TextField
from .widgets import HintedRadioSelect


class ValuesField(forms.MultipleChoiceField):
    """Values by their key: those that the community holds first, then the others."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, held, others) -> None:
        self.rows = {str(value.pk): value for value in (*held, *others)}
        self.choices = _choices(self.rows.values())
        # The headings are for the page only; the field itself knows plain choices.
        groups = (("Values of this design", held), ("Other values", others))
        self.widget.choices = [(name, _choices(values)) for name, values in groups if values]

    def clean(self, value):
        return sorted((self.rows[key] for key in super().clean(value)), key=lambda row: row.pk)


def _choices(values) -> list[tuple[str, str]]:
    return [(str(value.pk), value.name) for value in values]


class LessonForm(StudioForm):
    type = forms.ChoiceField(
        label="What kind of lesson",
        choices=InsightType,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of lesson it is."},
    )
    headline = LineField(
        label="The lesson, in one or two sentences",
        max_length=240,
        help_text="So that somebody who was not there can use it.",
        error_messages={"required": "Write the lesson."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    body = TextField(
        label="What it rests on",
        required=False,
        max_length=5000,
        rows=4,
        help_text="What you saw, counted or were told, in a few sentences.",
    )
    basis = forms.ChoiceField(
        label="How we know",
        choices=InsightBasis,
        required=False,
        widget=HintedRadioSelect(
            {
                InsightBasis.COUNTED: "Somebody kept a tally or a list",
                InsightBasis.OBSERVED: "We saw it happen",
                InsightBasis.TOLD: "Participants said so",
            }
        ),
    )
    values = ValuesField(
        label="Values it is about",
        required=False,
        help_text="People who search by these values will find it.",
    )

    def __init__(self, *args, held, others, **options):
        super().__init__(*args, **options)
        self.fields["values"].offer(held, others)


class NewInsightForm(LessonForm, KeyedForm):
    pass


class InsightForm(LessonForm, RevisionForm):
    @classmethod
    def values_of(cls, instance) -> dict:
        values = super().values_of(instance)
        if instance is not None:
            values["values"] = sorted(value.pk for value in instance.values.all())
        return values
