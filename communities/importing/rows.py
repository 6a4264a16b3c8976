"""From a raw row to a checked one, with every complaint in words."""

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote, urlsplit

from ..enums import Kind, Licence, Mode, Outcome
from ..tagging import slug_for, topic_names
from .identity import identity_of
from .reading import COLUMNS, Unreadable

LONGEST = {"title": 120, "summary": 200, "description": 20_000, "place": 200, "credit": 200}
MOST_PEOPLE = 10_000_000
URL_CHARACTERS = "%/:?#[]@!$&'()*+,;=-._~"


@dataclass
class Row:
    """One checked row. `errors` stop the import, `warnings` are only told."""

    line: int
    title: str = ""
    kind: str = ""
    mode: str = ""
    summary: str = ""
    description: str = ""
    place: str = ""
    licence: str = Licence.CC_BY
    credit: str = ""
    source_url: str = ""
    outcome: str = ""
    starts: date | None = None
    ends: date | None = None
    participants_within: int | None = None
    participants_beyond: int | None = None
    cohort: object = None
    topics: list[str] = field(default_factory=list)
    values: list[tuple[object, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def identity(self) -> str:
        return identity_of(title=self.title, place=self.place, source_url=self.source_url)


def check(line: int, raw: dict | Unreadable, *, values: dict, cohorts: dict, today: date) -> Row:
    """`values` and `cohorts` are looked up by slug, name and alias, all through slug_for."""
    row = Row(line)
    if isinstance(raw, Unreadable):
        row.errors.append(str(raw))
        return row
    text = {name: _clean(raw.get(name) or "") for name in COLUMNS}
    _texts(row, text)
    _choices(row, text)
    _dates(row, text)
    _people(row, text)
    _words(row, text, values, cohorts)
    if not row.outcome:
        is_over = row.ends is not None and row.ends < today
        row.outcome = Outcome.RAN if is_over else Outcome.NOT_YET_RUN
    return row


def _clean(text: str) -> str:
    """Without control characters and lone surrogates, which neither database takes."""
    kept = "".join(c for c in str(text) if c in "\n\t" or (c >= " " and c != "\x7f"))
    return kept.encode("utf-8", "ignore").decode().strip()


def _texts(row: Row, text: dict) -> None:
    if not text["title"]:
        row.errors.append("title: it is missing.")
    for name, longest in LONGEST.items():
        value = text[name] if name == "description" else " ".join(text[name].split())
        if len(value) > longest:
            row.errors.append(f"{name}: {len(value)} characters; at most {longest} fit.")
        setattr(row, name, value)
    row.source_url = quote(text["source_url"], safe=URL_CHARACTERS)
    if row.source_url and not _is_web_address(row.source_url):
        row.errors.append(f"source_url: “{text['source_url'][:80]}” is not a web address.")


def _is_web_address(url: str) -> bool:
    """Looser than Django's validator: real lists hold hosts with underscores."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    is_host = bool(parts.hostname) and "%" not in parts.netloc and "." in parts.hostname
    return parts.scheme in ("http", "https") and is_host and port != 0 and len(url) <= 500


CHOICES = {"kind": Kind, "mode": Mode, "outcome": Outcome, "licence": Licence}


def _choices(row: Row, text: dict) -> None:
    """Keys and labels are taken alike: "book-club", "Book club"; "cc-by-4.0", "CC BY 4.0"."""
    for name, choices in CHOICES.items():
        if not text[name]:
            continue
        known = {
            _plain(word): choice.value for choice in choices for word in (choice, choice.label)
        }
        if _plain(text[name]) in known:
            setattr(row, name, known[_plain(text[name])])
        else:
            options = ", ".join(choices.values)
            row.errors.append(f"{name}: “{text[name][:40]}” is none of {options}.")


def _plain(word: str) -> str:
    return slug_for(word.replace(".", "-"))


def _dates(row: Row, text: dict) -> None:
    for name in ("starts", "ends"):
        try:
            setattr(row, name, date.fromisoformat(text[name]) if text[name] else None)
        except ValueError:
            row.errors.append(f"{name}: “{text[name][:20]}” is not a date such as 2026-03-31.")
    if row.starts and row.ends and row.ends < row.starts:
        row.errors.append("ends: it is before the first day.")
    if row.ends and not row.starts:
        row.starts = row.ends
    row.ends = row.ends or row.starts


def _people(row: Row, text: dict) -> None:
    for name in ("participants_within", "participants_beyond"):
        if not text[name]:
            continue
        if text[name].isascii() and text[name].isdigit() and int(text[name][:12]) <= MOST_PEOPLE:
            setattr(row, name, int(text[name]))
        else:
            row.errors.append(f"{name}: “{text[name][:20]}” is not a number of people.")


def _words(row: Row, text: dict, values: dict, cohorts: dict) -> None:
    row.topics = topic_names(text["topics"])
    for part in filter(None, (part.strip() for part in text["values"].split(";"))):
        name, _, rationale = (piece.strip() for piece in part.partition(":"))
        value = values.get(slug_for(name))
        if value is None:
            row.warnings.append(f"values: we do not know “{name[:40]}”; left out.")
        elif value not in [held for held, _ in row.values]:
            row.values.append((value, rationale))
    if text["cohort"]:
        row.cohort = cohorts.get(slug_for(text["cohort"]))
        if row.cohort is None:
            row.errors.append(f"cohort: there is none called “{text['cohort'][:40]}”.")
