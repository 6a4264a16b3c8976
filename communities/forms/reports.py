"""What visitors report, and what staff decide about it."""

from django import forms
from django.core.exceptions import ValidationError

from accounts.spam import Guarded

from ..enums import ReportDeed, ReportProblem
from .base import StudioForm
from .text import TextField
from .widgets import HintedRadioSelect

MOST_WORDS = 1_000
MOST_REASON = 5_000
LARGEST_ID = 2**63 - 1
NOTHING = "nothing"
STEPS = (ReportDeed.WARN, ReportDeed.SUSPEND)


class ReportForm(Guarded, StudioForm):
    """A kind of problem, a sentence, an address for the answer."""

    problem = forms.ChoiceField(
        label="What is wrong",
        widget=HintedRadioSelect(
            {
                ReportProblem.PICTURES_ME: "It is hidden as soon as you send this",
                ReportProblem.PICTURES_MINOR: "It is hidden as soon as you send this",
            }
        ),
        error_messages={"required": "Choose what is wrong."},
    )
    words = TextField(
        label="In a sentence",
        max_length=MOST_WORDS,
        rows=3,
        required=False,
        help_text="What should staff know? Do not name anybody who need not be named.",
    )
    email = forms.EmailField(
        label="Your e-mail address",
        required=False,
        max_length=254,
        help_text="Only if you want to be told what became of it. It is deleted with the answer.",
        widget=forms.EmailInput(attrs={"class": "input medium", "autocomplete": "email"}),
        error_messages={"invalid": "Check the address, or leave it empty."},
    )

    def __init__(self, *args, kind: str, **options):
        super().__init__(*args, **options)
        offered = ReportProblem.offered(kind)
        self.fields["problem"].choices = [(one.value, one.label) for one in offered]

    @property
    def report(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("problem", "words", "email")}


class DecisionForm(StudioForm):
    """What happens to the thing, and to whoever made it; one reason for both."""

    deed = forms.ChoiceField(
        label="What happens to it",
        widget=HintedRadioSelect(
            {
                ReportDeed.HIDE: "Nobody but staff sees it, in no version, from this moment",
                ReportDeed.KEEP: "The report is answered, and nothing changes",
                ReportDeed.RESTORE: "Everybody sees it again",
            }
        ),
        error_messages={"required": "Choose what happens to it."},
    )
    step = forms.ChoiceField(
        label="And who made it",
        widget=HintedRadioSelect(
            {
                ReportDeed.WARN: "A letter with your reason",
                ReportDeed.SUSPEND: "They are signed out at once and can neither sign in nor write",
            }
        ),
        error_messages={"required": "Choose one of these."},
    )
    person = forms.ChoiceField(
        label="Who that is",
        required=False,
        widget=forms.Select(attrs={"class": "input medium"}),
    )
    reason = TextField(
        label="Why",
        max_length=MOST_REASON,
        rows=5,
        help_text="The team reads this, and it stays in the log.",
        error_messages={"required": "Say why. The team reads it."},
    )
    to_reporter = TextField(
        label="To whoever reported it",
        max_length=MOST_WORDS,
        rows=2,
        required=False,
        help_text="Added to the letter that says what became of it, if they left an address.",
    )
    seen = forms.IntegerField(min_value=0, max_value=LARGEST_ID, widget=forms.HiddenInput)

    def __init__(self, *args, deeds: list[tuple], people: list, **options):
        super().__init__(*args, **options)
        self.fields["deed"].choices = [(deed.value, words) for deed, words in deeds]
        steps = [(NOTHING, "Nothing"), *((s.value, s.label) for s in STEPS if people)]
        self.fields["step"].choices = steps
        self.fields["person"].choices = [("", "Choose"), *((str(p.pk), str(p)) for p in people)]
        if not self.is_bound:
            self.initial.setdefault("step", NOTHING)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("step") in (*STEPS,) and not cleaned.get("person"):
            self.add_error("person", "Choose the person.")
        return cleaned

    @property
    def last_seen(self) -> int | None:
        """The last line of the log on the page that this was sent from."""
        try:
            return self.fields["seen"].clean(self.data.get("seen"))
        except ValidationError:
            return None

    @property
    def decision(self) -> dict:
        """What services.reports.settle takes, but the person."""
        data = self.cleaned_data
        step = None if data["step"] == NOTHING else ReportDeed(data["step"])
        names = ("seen", "reason", "to_reporter")
        return {"deed": ReportDeed(data["deed"]), "step": step} | {n: data[n] for n in names}

    def redrawn(self, *, seen: int) -> None:
        """All that was typed stays, on the state as it is now."""
        self.data = self.data.copy()
        self.data["seen"] = str(seen)


class LiftForm(StudioForm):
    reason = TextField(
        label="What has been settled",
        max_length=MOST_REASON,
        rows=4,
        required=False,
        help_text="They read this, and it stays in the log.",
    )
