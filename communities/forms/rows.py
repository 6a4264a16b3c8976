"""A form whose rows and cells follow the layout of a section; what is in them is one structure."""

from dataclasses import dataclass, replace

from django import forms

from ..models import SectionTemplate
from ..structure import Group, Structure, from_json, groups_of, plain_cells_of, structure_of
from . import cells
from .base import RevisionForm
from .conflicts import Difference

# Pairs of cells of which the second is not to be before or below the first.
IN_ORDER = (
    ("first", "last", "The last day comes before the first. Check both."),
    ("minutes_from", "minutes_to", "This is less than where it begins. Check both."),
)


@dataclass(frozen=True)
class FormRow:
    """One row with its bound fields, as the page draws it."""

    id: str
    heading: str
    cells: tuple[forms.BoundField, ...]
    is_blank: bool


@dataclass(frozen=True)
class FormGroup:
    """Rows of one kind; a script numbers those it adds from `next_number` on, in the name `by`."""

    group: Group
    rows: tuple[FormRow, ...]
    blank: FormRow
    by: str
    next_number: int

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= self.group.most


class RowsForm(RevisionForm):
    """What was sent as `row` or `take` asks for another row, one row less, or for a suggestion in
    a row of its own: then `is_redrawn`, and nothing is to be saved.
    """

    def __init__(self, data=None, *, template: SectionTemplate, instance, by=None, **options):
        self.template = template
        self.layout: type[Structure] | None = structure_of(template.layout)
        self.row_groups = groups_of(self.layout) if self.layout else ()
        self.by = str(by.pk) if by else "n"
        self.ids: dict[str, list[str]] = {}
        self.is_redrawn = False
        super().__init__(data, instance=instance, **options)
        if self.layout:
            self._draw()

    @classmethod
    def values_of(cls, instance) -> dict:
        plan = from_json(instance.structure) if instance else None
        return {**super().values_of(instance), **cells.values_of(plan)}

    def _draw(self) -> None:
        for cell in plain_cells_of(self.layout):
            self.fields[cells.name_of(cell)] = cells.field_of(cell)
        if self.is_bound and {"row", "take"} & self.data.keys():
            self._redraw()
        for group in self.row_groups:
            self._draw_rows(group, self._drawn_ids(group))

    def _drawn_ids(self, group: Group) -> list[str]:
        """Those that came in, else those that are saved and some that are empty."""
        if self.is_bound:
            return cells.posted_ids(self.data, group)
        ids = list(self.initial.get(group.name, ()))
        blanks = min(1 if ids else group.blanks, group.most - len(ids))
        return ids + cells.new_ids(ids, by=self.by, wanted=blanks)

    def _draw_rows(self, group: Group, ids: list[str]) -> None:
        self.ids[group.name] = ids
        for row_id in ids:
            self.fields.update(cells.fields_of_row(group, row_id))

    def lock(self) -> None:
        """For somebody who may only read: the rows there are, and no empty ones."""
        for group in self.row_groups:
            self.ids[group.name] = list(self.initial.get(group.name, ()))
        super().lock()

    def _redraw(self) -> None:
        """One row more or one row less than came in. Unknown wishes change nothing."""
        self.data, self.is_redrawn = self.data.copy(), True
        groups = {group.name: group for group in self.row_groups}
        match self.data.get("row", "").split():
            case ["add", name] if name in groups:
                self._add_row(groups[name])
            case ["drop", name, row_id] if name in groups:
                ids = cells.posted_ids(self.data, groups[name])
                self.data.setlist(name, [kept for kept in ids if kept != row_id])
        if self.layout.suggests:
            self._take(groups, self.data.get("take", ""))

    def _add_row(self, group: Group) -> str | None:
        ids = cells.posted_ids(self.data, group)
        if len(ids) == group.most:
            return None
        [row_id] = cells.new_ids(ids, by=self.by, wanted=1)
        self.data.setlist(group.name, [*ids, row_id])
        return row_id

    def _take(self, groups: dict[str, Group], key: str) -> None:
        """The suggestion of this key into an empty row. At most one query."""
        if not (key.isascii() and key.isdigit() and len(key) < 10):
            return
        taken = self.template.suggestions.filter(pk=int(key), is_active=True).first()
        name, *places = self.layout.suggests
        row_id = taken and (self._empty_row(groups[name]) or self._add_row(groups[name]))
        if row_id:
            for place, text in zip(places, (taken.kind, taken.text, taken.answer), strict=True):
                if place:
                    self.data[f"{name}-{row_id}-{place}"] = text

    def _empty_row(self, group: Group) -> str | None:
        for row_id in cells.posted_ids(self.data, group):
            names = cells.fields_of_row(group, row_id)
            if not any(self.data.get(name, "").strip() for name in names):
                return row_id
        return None

    @property
    def plain(self) -> list[forms.BoundField]:
        """The cells that belong to no row."""
        plain = plain_cells_of(self.layout) if self.layout else ()
        return [self[cells.name_of(cell)] for cell in plain]

    @property
    def groups(self) -> list[FormGroup]:
        return [self._group(group) for group in self.row_groups]

    def _group(self, group: Group) -> FormGroup:
        ids = self.ids[group.name]
        blank = forms.Form(use_required_attribute=False)
        blank.fields.update(cells.fields_of_row(group, cells.BLANK_ID))
        return FormGroup(
            group=group,
            rows=tuple(self._row(group, place, row_id) for place, row_id in enumerate(ids, 1)),
            blank=FormRow(cells.BLANK_ID, "", tuple(blank), is_blank=True),
            by=self.by,
            next_number=cells.next_number(ids, by=self.by),
        )

    def _row(self, group: Group, place: int, row_id: str) -> FormRow:
        fields = tuple(self[name] for name in cells.fields_of_row(group, row_id))
        heading = f"{group.one.capitalize()} {place}"
        return FormRow(row_id, heading, fields, is_blank=not any(f.value() for f in fields))

    def clean(self):
        super().clean()
        for group in self.row_groups:
            for row_id in self.ids[group.name]:
                for first, last, words in IN_ORDER:
                    self._check_order(f"{group.name}-{row_id}-", first, last, words)

    def _check_order(self, row: str, first: str, last: str, words: str) -> None:
        before, after = self.cleaned_data.get(row + first), self.cleaned_data.get(row + last)
        if before is not None and after is not None and after < before:
            self.add_error(row + last, words)

    @property
    def structure(self) -> dict | None:
        """What a valid form says, as JSON."""
        if not self.layout:
            return None
        return cells.structure_from(self.layout, self.ids, self.cleaned_data)

    @property
    def plan(self) -> Structure | None:
        return from_json(self.structure)

    def says(self) -> dict:
        rows = cells.values_of(self.plan)
        ids = {group.name: rows.get(group.name, []) for group in self.row_groups}
        return {**super().says(), **ids}

    def meet(self, current) -> bool:
        """As RevisionForm; rows that one of the two added or took away are added or taken away."""
        if super().meet(current):
            return True
        theirs = self.values_of(current)
        for group in self.row_groups:
            self._meet_rows(group, theirs)
        return False

    def _meet_rows(self, group: Group, theirs: dict) -> None:
        """What either of us wrote in stays, whoever took the row away."""
        mine, saved = self.ids[group.name], theirs.get(group.name, [])
        kept = [id_ for id_ in mine if id_ in saved or not self._saw_row(group, id_, self._mine)]
        new = [id_ for id_ in saved if id_ not in mine and not self._saw_row(group, id_, theirs)]
        for row_id in new:
            for name in cells.fields_of_row(group, row_id):
                self.data[name] = str(theirs.get(name, ""))
        self.is_reshaped = self.is_reshaped or [*kept, *new] != mine
        self.data.setlist(group.name, [*kept, *new])
        self._draw_rows(group, [*kept, *new])

    @property
    def _mine(self) -> dict:
        return {n: "" if v is None else v for n, v in self.cleaned_data.items()}

    def _saw_row(self, group: Group, row_id: str, values: dict) -> bool:
        """Whether this row was there when the form was drawn, and said the same."""
        names = cells.fields_of_row(group, row_id)
        return all(self.saw(name, values.get(name, "")) for name in names)

    def _difference(self, name, mine, theirs) -> Difference:
        difference = super()._difference(name, mine, theirs)
        for group in self.row_groups:
            for place, row_id in enumerate(self.ids[group.name], 1):
                if name.startswith(f"{group.name}-{row_id}-"):
                    label = f"{group.one.capitalize()} {place}: {difference.label}"
                    return replace(difference, label=label)
        return difference
