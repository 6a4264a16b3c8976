from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User

from .base import StudioForm

WORD = "erase"


class EraseMeForm(StudioForm):
    confirm = forms.CharField(
        label=f"Type the word “{WORD}”",
        max_length=20,
        error_messages={"required": f"Type the word “{WORD}” if you are sure."},
    )

    def clean_confirm(self):
        if self.cleaned_data["confirm"].strip().lower() != WORD:
            raise ValidationError(f"Type the word “{WORD}” if you are sure.")
        return WORD


class ErasePersonForm(EraseMeForm):
    """For staff who were asked. Only superusers erase staff."""

    email = forms.EmailField(label="Their e-mail address", max_length=254)
    field_order = ["email", "confirm"]

    def __init__(self, data=None, *, by: User):
        super().__init__(data)
        self.by = by

    def clean_email(self):
        email = self.cleaned_data["email"].strip().lower()
        person = User.objects.filter(email=email).exclude(pk=self.by.pk).first()
        if person is None:
            raise ValidationError("Nobody else has this address.")
        if (person.is_staff or person.is_superuser) and not self.by.is_superuser:
            raise ValidationError("Only a superuser erases staff.")
        self.person = person
        return email
