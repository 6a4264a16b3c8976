"""The rows and cells of a structured section as flat fields: `group-id-cell`.

Rows are known by ids, so that two people may add, change and remove rows at once. A person's new
rows have ids of their own, the same each time the page is drawn, so that a browser finds what it
kept of them.
"""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from msgspec import to_builtins

from ..structure import (
    Cell,
    CellKind,
    Group,
    Structure,
    cells_of,
    from_json,
    groups_of,
    plain_cells_of,
)
from ..structure.cells import MOST_MONEY
from .implementations import DayField
from .text import LineField, ShownText

ROW_ID = re.compile(r"[0-9a-z]{1,24}")
# In the form of an empty row for scripts; no id of a real row looks like this.
BLANK_ID = "__id__"
LONG = 120


class AmountField(ShownText, forms.CharField):
    """Money or hours: 1,200.50, 1200,5 and 1200.50 are one number."""

    def __init__(self, **options):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "input short"})
        super().__init__(required=False, widget=widget, **options)

    def clean(self, value):
        text = re.sub(r"\s", "", super().clean(value) or "")
        if not text:
            return None
        if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
            text = text.replace(",", "")
        if not re.fullmatch(r"\d{1,12}([.,]\d{0,6})?", text):
            raise ValidationError("Write a number such as 12.50, without a sign.")
        return self._exact(text.replace(",", "."))

    @staticmethod
    def _exact(text: str) -> Decimal:
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise ValidationError("Write a number such as 12.50, without a sign.") from None
        if number != round(number, 2):
            raise ValidationError("Write at most two digits after the point.")
        if number > MOST_MONEY:
            raise ValidationError(f"Write at most {MOST_MONEY:,}.")
        return _plain_number(number)


class TickField(forms.BooleanField):
    """Ticked or nothing, so that an empty row says nothing."""

    def __init__(self, **options):
        super().__init__(required=False, **options)

    def to_python(self, value):
        return True if super().to_python(value) else None


def field_of(cell: Cell) -> forms.Field:
    field = _field(cell, {"label": cell.title, "help_text": cell.hint})
    # Nothing of it has to be filled in, and forty times "optional" would say nothing.
    field.is_awaited = True
    return field


def _field(cell: Cell, words: dict) -> forms.Field:
    match cell.kind:
        case CellKind.CHOICE:
            return _choice_field(cell, words)
        case CellKind.DAY:
            return DayField(required=False, **words)
        case CellKind.COUNT:
            return _count_field(cell, words)
        case CellKind.AMOUNT:
            return AmountField(**words)
        case CellKind.TICK:
            return TickField(**words)
    widget = forms.Textarea(attrs={"rows": 2}) if cell.most > LONG else forms.TextInput()
    return LineField(max_length=cell.most, required=False, widget=widget, **words)


def _choice_field(cell: Cell, words: dict) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=[("", "Choose"), *cell.choices.choices],
        required=False,
        error_messages={"invalid_choice": "Choose one of these."},
        **words,
    )


def _count_field(cell: Cell, words: dict) -> forms.IntegerField:
    return forms.IntegerField(
        min_value=0,
        max_value=cell.most,
        required=False,
        widget=forms.NumberInput(attrs={"class": "input short"}),
        error_messages={
            "invalid": "Write a whole number, such as 12.",
            "min_value": "Write 0 or more.",
            "max_value": f"Write at most {cell.most:,}.",
        },
        **words,
    )


def fields_of_row(group: Group, row_id: str) -> dict[str, forms.Field]:
    return {f"{group.name}-{row_id}-{cell.name}": field_of(cell) for cell in group.cells}


def values_of(plan: Structure | None) -> dict:
    """What the fields say, by their names; under the name of a group the ids of its rows."""
    if plan is None:
        return {}
    values = {name_of(cell): _value(plan, cell) for cell in plain_cells_of(type(plan))}
    for group in groups_of(type(plan)):
        rows = getattr(plan, group.name)
        values[group.name] = [row.id for row in rows]
        for row in rows:
            cells = {f"{group.name}-{row.id}-{cell.name}": cell for cell in group.cells}
            values |= {name: _value(row, cell) for name, cell in cells.items()}
    return values


def structure_from(
    layout: type[Structure], ids: dict[str, list[str]], cleaned: dict
) -> dict | None:
    """The JSON of what `cleaned` says, rows in the order of `ids`; None when that is nothing."""
    data = {"layout": layout.__struct_config__.tag}
    data |= _cells(cleaned, ((cell.name, name_of(cell)) for cell in plain_cells_of(layout)))
    for group in groups_of(layout):
        rows = []
        for row_id in ids[group.name]:
            names = ((c.name, f"{group.name}-{row_id}-{c.name}") for c in cells_of(group.row))
            if cells := _cells(cleaned, names):
                rows.append({"id": row_id, **cells})
        if rows:
            data[group.name] = rows
    # Read once, so that nothing is stored that cannot be read.
    return from_json(data).to_json() if len(data) > 1 else None


def name_of(cell: Cell) -> str:
    """The field of a cell that belongs to the section and not to a row."""
    return f"plan-{cell.name}"


def posted_ids(data, group: Group) -> list[str]:
    """The rows of a form that came in: each once, well-formed, and no more than fit."""
    ids = dict.fromkeys(row_id for row_id in data.getlist(group.name) if ROW_ID.fullmatch(row_id))
    return list(ids)[: group.most]


def new_ids(ids: Iterable[str], *, by: str, wanted: int) -> list[str]:
    """Ids that `by` has not given yet among `ids`."""
    first = next_number(ids, by=by)
    return [f"{by}x{number}" for number in range(first, first + wanted)]


def next_number(ids: Iterable[str], *, by: str) -> int:
    mine = (row_id.removeprefix(f"{by}x") for row_id in ids if row_id.startswith(f"{by}x"))
    return max((int(number) for number in mine if number.isdigit()), default=0) % 10**9 + 1


def _cells(cleaned: dict, names: Iterable[tuple[str, str]]) -> dict:
    values = ((cell, cleaned.get(name)) for cell, name in names)
    return {cell: to_builtins(value) for cell, value in values if value not in ("", None)}


def _value(row, cell: Cell):
    value = getattr(row, cell.name)
    if cell.kind is CellKind.TICK:
        return True if value else ""
    if cell.kind is CellKind.AMOUNT and value is not None:
        return _plain_number(value)
    return "" if value is None else value


def _plain_number(number: Decimal) -> Decimal:
    """One way to write each: 50 and not 50.0 or 5E+1."""
    whole = number.to_integral_value()
    return Decimal(int(whole)) if number == whole else number.normalize()
