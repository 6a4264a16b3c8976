"""A structure as readers see it: tables, facts and notes; as Markdown; as plain lines."""

import re
from dataclasses import dataclass

from django.utils.dateformat import format as format_date

from .cells import Cell, CellKind, Group, Row, Structure, groups_of, plain_cells_of
from .words import exact


@dataclass(frozen=True, kw_only=True)
class Heading:
    text: str
    is_number: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """Columns in which nothing stands are left out."""

    title: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def is_list(self) -> bool:
        return len(self.headings) == 1

    @property
    def lines(self) -> tuple[tuple[tuple[str, bool], ...], ...]:
        """The rows as pairs of a text and whether it is a number."""
        numbers = [heading.is_number for heading in self.headings]
        return tuple(tuple(zip(row, numbers, strict=True)) for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """`facts` are pairs of a label and a text; `notes` are sums and lengths in sentences."""

    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...]

    def __bool__(self):
        return bool(self.facts or self.tables)


NOTHING = Shown(facts=(), tables=(), notes=())


def shown_of(plan: Structure | None) -> Shown:
    if plan is None:
        return NOTHING
    facts = ((cell.title, _text(cell, plan)) for cell in plain_cells_of(type(plan)))
    tables = (_table(group, getattr(plan, group.name)) for group in groups_of(type(plan)))
    return Shown(
        facts=tuple((title, text) for title, text in facts if text),
        tables=tuple(table for table in tables if table.rows),
        notes=tuple(plan.notes()),
    )


def as_markdown(plan: Structure | None) -> str:
    """Facts as a list, rows as tables; below a heading of the second level."""
    shown = shown_of(plan)
    parts = ["\n".join(f"- {title}: {_escaped(text)}" for title, text in shown.facts)]
    for table in shown.tables:
        parts += [f"### {table.title}", _markdown_list(table) if table.is_list else _grid(table)]
    parts.append("\n".join(f"- {note}" for note in map(_escaped, shown.notes)))
    return "\n\n".join(part for part in parts if part)


def as_lines(plan: Structure | None) -> str:
    """A line for each fact and each row, for comparing and for finding."""
    shown = shown_of(plan)
    lines = [f"- {title}: {text}" for title, text in shown.facts]
    for table in shown.tables:
        lines += [f"- {'; '.join(cell for cell in row if cell)}" for row in table.rows]
    return "\n".join(lines)


def words_of(plan: Structure | None) -> int:
    """How many words were typed: those of lines of text."""
    if plan is None:
        return 0
    rows = [plan, *(row for group in groups_of(type(plan)) for row in getattr(plan, group.name))]
    return sum(
        len(getattr(row, cell.name).split())
        for row in rows
        for cell in plain_cells_of(type(row))
        if cell.kind is CellKind.LINE
    )


def _table(group: Group, rows: tuple[Row, ...]) -> Table:
    written = [[_text(cell, row) for cell in group.cells] for row in rows if not row.is_empty]
    used = [place for place, _ in enumerate(group.cells) if any(row[place] for row in written)]
    return Table(
        title=group.title,
        headings=tuple(
            Heading(text=group.cells[place].title, is_number=group.cells[place].kind.is_number)
            for place in used
        ),
        rows=tuple(tuple(row[place] for place in used) for row in written),
    )


def _text(cell: Cell, row: Row | Structure) -> str:
    value = getattr(row, cell.name)
    if value is None or value == "":
        return ""
    match cell.kind:
        case CellKind.CHOICE:
            return cell.label_of(value)
        case CellKind.DAY:
            return format_date(value, "j F Y")
        case CellKind.COUNT:
            return f"{value:,}"
        case CellKind.AMOUNT:
            return exact(value)
        case CellKind.TICK:
            return "Yes" if value else ""
    return value


def _grid(table: Table) -> str:
    rows = [
        [heading.text for heading in table.headings],
        ["--:" if heading.is_number else "---" for heading in table.headings],
        *([_escaped(cell) for cell in row] for row in table.rows),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _markdown_list(table: Table) -> str:
    return "\n".join(f"- {_escaped(row[0])}" for row in table.rows)


def _escaped(text: str) -> str:
    """Typed words stay words: nothing in them draws a table, a link or a tag."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", text)
