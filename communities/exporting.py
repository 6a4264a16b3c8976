"""Both logs as one file, of moves and of what was reported or said: rows of plain words."""

import csv
import heapq
import io
import json
from collections.abc import Iterator
from operator import attrgetter

from .models import ReportEvent, SubmissionEvent

# About a submission, its number; about anything else what it is and the key of its address.
COLUMNS = "when about key design version action from to by person note".split()
# What a spreadsheet would take for a formula, wherever white space stands before it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CHUNK = 500


def log_rows() -> Iterator[dict]:
    """The oldest first. Two queries, read in pieces."""
    moves = SubmissionEvent.objects.select_related(
        "actor", "reader", "submission__community", "version"
    ).defer("version__snapshot")
    said = ReportEvent.objects.select_related("actor", "person", "community")
    logs = (log.order_by("created_at", "pk").iterator(chunk_size=CHUNK) for log in (moves, said))
    for event in heapq.merge(*logs, key=attrgetter("created_at")):
        yield _move(event) if isinstance(event, SubmissionEvent) else _said(event)


def _move(event: SubmissionEvent) -> dict:
    return {
        "when": event.created_at.isoformat(),
        "about": "submission",
        "key": str(event.submission_id),
        "design": event.submission.community.slug,
        "version": event.version.number,
        "action": event.action,
        "from": event.from_status,
        "to": event.to_status,
        "by": event.actor.name if event.actor else "",
        # To whom it was handed over.
        "person": event.reader.name if event.reader else "",
        "note": event.note,
    }


def _said(event: ReportEvent) -> dict:
    return {
        "when": event.created_at.isoformat(),
        "about": event.kind,
        "key": event.key,
        "design": event.community.slug if event.community else "",
        "version": "",
        "action": event.deed,
        "from": "",
        "to": "",
        "by": event.actor.name if event.actor else "",
        # Who was warned or suspended.
        "person": event.person.name if event.person else "",
        "note": event.reason,
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


def _line(cells: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
