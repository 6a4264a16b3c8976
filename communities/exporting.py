"""The logs as one file of plain words: moves, reports, teams and the vocabulary."""

import csv
import heapq
import io
import json
from collections.abc import Iterator
from operator import attrgetter

from .models import ReportEvent, SubmissionEvent, TeamEvent, VocabularyEvent

# About a submission, its number; about anything else what it is and the key of its address.
COLUMNS = "when about key design version action from to by person note".split()
# What a spreadsheet would take for a formula, wherever white space stands before it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CHUNK = 500


def log_rows() -> Iterator[dict]:
    """The oldest first. Four queries, read in pieces."""
    moves = SubmissionEvent.objects.select_related(
        "actor", "reader", "submission__community", "version"
    ).defer("version__snapshot")
    said = ReportEvent.objects.select_related("actor", "person", "community")
    teams = TeamEvent.objects.select_related("actor", "person", "community")
    words = VocabularyEvent.objects.select_related("actor")
    logs = (
        log.order_by("created_at", "pk").iterator(chunk_size=CHUNK)
        for log in (moves, said, teams, words)
    )
    for event in heapq.merge(*logs, key=attrgetter("created_at")):
        yield EMPTY | LINES[type(event)](event)


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
        "by": _name(event.actor),
        # To whom it was handed over.
        "person": _name(event.reader),
        "note": event.note,
    }


def _said(event: ReportEvent) -> dict:
    return {
        "when": event.created_at.isoformat(),
        "about": event.kind,
        "key": event.key,
        "design": event.community.slug if event.community else "",
        "action": event.deed,
        "by": _name(event.actor),
        # Who was warned or suspended.
        "person": _name(event.person),
        "note": event.reason,
    }


def _of_team(event: TeamEvent) -> dict:
    return {
        "when": event.created_at.isoformat(),
        "about": "team",
        "design": event.community.slug,
        "action": event.action,
        "by": _name(event.actor),
        "person": _name(event.person),
    }


def _of_word(event: VocabularyEvent) -> dict:
    """Of a value or a topic. The note holds, as JSON, what was changed or merged."""
    return {
        "when": event.created_at.isoformat(),
        "about": event.kind,
        "key": event.slug,
        "action": event.act,
        "by": _name(event.actor),
        "note": json.dumps(event.details, ensure_ascii=False) if event.details else "",
    }


def _name(person) -> str:
    return person.name if person else ""


LINES = {
    SubmissionEvent: _move,
    ReportEvent: _said,
    TeamEvent: _of_team,
    VocabularyEvent: _of_word,
}
EMPTY = dict.fromkeys(COLUMNS, "")


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
