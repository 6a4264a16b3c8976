"""The words of a picture, what a crop keeps of it, what is blurred in it, and uploads."""

from django import forms
from django.conf import settings
from django.db.models import TextChoices

from ..enums import Consent, PhotoKind
from .base import KeyField, RevisionForm, StudioForm
from .implementations import DayField
from .text import LineField
from .widgets import HintedRadioSelect

# Faces that can be blurred in one picture at once.
MOST_BOXES = 40


class Described(TextChoices):
    DESCRIBE = "describe", "We describe it"
    DECORATIVE = "decorative", "It is decoration: the words beside it say the same"
    NOT_YET = "not-yet", "Not yet"


class PercentField(forms.DecimalField):
    def __init__(self, **options):
        attrs = {"class": "input short", "step": "0.1", "inputmode": "decimal"}
        super().__init__(
            min_value=0,
            max_value=100,
            max_digits=6,
            decimal_places=3,
            required=False,
            widget=forms.NumberInput(attrs=attrs),
            **options,
        )
        # A row may stay empty, but not a field of it.
        self.is_awaited = True

    def clean(self, value):
        cleaned = super().clean(value)
        return None if cleaned is None else float(cleaned)


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
                Consent.NEEDS_BLURRING: "It cannot be submitted like this. Blur the faces below",
            }
        ),
    )
    consent_holder = LineField(
        label="Who holds the forms",
        max_length=140,
        required=False,
        help_text="Needed when minors can be recognised. For example: the lead.",
    )
    consent_until = DayField(
        label="Agreed until",
        required=False,
        help_text="The last day on which it may be shown, if they agreed to a time.",
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
        f" pixels each, {settings.PHOTOS_PER_COMMUNITY} in a design and"
        f" {settings.PHOTOS_PER_PERSON} by one person. Places and times recorded"
        " inside the file are removed when it arrives; of an animation the first frame is kept."
    )


class UploadForm(StudioForm):
    """The key of one sending of files; the files themselves are judged one by one."""

    key = KeyField()


class FocusForm(StudioForm):
    """The point that a crop keeps in sight, in percent of the picture."""

    x = forms.IntegerField(label="From the left, in percent", min_value=0, max_value=100)
    y = forms.IntegerField(label="From the top, in percent", min_value=0, max_value=100)


class BlurForm(StudioForm):
    """One rectangle, in percent of the picture. All four empty: no rectangle."""

    left = PercentField(label="From the left")
    top = PercentField(label="From the top")
    width = PercentField(label="Width")
    height = PercentField(label="Height")

    def clean(self):
        cleaned = super().clean()
        said = [name for name in self.fields if cleaned.get(name) is not None]
        if self.errors or not said:
            return cleaned
        for name in self.fields:
            if name not in said:
                self.add_error(name, "Fill in all four, or empty all four.")
        for size in ("width", "height"):
            if cleaned.get(size) == 0:
                self.add_error(size, "Write more than 0.")
        return cleaned

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """Left, top, width and height as parts of 1, cut off at the edge of the picture."""
        left, top, width, height = (self.cleaned_data.get(name) for name in self.fields)
        if not width or not height:
            return None
        width, height = min(width, 100 - left), min(height, 100 - top)
        return (left / 100, top / 100, width / 100, height / 100) if width and height else None


BlurFormSet = forms.formset_factory(BlurForm, extra=3, max_num=MOST_BOXES, absolute_max=MOST_BOXES)
