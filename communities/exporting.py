"""The log of submissions as a file: rows of plain words, for a table or a program."""

import csv
import io
import json
from collections.abc import Iterator

from .models import SubmissionEvent

COLUMNS = "when submission design version action from to by handed_to note".split()
# What a spreadsheet would take for a formula, wherever white space stands before it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CHUNK = 500


def log_rows(events) -> Iterator[dict]:
    """The oldest first. One query, read in pieces."""
    related = ("actor", "reader", "submission__community", "version")
    rows = events.order_by("pk").select_related(*related).defer("version__snapshot")
    for event in rows.iterator(chunk_size=CHUNK):
        yield {
            "when": event.created_at.isoformat(),
            "submission": event.submission_id,
            "design": event.submission.community.slug,
            "version": event.version.number,
            "action": event.action,
            "from": event.from_status,
            "to": event.to_status,
            "by": event.actor.name if event.actor else "",
            "handed_to": event.reader.name if event.reader else "",
            "note": event.note,
        }


def as_csv(rows) -> Iterator[str]:
    yield _line(COLUMNS)
    for row in rows:
        yield _line([safe_cell(row[name]) for name in COLUMNS])


def as_json(rows) -> Iterator[str]:
    yield "["
    for number, row in enumerate(rows):
        yield ("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False)
    yield "\n]\n"


def safe_cell(value) -> str:
    """A text that begins like a formula gets an apostrophe before it, as spreadsheets do."""
    text = str(value)
    is_formula = text.startswith(FORMULA) or text.lstrip().startswith(FORMULA)
    return f"'{text}" if is_formula else text


def all_events():
    return SubmissionEvent.objects.all()


def _line(cells: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
