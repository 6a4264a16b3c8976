"""The values a design holds: which, in what order, why, and what was seen of them."""

from dataclasses import dataclass, replace

from django import forms
from django.db.models import prefetch_related_objects

from ..checklist import VALUES
from ..models import Community, Value
from .base import BY_HAND, RevisionForm
from .choices import ValuesField, refuse_too_many
from .conflicts import Difference
from .text import TextField


@dataclass(frozen=True)
class HeldRow:
    """One held value with its bound fields, as the page draws it."""

    value: Value
    position: int
    rank: forms.BoundField
    why: forms.BoundField
    saw: forms.BoundField
    drop: forms.BoundField


class ValuesForm(RevisionForm):
    """Fields for each held value, in order, and a box for each of the others.

    `held` repeats the slugs as they were drawn. Without script the order is changed by number, or
    by a button `up` or `down` that saves as well.
    """

    add = ValuesField(label="Hold another value")

    def __init__(self, data=None, *, instance: Community, vocabulary: list[Value], **options):
        self.vocabulary = {value.slug: value for value in vocabulary}
        super().__init__(data, instance=instance, **options)
        drawn = self.data.getlist("held") if self.is_bound else self.initial["held"]
        self._draw(list(dict.fromkeys(slug for slug in drawn if slug in self.vocabulary)))

    @classmethod
    def values_of(cls, instance: Community) -> dict:
        # Not asked for again of a design that has them at hand.
        prefetch_related_objects([instance], VALUES)
        links = instance.community_values.all()
        texts = {f"why-{link.tag.slug}": link.rationale for link in links}
        seen = {f"saw-{link.tag.slug}": link.evidence for link in links}
        return {"held": [link.tag.slug for link in links], **texts, **seen}

    @staticmethod
    def revision_of(instance: Community) -> int:
        return instance.values_revision

    def _draw(self, held: list[str]) -> None:
        self.held = held
        for position, slug in enumerate(held, 1):
            name = self.vocabulary[slug].name
            self.fields[f"rank-{slug}"] = forms.TypedChoiceField(
                choices=[(n, str(n)) for n in range(1, max(len(held), 1) + 1)],
                coerce=int,
                empty_value=position,
                initial=position,
                required=False,
                label=f"Place of {name.lower()}",
            )
            self.fields[f"why-{slug}"] = TextField(
                max_length=5_000,
                required=False,
                rows=4,
                label=f"How {name.lower()} shapes the design",
            )
            self.fields[f"why-{slug}"].is_awaited = True
            self.fields[f"saw-{slug}"] = TextField(
                max_length=5_000,
                required=False,
                rows=3,
                label=f"What you saw of {name.lower()}",
                help_text="Later, when it has run: a moment, a number, a sentence somebody said.",
            )
            self.fields[f"drop-{slug}"] = forms.BooleanField(
                required=False,
                widget=forms.CheckboxInput(attrs=BY_HAND),
                label=f"Let go of {name.lower()}; what is written about it here goes too",
            )

    @property
    def rows(self) -> list[HeldRow]:
        return [
            HeldRow(
                value=self.vocabulary[slug],
                position=position,
                **{part: self[f"{part}-{slug}"] for part in ("rank", "why", "saw", "drop")},
            )
            for position, slug in enumerate(self.held, 1)
        ]

    @property
    def others(self) -> list:
        """The boxes of `add` for values that are not held."""
        return [box for box in self["add"] if str(box.data["value"]) not in self.held]

    def clean(self):
        super().clean()
        refuse_too_many(len(self._order()))

    def _order(self) -> list[str]:
        """Slugs in the chosen order. Of two with one number, the one moved there goes first."""
        places = {}
        for position, slug in enumerate(self.held, 1):
            rank = self.cleaned_data.get(f"rank-{slug}") or position
            places[slug] = (rank, (rank > position) - (rank < position), position)
        kept = [slug for slug in self.held if not self.cleaned_data.get(f"drop-{slug}")]
        added = [value.slug for value in self.cleaned_data.get("add") or ()]
        order = sorted(kept, key=places.get) + [slug for slug in added if slug not in kept]
        return self._moved(order)

    def _moved(self, order: list[str]) -> list[str]:
        for name, by in (("up", -1), ("down", 1)):
            slug = self.data.get(name)
            if slug in order:
                place = order.index(slug)
                order.remove(slug)
                order.insert(max(place + by, 0), slug)
        return order

    @property
    def changes(self) -> dict:
        """For services.values.save_values."""
        says = self.says()
        reasons = [
            {
                "value": self.vocabulary[slug],
                "rationale": says[f"why-{slug}"],
                "evidence": says[f"saw-{slug}"],
            }
            for slug in says["held"]
        ]
        return {"reasons": reasons}

    def says(self) -> dict:
        """A value added in a page without its fields says what is saved of it, if anything is."""
        order = self._order()
        is_added = any(slug not in self.held for slug in order)
        saved = self._saved if is_added else {}
        texts = {
            name: self.cleaned_data.get(name, "") if slug in self.held else saved.get(name, "")
            for slug in order
            for name in (f"why-{slug}", f"saw-{slug}")
        }
        return {"held": order, **texts}

    def meet(self, current: Community) -> bool:
        """As RevisionForm; which values and their order are merged like one more field."""
        self.instance = current
        mine, saved = self._order(), self._saved
        is_untouched = self.saw("held", mine)
        theirs = saved["held"]
        if super().meet(current):
            return True
        self.is_reshaped = not self.saw("held", theirs)
        if not self.is_reshaped:
            order = mine
        elif is_untouched:
            order = theirs + [slug for slug in mine if slug not in theirs and self._wrote(slug)]
        else:
            order = mine + [slug for slug in theirs if slug not in mine and slug not in self.held]
            self._tell_order(mine, theirs)
        for slug in order:
            if slug not in self.held:
                self.data[f"why-{slug}"] = saved.get(f"why-{slug}", "")
                self.data[f"saw-{slug}"] = saved.get(f"saw-{slug}", "")
        self._redraw(order)
        return False

    def _wrote(self, slug: str) -> bool:
        return any(
            not self.saw(f"{part}-{slug}", self.cleaned_data.get(f"{part}-{slug}", ""))
            for part in ("why", "saw")
        )

    def _tell_order(self, mine: list[str], theirs: list[str]) -> None:
        yours, saved = self._names(mine), self._names(theirs)
        if yours != saved:
            difference = Difference("Which values, in what order", "held", yours, saved)
            differences = (difference, *self.conflict.differences)
            self.conflict = replace(self.conflict, differences=differences)

    def _names(self, slugs: list[str]) -> str:
        return ", ".join(self.vocabulary[slug].name for slug in slugs if slug in self.vocabulary)

    def _redraw(self, order: list[str]) -> None:
        """Show exactly these as held, numbered afresh."""
        order = [slug for slug in order if slug in self.vocabulary]
        self.data.setlist("held", order)
        self.data.setlist("add", [])
        for position, slug in enumerate(order, 1):
            self.data[f"rank-{slug}"] = str(position)
        self._draw(order)
