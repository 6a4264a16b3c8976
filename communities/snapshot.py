"""The typed, frozen description of a design: what a version holds and every public page reads.

History, review, publishing, pages, exports and the search index all read this and nothing else.
`SCHEMA` counts changes of shape; `from_json` reads every number up to it.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date

import msgspec

from .enums import Outcome
from .structure import AnyStructure

SCHEMA = 1


@dataclass(frozen=True, kw_only=True)
class Purpose:
    who: str = ""
    what: str = ""
    so_that: str = ""

    @property
    def is_complete(self) -> bool:
        return bool(self.who and self.what and self.so_that)


@dataclass(frozen=True, kw_only=True)
class Person:
    name: str
    role: str


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A name with the address part that leads to it."""

    slug: str
    name: str


@dataclass(frozen=True, kw_only=True)
class HeldValue:
    slug: str
    name: str
    mark: str
    rationale: str = ""
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class SectionText:
    """Markdown. `is_text` and `is_not_text` are filled in the section with two columns only.

    `structure` holds the rows and cells of a structured section, without the ids of its rows.
    """

    key: str
    title: str
    body: str = ""
    is_text: str = ""
    is_not_text: str = ""
    structure: AnyStructure | None = None


@dataclass(frozen=True, kw_only=True)
class SessionNote:
    date: date
    title: str
    notes: str = ""
    participants_within: int | None = None
    participants_beyond: int | None = None


@dataclass(frozen=True, kw_only=True)
class ValueAnswer:
    """An answer to a question of a value, with the question as it was asked then."""

    value: str
    name: str
    question: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class ReflectionText:
    """`author` is empty when the whole team speaks."""

    stage: str
    author: str = ""
    worked_well: str = ""
    did_not_work: str = ""
    matched: str = ""
    surprised: str = ""
    differently: str = ""
    value_answers: tuple[ValueAnswer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ImplementationNote:
    outcome: str
    outcome_note: str = ""
    goals: str = ""
    mode: str = ""
    place: str = ""
    link: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    capacity: int | None = None
    participants_within: int | None = None
    participants_beyond: int | None = None
    sessions: tuple[SessionNote, ...] = ()
    reflections: tuple[ReflectionText, ...] = ()

    @property
    def days(self) -> int | None:
        """First to last day, both counted; None while a date is missing."""
        if self.starts_on is None:
            return None
        return ((self.ends_on or self.starts_on) - self.starts_on).days + 1

    @property
    def participants(self) -> int:
        return (self.participants_within or 0) + (self.participants_beyond or 0)

    def heard_by(self, name: str) -> "ImplementationNote":
        heard = any(reflection.author in ("", name) for reflection in self.reflections)
        return self if heard else replace(self, reflections=())


@dataclass(frozen=True, kw_only=True)
class InsightNote:
    type: str
    headline: str
    body: str = ""
    basis: str = ""
    values: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Names it by its words, so that an edited lesson is another one."""
        words = f"{self.headline}\0{self.body}".encode("utf-8", "replace")
        return hashlib.sha256(words).hexdigest()[:12]


@dataclass(frozen=True, kw_only=True)
class PhotoFile:
    name: str
    width: int
    height: int

    @property
    def basename(self) -> str:
        return self.name.rpartition("/")[2]


@dataclass(frozen=True, kw_only=True)
class PhotoNote:
    """A picture as shown: `key` is Photo.key in hex, files are the master and its renditions.

    The focus is what a crop keeps in sight, in percent from the left and from the top.
    """

    key: str
    kind: str
    files: tuple[PhotoFile, ...]
    color: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    consent: str = ""
    focus_x: int = 50
    focus_y: int = 50

    @property
    def width(self) -> int:
        return self.files[0].width

    @property
    def height(self) -> int:
        return self.files[0].height

    @property
    def smallest(self) -> PhotoFile:
        return min(self.files, key=lambda file: file.width)


@dataclass(frozen=True, kw_only=True)
class AttachmentNote:
    """A document as listed: `key` is Attachment.key in hex, `bytes` its size."""

    key: str
    name: str
    type: str
    bytes: int
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    schema: int = SCHEMA
    title: str
    kind: str = ""
    mode: str = ""
    audience: str = ""
    audience_note: str = ""
    summary: str = ""
    description: str = ""
    purpose: Purpose = Purpose()
    team: tuple[Person, ...] = ()
    cohort: Reference | None = None
    built_on: Reference | None = None
    topics: tuple[Reference, ...] = ()
    values: tuple[HeldValue, ...] = ()
    sections: tuple[SectionText, ...] = ()
    implementations: tuple[ImplementationNote, ...] = ()
    insights: tuple[InsightNote, ...] = ()
    photos: tuple[PhotoNote, ...] = ()
    attachments: tuple[AttachmentNote, ...] = ()
    cover_key: str = ""
    licence: str = ""
    credit: str = ""
    source_url: str = ""

    def to_json(self) -> dict:
        """Plain dicts, lists, strings and numbers, ready for a JSON field."""
        return msgspec.to_builtins(self)

    @classmethod
    def from_json(cls, data: dict) -> "Snapshot":
        """Raises msgspec.ValidationError when `data` is not a snapshot of a known schema."""
        if data.get("schema") not in range(1, SCHEMA + 1):
            raise msgspec.ValidationError(f"Unknown snapshot schema {data.get('schema')!r}")
        return msgspec.convert(data, cls)

    @property
    def cover(self) -> PhotoNote | None:
        """The chosen picture, else the first, else none."""
        chosen = (photo for photo in self.photos if photo.key == self.cover_key)
        return next(chosen, self.photos[0] if self.photos else None)

    @property
    def participants_within(self) -> int:
        return sum(run.participants_within or 0 for run in self.implementations)

    @property
    def participants_beyond(self) -> int:
        return sum(run.participants_beyond or 0 for run in self.implementations)

    @property
    def participants(self) -> int:
        return self.participants_within + self.participants_beyond

    @property
    def outcome(self) -> str:
        """The best that came of any implementation: it ran, stopped early, …; not yet run."""
        reached = {run.outcome for run in self.implementations}
        order = (Outcome.RAN, Outcome.STOPPED_EARLY, Outcome.DID_NOT_HAPPEN)
        return next((o.value for o in order if o in reached), Outcome.NOT_YET_RUN.value)

    @property
    def years(self) -> tuple[int, ...]:
        """In which an implementation began, the earliest first."""
        return tuple(sorted({run.starts_on.year for run in self.implementations if run.starts_on}))

    @property
    def year(self) -> int | None:
        """Of the first implementation with a date."""
        return self.years[0] if self.years else None

    @property
    def days(self) -> int | None:
        """Length of the longest implementation."""
        return max((run.days for run in self.implementations if run.days), default=None)

    def without_photos(self, keys: set[str]) -> "Snapshot":
        """The same design while the pictures and attachments `keys` are hidden."""
        return replace(
            self,
            photos=tuple(photo for photo in self.photos if photo.key not in keys),
            attachments=tuple(note for note in self.attachments if note.key not in keys),
        )

    def without_insights(self, digests) -> "Snapshot":
        """The same design without the lessons that staff hide."""
        if not digests:
            return self
        insights = tuple(note for note in self.insights if note.digest not in digests)
        return replace(self, insights=insights)

    def heard_by(self, name: str) -> "Snapshot":
        """As a member of the team reads it: their own answers first.

        What teammates answered about a run is left out until they have answered themselves, or
        the team has spoken together.
        """
        runs = tuple(run.heard_by(name) for run in self.implementations)
        return replace(self, implementations=runs)
