from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from django import forms

from accounts.models import Cohort

from ..enums import Action, DeskTab
from ..workflow import MOVES

MAX_NOTE = 10_000
MAX_SEARCH = 100

CHECKS = (
    ("run", "A stranger could run it from the text"),
    ("values", "Each value can be seen in what happens"),
    ("prompts", "All five prompts are answered plainly"),
    ("consent", "Nobody is identified without consent"),
    ("sources", "Sources and lineage are named"),
)


@dataclass(frozen=True, kw_only=True)
class DeskSearch:
    """What of the queue is shown. Whatever an address says that makes no sense is left out."""

    tab: DeskTab = DeskTab.WAITING
    cohort: Cohort | None = None
    text: str = ""

    @classmethod
    def read(cls, query, cohorts: list[Cohort]) -> Self:
        tab, slug = query.get("tab"), query.get("cohort")
        text = "".join(c for c in query.get("q", "") if c.isprintable())
        return cls(
            tab=DeskTab(tab) if tab in DeskTab.values else DeskTab.WAITING,
            cohort=next((cohort for cohort in cohorts if cohort.slug == slug), None),
            text=text.strip()[:MAX_SEARCH],
        )

    def in_tab(self, tab: DeskTab) -> Self:
        return replace(self, tab=tab)

    @property
    def is_filtered(self) -> bool:
        return bool(self.cohort or self.text)

    @property
    def query(self) -> str:
        """The part of an address after "?": only what differs from the plain queue."""
        parts = {
            "tab": "" if self.tab is DeskTab.WAITING else self.tab.value,
            "cohort": self.cohort.slug if self.cohort else "",
            "q": self.text,
        }
        return urlencode({name: value for name, value in parts.items() if value})


class DecisionForm(forms.Form):
    """A move by a reviewer, on the state that they saw (`revision`). The ticks are not kept."""

    action = forms.ChoiceField(
        label="Decision",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what to decide."},
    )
    note = forms.CharField(
        label="To the team",
        required=False,
        help_text="Begin with what carries the design. Needed unless you approve.",
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    checked = forms.MultipleChoiceField(
        required=False, choices=CHECKS, widget=forms.CheckboxSelectMultiple
    )
    revision = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(self, *args, actions: list[Action], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [(action.value, action.label) for action in actions]

    def clean(self):
        cleaned = super().clean()
        action = cleaned.get("action")
        if action and MOVES[Action(action)].needs_note and not cleaned.get("note", "").strip():
            self.add_error("note", "Write to the team why, and what they can do.")
        return cleaned

    def redrawn(self, *, actions: list[Action], revision: int) -> "DecisionForm":
        """A fresh form on the state as it is now, with what was chosen and typed."""
        kept = {
            **self.initial,
            "action": self.data.get("action", ""),
            "note": self.data.get("note", ""),
        }
        kept |= {"checked": self.data.getlist("checked"), "revision": revision}
        return DecisionForm(initial=kept, actions=actions)
