"""A document that goes with a design, and its caption."""

from django import forms
from django.conf import settings

from ..media.documents import ACCEPTED
from .base import KeyedForm, RevisionForm, StudioForm
from .text import LineField

ACCEPTED_ENDINGS = ".pdf,.txt,.md,.csv,.odt,.ods,.odp,.docx,.xlsx,.pptx"


def attachment_limits() -> str:
    """What may be attached, said before anybody tries."""
    return (
        f"{ACCEPTED} Up to {settings.ATTACHMENT_MAX_BYTES / 1024**2:.3g} MB each,"
        f" {settings.ATTACHMENTS_PER_COMMUNITY} in a design and"
        f" {settings.ATTACHMENTS_PER_PERSON} by one person. Nothing with macros. Files are given"
        " to readers exactly as you send them: take out names and comments that are not for them."
    )


class CaptionForm(StudioForm):
    caption = LineField(
        label="What it is",
        max_length=300,
        required=False,
        help_text="For example: Tools, prices, and what we never used.",
    )


class NewAttachmentForm(CaptionForm, KeyedForm):
    file = forms.FileField(
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED_ENDINGS, "class": "input"}),
        error_messages={"required": "Choose a file.", "invalid": "Choose a file."},
    )
    field_order = ("file", "caption")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["file"].help_text = attachment_limits()


class AttachmentForm(CaptionForm, RevisionForm):
    pass
