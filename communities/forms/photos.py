"""The words of a picture, and the files of an upload."""

from django import forms
from django.conf import settings
from django.db.models import TextChoices

from ..enums import Consent, PhotoKind
from .base import KeyField, RevisionForm, StudioForm
from .text import LineField
from .widgets import HintedRadioSelect


class Described(TextChoices):
    DESCRIBE = "describe", "We describe it"
    DECORATIVE = "decorative", "It is decoration: the words beside it say the same"
    NOT_YET = "not-yet", "Not yet"


class PhotoForm(RevisionForm):
    described = forms.ChoiceField(
        label="For those who cannot see it",
        choices=Described,
        widget=HintedRadioSelect({Described.NOT_YET: "It cannot be submitted like this"}),
        error_messages={"required": "Choose one: describe it, call it decoration, or not yet."},
    )
    alt = LineField(
        label="Description",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=(
            "What is in the picture, in a sentence or two. It is read aloud, and shown if the"
            " picture fails to load."
        ),
    )
    caption = LineField(max_length=300, required=False)
    credit = LineField(
        label="Who took or drew it",
        max_length=140,
        required=False,
        help_text="As they want to be named. It need not be a real name.",
    )
    kind = forms.ChoiceField(
        label="This is a",
        choices=PhotoKind,
        initial=PhotoKind.PHOTO,
        widget=forms.Select(attrs={"class": "input short"}),
    )
    consent = forms.ChoiceField(
        label="People in the picture",
        choices=Consent,
        required=False,
        widget=HintedRadioSelect(
            {
                Consent.NO_PEOPLE: "Nobody is in it, or nobody who could be recognised",
                Consent.EVERYONE_AGREED: "In writing, and all of them are 18 or older",
                Consent.GUARDIANS_AGREED: "In writing, from the guardians of all under 18",
                Consent.NEEDS_BLURRING: (
                    "It cannot be submitted like this. Blur the faces on your device, upload the"
                    " blurred copy and remove this picture"
                ),
            }
        ),
    )
    consent_holder = LineField(
        label="Who holds the forms",
        max_length=140,
        required=False,
        help_text="Needed when minors can be recognised. For example: the lead.",
    )

    # Saved without, but not always submitted without: not to be called optional.
    alt.is_awaited = consent.is_awaited = consent_holder.is_awaited = True

    @classmethod
    def values_of(cls, instance) -> dict:
        values = super().values_of(instance)
        if instance is not None:
            values["described"] = _described(instance)
        return values

    def clean(self):
        cleaned = super().clean()
        described, alt = cleaned.get("described"), cleaned.get("alt")
        if described == Described.DECORATIVE and alt:
            self.add_error("alt", "Empty this, or choose that you describe the picture.")
        if described == Described.DESCRIBE and not alt and "alt" not in self.errors:
            self.add_error("alt", "Write a description, or choose “Not yet”.")
        if described == Described.NOT_YET and alt:
            cleaned["described"] = Described.DESCRIBE
        minors = cleaned.get("consent") == Consent.GUARDIANS_AGREED
        if minors and not cleaned.get("consent_holder") and "consent_holder" not in self.errors:
            self.add_error("consent_holder", "Say who holds the guardians’ forms.")
        return cleaned

    @property
    def is_written(self) -> bool:
        """Whether it says anything else than what was saved when it was drawn."""
        names = self.values_of(self.instance)
        return any(not self.saw(name, self.cleaned_data[name]) for name in names)

    @property
    def changes(self) -> dict:
        changes = super().changes
        changes["is_decorative"] = changes.pop("described") == Described.DECORATIVE
        return changes


def _described(photo) -> Described:
    if photo.is_decorative:
        return Described.DECORATIVE
    return Described.DESCRIBE if photo.is_described else Described.NOT_YET


def limits_in_words() -> str:
    """What may be uploaded, said before anybody tries."""
    megabytes = settings.PHOTO_MAX_BYTES / 1024**2
    pixels = settings.PHOTO_MAX_PIXELS / 1_000_000
    return (
        f"JPEG, PNG, WebP, AVIF, GIF or HEIC, up to {megabytes:.3g} MB and {pixels:.3g} million"
        f" pixels each, {settings.PHOTOS_PER_COMMUNITY} in a design. Places and times recorded"
        " inside the file are removed when it arrives; of an animation the first frame is kept."
    )


class UploadForm(StudioForm):
    """The key of one sending of files; the files themselves are judged one by one."""

    key = KeyField()
