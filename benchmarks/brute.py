"""The same answers by reading every snapshot in plain Python: what the others are held against.

Reads snapshots only and shares no code with the index.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer
from django.db import connection

from benchmarks.workload import Query
from communities.enums import Audience, Duration, Kind
from communities.models import Community, Value
from communities.snapshot import Snapshot
from communities.structure import as_lines
from gallery.vocabulary import KIND_ALIASES

WORD = re.compile(r"[^\W_]+")
QUOTED = re.compile(r'"([^"]*)"|(\S+)')
COLUMNS = ("title", "summary", "held", "rest")
BATCH = 1_000
PORTER = snowballstemmer.stemmer("porter")


@dataclass(frozen=True)
class Design:
    number: int
    choices: dict[str, set[str]]
    columns: dict[str, str]

    def stems(self) -> list[set[str]]:
        """Of each column, those of more weight first."""
        return [{stem(word) for word in WORD.findall(self.columns[column])} for column in COLUMNS]


def designs() -> Iterator[Design]:
    """All published ones, the oldest first."""
    aliases = {
        value.slug: [alias.name for alias in value.aliases.all()]
        for value in Value.objects.prefetch_related("aliases")
    }
    rows = Community.objects.published().order_by("catalogue_number")
    facts = rows.values_list("catalogue_number", "published_version__snapshot")
    for number, snapshot in facts.iterator(chunk_size=BATCH):
        yield design_of(number, Snapshot.from_json(snapshot), aliases)


def design_of(number: int, snapshot: Snapshot, aliases: dict[str, list[str]]) -> Design:
    return Design(number, _choices(snapshot), _columns(snapshot, aliases))


@lru_cache(200_000)
def stem(word: str) -> str:
    """As the database in use stems English: Porter's rules in SQLite, his second in PostgreSQL.

    Of the second there are versions ("evening" was an exception later on), so the server is asked.
    """
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    if connection.vendor != "postgresql":
        return PORTER.stemWord(plain)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ts_lexize('gallery_stem', %s)", [plain])
        (lexemes,) = cursor.fetchone()
    return lexemes[0] if lexemes else plain


def _choices(one: Snapshot) -> dict[str, set[str]]:
    runs = one.implementations
    longest = max((run.days for run in runs if run.days), default=None)
    outcomes = [run.outcome for run in runs]
    best = [o for o in ("ran", "stopped-early", "did-not-happen") if o in outcomes]
    found = {
        "value": {value.slug for value in one.values},
        "kind": {one.kind},
        "mode": {one.mode, *(run.mode for run in runs)},
        "audience": {one.audience},
        "duration": {Duration.of_days(longest).value} if longest else set(),
        "cohort": {one.cohort.slug} if one.cohort else set(),
        "outcome": {best[0] if best else "not-yet-run"},
        "topic": {topic.slug for topic in one.topics},
        "year": {str(run.starts_on.year) for run in runs if run.starts_on},
    }
    return {name: choices - {""} for name, choices in found.items()}


def _columns(one: Snapshot, aliases: dict[str, list[str]]) -> dict[str, str]:
    purpose = one.purpose
    held = [
        text
        for value in one.values
        for text in (value.name, *aliases.get(value.slug, ()), value.rationale, value.evidence)
    ]
    held += [text for note in one.insights for text in (note.headline, note.body)]
    if one.values and any(aliases.get(value.slug) for value in one.values):
        held.append("also called")
    if one.kind:
        names = KIND_ALIASES.get(one.kind, ())
        held += [Kind(one.kind).label, *names, "also called" if names else ""]
    held += [topic.name for topic in one.topics]
    rest = [one.description, one.audience_note, one.credit]
    rest.append(Audience(one.audience).label if one.audience else "")
    rest.append(one.cohort.name if one.cohort else "")
    for section in one.sections:
        rest += [section.body, section.is_text, section.is_not_text]
        rest.append(as_lines(section.structure))
    for run in one.implementations:
        rest += [run.place, run.outcome_note]
        rest += [text for session in run.sessions for text in (session.title, session.notes)]
        for answers in run.reflections:
            rest += [answers.worked_well, answers.did_not_work, answers.matched]
            rest += [answers.surprised, answers.differently]
    rest += [text for photo in one.photos for text in (photo.caption, photo.alt)]
    return {
        "title": one.title,
        "summary": "\n".join([one.summary, purpose.who, purpose.what, purpose.so_that]),
        "held": "\n".join(held),
        "rest": "\n".join(rest),
    }


class Reader:
    """All designs in memory, with the stems of their words."""

    def __init__(self, rows=None):
        self.rows = [(one.number, one.choices, one.stems()) for one in rows or designs()]
        self._known: dict[str, dict[int, int]] = {}

    def numbers(self, query: Query) -> list[int]:
        """Of all that match: with words by how many columns it takes to find all, else newest."""
        depths = self._depths(query.q)
        found = [number for number, _ in self._matching(query)]
        return sorted(found, key=lambda number: (depths[number], -number))

    def counts(self, query: Query, facet: str) -> Counter:
        """A filter's own choices narrow it only where all of them are wanted."""
        narrows = facet == "value" and query.match == "all"
        found = self._matching(query, but="" if narrows else facet)
        return Counter(choice for _, choices in found for choice in choices[facet])

    def _matching(self, query: Query, but: str = ""):
        depths = self._depths(query.q)
        for number, choices, _ in self.rows:
            if number in depths and _is_chosen(query, choices, but):
                yield number, choices

    def _depths(self, q: str) -> dict[int, int]:
        """For each number that holds all words, how many columns it takes to find them."""
        if q not in self._known:
            depths = ((number, _depth(columns, _asked(q))) for number, _, columns in self.rows)
            self._known[q] = {number: depth for number, depth in depths if depth}
        return self._known[q]


def _depth(columns: list[set[str]], asked) -> int:
    """0 when some word is nowhere."""
    places = [
        next((n for n, stems in enumerate(columns, 1) if _has(stems, stemmed, begins)), 0)
        for stemmed, begins in asked
    ]
    return max(places, default=1) if all(places) else 0


def _is_chosen(query: Query, choices: dict[str, set[str]], but: str) -> bool:
    for facet, chosen in query.chosen.items():
        wanted = all if facet == "value" and query.match == "all" else any
        if facet != but and chosen and not wanted(choice in choices[facet] for choice in chosen):
            return False
    return True


@lru_cache(1_000)
def _asked(q: str) -> tuple[tuple[str, bool], ...]:
    """Each word's stem, and whether it may go on: only the last one and without quotes."""
    pieces = QUOTED.findall(q)
    return tuple(
        (stem(quoted or plain), bool(plain) and place == len(pieces) - 1)
        for place, (quoted, plain) in enumerate(pieces)
    )


def _has(stems: set[str], stemmed: str, begins: bool) -> bool:
    if begins:
        return any(one.startswith(stemmed) for one in stems)
    return stemmed in stems
