"""Fields that choose among rows, shared by the studio's forms."""

from django import forms
from django.core.exceptions import ValidationError

from ..models import Value

MAX_VALUES = 5


def choice_field(choices, *, empty: str, **options) -> forms.ChoiceField:
    """An optional choice; `empty` are the words for none."""
    return forms.ChoiceField(choices=[("", empty), *choices.choices], required=False, **options)


class ValuesField(forms.ModelMultipleChoiceField):
    """Up to five values of the vocabulary, by slug, in the order of the vocabulary."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options):
        options.setdefault("required", False)
        super().__init__(
            queryset=Value.objects.filter(is_retired=False), to_field_name="slug", **options
        )
        self.error_messages["invalid_choice"] = "“%(value)s” is not one of the values."

    def clean(self, value):
        if value and any("\x00" in str(slug) for slug in value):
            raise ValidationError("That is not one of the values.", code="invalid_choice")
        return super().clean(value)


def refuse_too_many(count: int) -> None:
    if count > MAX_VALUES:
        raise ValidationError(
            f"Choose at most five. You have chosen {count}; which of them would you defend?",
            code="too_many",
        )
