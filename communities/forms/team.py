"""Who is invited into a team or a cohort, and as what."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from ..enums import TeamRole
from .base import KeyedForm, StudioForm
from .text import TextField

MOST_TEAMMATES = 10
LONGEST_LIST = 20_000
# An address, or what somebody meant to be one: whatever stands between separators.
SEPARATORS = re.compile(r"[\s,;<>()\[\]\"“”]+")
LASTING = {3: "Three days", 14: "Two weeks", 60: "Two months"}


def addresses_in(text: str) -> tuple[list[str], list[str]]:
    """What `text` names as (addresses in lower case, other words with an @), each once, in order.

    Words without an @, such as the names beside addresses, are passed over.
    """
    good, bad = {}, {}
    for word in SEPARATORS.split(text[:LONGEST_LIST]):
        if "@" not in word:
            continue
        address = word.removeprefix("mailto:").strip(".'‘’").lower()
        (good if _is_address(address) else bad)[address] = None
    return list(good), list(bad)


def lines_in(text: str) -> tuple[list[str], list[str]]:
    """As `addresses_in`, but a line that names no address at all counts as a wrong one."""
    good, bad = {}, {}
    for line in text[:LONGEST_LIST].splitlines():
        right, wrong = addresses_in(line)
        if not right and not wrong and line.strip(" ,;\t"):
            wrong = [line.strip()]
        good |= dict.fromkeys(right)
        bad |= dict.fromkeys(wrong)
    return list(good), list(bad)


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


class TeammatesField(TextField):
    """A few addresses in any order and with any separators; its value is a list of them."""

    def __init__(self, **options):
        options.setdefault("required", False)
        super().__init__(max_length=2_000, rows=2, **options)
        self.widget.attrs["autocomplete"] = "off"

    def clean(self, value):
        text = super().clean(value)
        good, bad = addresses_in(text)
        if bad:
            raise ValidationError(f"“{bad[0][:80]}” is not an e-mail address.", code="invalid")
        if text.strip() and not good:
            raise ValidationError("There is no e-mail address in it.", code="invalid")
        if len(good) > MOST_TEAMMATES:
            raise ValidationError(
                f"At most {MOST_TEAMMATES} at a time; these are {len(good)}.", code="too_many"
            )
        return good


class InviteForm(KeyedForm):
    """By letter to addresses, or with a link where none is given."""

    BY_LETTER, BY_LINK = "letter", "link"

    way = forms.ChoiceField(
        choices=[
            (BY_LETTER, "Send letters to e-mail addresses"),
            (BY_LINK, "Make a link that you pass on yourself"),
        ],
        initial=BY_LETTER,
        label="How",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two ways."},
    )
    addresses = TeammatesField(
        label="E-mail addresses",
        help_text="Several are fine. Each can be accepted with that address only.",
    )
    uses = forms.IntegerField(
        min_value=1,
        max_value=20,
        initial=1,
        required=False,
        label="How many people may use the link",
        widget=forms.NumberInput(attrs={"class": "input short", "inputmode": "numeric"}),
    )
    role = forms.ChoiceField(
        choices=TeamRole.choices,
        initial=TeamRole.DESIGNER,
        label="As",
        help_text="Both write everywhere. A lead also says who is in the team.",
    )
    days = forms.TypedChoiceField(
        choices=list(LASTING.items()), coerce=int, initial=14, label="Open for"
    )

    def clean(self):
        cleaned = super().clean()
        is_by_letter = cleaned.get("way") == self.BY_LETTER
        if is_by_letter and not cleaned.get("addresses") and "addresses" not in self.errors:
            self.add_error("addresses", "Write at least one address, or make a link.")
        return cleaned

    @property
    def letters(self) -> list[str]:
        """The addresses to write to; none for a link."""
        data = self.cleaned_data
        return data["addresses"] if data["way"] == self.BY_LETTER else []


class MemberForm(StudioForm):
    """One button beside one member."""

    ORDER = {"up": -1, "down": 1}
    HAND_OVER = "hand-over"

    member = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    deed = forms.ChoiceField(
        choices=[
            ("up", "Up"),
            ("down", "Down"),
            (TeamRole.LEAD, "Make lead"),
            (TeamRole.DESIGNER, "Make designer"),
            ("hand-over", "Hand over"),
        ]
    )


class LeaveForm(StudioForm):
    """Leaving, and who leads afterwards where nobody else does."""

    successor = forms.TypedChoiceField(
        coerce=int,
        required=False,
        label="Who leads from now on?",
        help_text="A team always has a lead. They can hand it on.",
        error_messages={"required": "Choose who leads the team after you."},
    )

    def __init__(self, *args, heirs=(), is_last_lead=False, **options):
        super().__init__(*args, **options)
        if is_last_lead:
            names = [(member.pk, str(member.user)) for member in heirs]
            self.fields["successor"].choices = [("", "Choose somebody"), *names]
            self.fields["successor"].required = True
        else:
            del self.fields["successor"]
