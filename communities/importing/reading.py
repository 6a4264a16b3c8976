"""From a file to raw rows: column name → text, with the line each begins on."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

COLUMNS = (
    "title",
    "kind",
    "mode",
    "summary",
    "description",
    "values",
    "topics",
    "place",
    "starts",
    "ends",
    "participants_within",
    "participants_beyond",
    "outcome",
    "cohort",
    "licence",
    "credit",
    "source_url",
)
MAX_FIELD = 1_000_000


class Unreadable(Exception):
    """The file as a whole, or one of its lines, is not in a form we read."""


class UnknownColumn(Unreadable):
    """A name is given to a column that we do not read."""


def read_rows(path: Path, columns: dict[str, str]) -> Iterator[tuple[int, dict | Unreadable]]:
    """(line, row) one by one; a line that cannot be read comes as Unreadable.

    `columns` renames the file's columns: theirs → ours. Raises Unreadable for the whole file.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from rows_in(file, name=path.name, columns=columns)
    except OSError as error:
        raise Unreadable(f"The file cannot be read: {error.strerror}.") from error


def rows_of_bytes(content: bytes, *, name: str, columns: dict[str, str]):
    """As read_rows, for a file that was sent."""
    file = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")
    return rows_in(file, name=name, columns=columns)


def rows_in(file, *, name: str, columns: dict[str, str]):
    """As read_rows, for an open file; its `name` says in which form it is."""
    try:
        is_csv = name.lower().endswith(".csv")
        yield from (_csv_rows(file, columns) if is_csv else _json_rows(file, columns))
    except UnicodeDecodeError as error:
        raise Unreadable("The file is not in UTF-8. Save it as UTF-8 and try again.") from error


def column_map(pairs: list[str]) -> dict[str, str]:
    """theirs → ours, from OURS=THEIRS. Raises UnknownColumn."""
    columns = {}
    for pair in pairs:
        ours, _, theirs = (part.strip() for part in pair.partition("="))
        if ours not in COLUMNS or not theirs:
            raise UnknownColumn(f"{pair[:80]}: write OURS=THEIRS; ours are {', '.join(COLUMNS)}.")
        columns[theirs] = ours
    return columns


def _csv_rows(file, columns):
    csv.field_size_limit(MAX_FIELD)
    header_line = file.readline()
    delimiter = max(",;\t", key=header_line.count)
    header = next(csv.reader([header_line], delimiter=delimiter), [])
    names = [columns.get(name.strip(), name.strip()) for name in header]
    if "title" not in names:
        raise Unreadable("The first line has no column “title”.")
    reader = csv.reader(file, delimiter=delimiter)
    while True:
        line = reader.line_num + 2
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, Unreadable(f"Not readable as CSV: {error}.")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names):
            yield line, Unreadable(f"{len(cells)} cells, but the first line names {len(names)}.")
            continue
        yield line, dict(zip(names, cells, strict=False))


def _json_rows(file, columns):
    for line, text in enumerate(file, 1):
        if not text.strip():
            continue
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            yield line, Unreadable("Not readable as JSON.")
            continue
        if not isinstance(data, dict):
            yield line, Unreadable("Not a JSON object.")
            continue
        yield line, {columns.get(name, name): _as_text(value) for name, value in data.items()}


def _as_text(value) -> str:
    """Lists become the separated line that CSV would hold; null is nothing."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(_as_text(item) for item in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
