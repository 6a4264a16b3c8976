"""A file of designs, sent in the browser."""

from django import forms
from django.core.exceptions import ValidationError

from .base import StudioForm
from .text import TextField

MOST_BYTES = 2 * 1024 * 1024
ENDINGS = (".csv", ".jsonl", ".ndjson")


class ImportForm(StudioForm):
    file = forms.FileField(
        label="File",
        help_text="CSV with a first line of column names, or JSON Lines; UTF-8, at most 2 MB and"
        " 500 rows. For more there is the command import_designs.",
        widget=forms.FileInput(attrs={"accept": ".csv,.jsonl,.ndjson"}),
        error_messages={
            "required": "Choose a file.",
            "empty": "This file is empty. Choose another.",
            "max_length": "The name of this file is too long. Rename it.",
        },
        max_length=255,
    )
    columns = TextField(
        max_length=2_000,
        required=False,
        rows=3,
        label="Names of columns",
        help_text="Where the file calls a column something else: one on each line, as ours=theirs,"
        " for example title=name.",
    )
    publish = forms.BooleanField(
        required=False,
        label="Publish them at once",
        help_text="Otherwise they are drafts that only staff see.",
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(ENDINGS):
            raise ValidationError("Choose a file that ends in .csv or .jsonl.")
        if file.size > MOST_BYTES:
            raise ValidationError(
                f"This file has {file.size / 1_048_576:.1f} MB; at most 2 fit. Cut it in two, or"
                " use the command."
            )
        return file

    @property
    def pairs(self) -> list[str]:
        lines = self.cleaned_data["columns"].splitlines()
        return [line.strip() for line in lines if line.strip()]
