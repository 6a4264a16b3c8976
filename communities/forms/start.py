from django import forms

from ..enums import Kind
from .base import KeyedForm
from .choices import ValuesField, choice_field, refuse_too_many
from .team import TeammatesField
from .text import LineField


class StartForm(KeyedForm):
    """Two minutes: everything but the title can wait."""

    title = LineField(
        max_length=120,
        label="What is it called?",
        help_text="A working title will do.",
        error_messages={"required": "Give it a name; you can change it later."},
    )
    kind = choice_field(Kind, empty="Choose later", label="What kind of community is it?")
    summary = LineField(
        max_length=200,
        required=False,
        label="What is it, in one sentence?",
        help_text="As you would tell a friend at a bus stop.",
    )
    values = ValuesField(
        label="What should it hold?",
        help_text="Up to five values. You put them in order and say why on the next pages.",
    )
    teammates = TeammatesField(
        label="With whom?",
        help_text="E-mail addresses of your team; each gets a letter. Alone is fine, and you can"
        " invite them later, also with a link.",
    )
    builds_on = LineField(required=False, widget=forms.HiddenInput, max_length=5_000)

    def clean_values(self):
        values = list(self.cleaned_data["values"])
        refuse_too_many(len(values))
        return values

    @property
    def details(self) -> dict:
        """What services.starting.start_community takes, but for the parent."""
        return {name: self.cleaned_data[name] for name in ("title", "kind", "summary", "values")}
