"""One submission, ready to decide about: everything a reviewer sees on its screen."""

from dataclasses import dataclass

from django.conf import settings

from ...differences import Differences, compare
from ...enums import Action, Kind, Mode, Status
from ...flags import Flag, flags_of, is_consent_open, is_undescribed
from ...models import (
    Photo,
    Remark,
    ReviewChecklist,
    StaffNote,
    Submission,
    SubmissionEvent,
    Version,
)
from ...pages import PictureView, picture_view
from ...queries.review import days_since, log_of, next_to_read, published_before
from ...snapshot import Snapshot
from ...workflow import allowed_actions
from .places import Place, places_of

DECISIONS = (Action.APPROVE, Action.REQUEST_CHANGES, Action.DECLINE)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture with what is known now of the people in it."""

    number: int
    view: PictureView
    consent: str
    holder: str
    is_open: bool
    is_undescribed: bool
    is_hidden: bool

    @property
    def alt(self) -> str:
        return f"Picture {self.number}: {self.view.alt or 'without description'}"


@dataclass(frozen=True, kw_only=True)
class Base:
    """A version to compare with: the one in the gallery, or the one that was read last."""

    name: str
    label: str
    version_id: int


@dataclass(frozen=True, kw_only=True)
class Said:
    """A note in the log. `answered_in` is the number of the version that followed it."""

    event: SubmissionEvent
    answered_in: int | None


@dataclass(frozen=True, kw_only=True)
class ReviewPage:
    submission: Submission
    snapshot: Snapshot
    line: str
    number: int
    pictures: list[Picture]
    bases: list[Base]
    base: Base | None
    differences: Differences
    flags: list[Flag]
    log: list[SubmissionEvent]
    said: list[Said]
    places: list[Place]
    drafts: int
    staff_notes: list[StaffNote]
    checklist: ReviewChecklist | None
    actions: list[Action]
    next_pk: int | None

    @property
    def decisions(self) -> list[Action]:
        return [action for action in DECISIONS if action in self.actions]

    @property
    def is_waiting(self) -> bool:
        return self.submission.status == Status.SUBMITTED

    @property
    def can_write(self) -> bool:
        """Remarks are for what is under review."""
        return self.submission.is_open

    @property
    def days(self) -> int:
        return days_since(self.submission.submitted_at)

    @property
    def is_late(self) -> bool:
        return self.is_waiting and self.days > settings.REVIEW_PROMISE_DAYS

    @property
    def is_replaced(self) -> bool:
        """Whether it is published, but no longer what the gallery shows."""
        shown = self.submission.community.published_version_id
        return self.submission.status == Status.PUBLISHED and shown != self.submission.version_id

    def happened_since(self, revision: int) -> list[SubmissionEvent]:
        """The moves that whoever saw `revision` does not know of."""
        return [event for event in self.log if event.is_move][revision:]


def review_page(submission: Submission, *, reader, since: str = "") -> ReviewPage:
    """`since` names the version to compare with. At most 12 queries."""
    version, community, log = submission.version, submission.community, log_of(submission)
    snapshot = Snapshot.from_json(version.snapshot)
    photos = {photo.key.hex: photo for photo in version.photos.all()}
    bases = _bases(version, log, community.published_version_id)
    base = next((base for base in bases if base.name == since), next(iter(bases), None))
    remarks = list(submission.remarks.select_related("author", "resolved_by", "checked_by"))
    return ReviewPage(
        submission=submission,
        snapshot=snapshot,
        line=_line(snapshot),
        number=sum(event.action in (Action.SUBMIT, Action.RESUBMIT) for event in log),
        pictures=_pictures(snapshot, photos),
        bases=bases,
        base=base,
        differences=compare(_before(base), snapshot),
        flags=flags_of(snapshot, community, photos),
        log=log,
        said=_said(log),
        places=places_of(snapshot, remarks, slug=community.slug),
        drafts=sum(_is_own_draft(remark, reader) for remark in remarks),
        staff_notes=list(submission.staff_notes.select_related("author")),
        checklist=_checklist(submission, reader),
        **_ways_on(submission, reader),
    )


def _ways_on(submission: Submission, reader) -> dict:
    return {
        "actions": allowed_actions(reader, submission),
        "next_pk": next_to_read(submission, reader=reader),
    }


def _before(base: Base | None) -> Snapshot:
    """Without a base everything is new."""
    if base is None:
        return Snapshot(title="")
    return Snapshot.from_json(Version.objects.get(pk=base.version_id).snapshot)


def _bases(version: Version, log: list[SubmissionEvent], shown_id: int | None) -> list[Base]:
    """The last one read first: that is what a second reading continues."""
    bases = []
    for event in reversed(log):
        if event.action == Action.REQUEST_CHANGES and event.version_id != version.pk:
            label = f"version {event.version.number}, which was read last"
            bases.append(Base(name="read", label=label, version_id=event.version_id))
            break
    if published := published_before(version):
        is_shown = published == shown_id
        label = "the published version" if is_shown else "the version published before"
        bases.append(Base(name="published", label=label, version_id=published))
    return bases


def _line(snapshot: Snapshot) -> str:
    kind = Kind(snapshot.kind).label if snapshot.kind in Kind.values else "No kind yet"
    mode = Mode(snapshot.mode).label.lower() if snapshot.mode in Mode.values else ""
    cohort = snapshot.cohort.name if snapshot.cohort else "No cohort"
    team = ", ".join(person.name for person in snapshot.team) or "No team"
    return f"{', '.join(word for word in (kind, mode) if word)}. {cohort}. {team.rstrip('.')}."


def _pictures(snapshot: Snapshot, photos: dict[str, Photo]) -> list[Picture]:
    return [
        _picture(number, note, photos.get(note.key))
        for number, note in enumerate(snapshot.photos, 1)
    ]


def _picture(number: int, note, photo: Photo | None) -> Picture:
    return Picture(
        number=number,
        view=picture_view(note),
        consent=photo.get_consent_display() if photo else "",
        holder=photo.consent_holder if photo else "",
        is_open=is_consent_open(photo),
        is_undescribed=is_undescribed(note.alt, photo),
        is_hidden=bool(photo and photo.is_hidden),
    )


def _said(log: list[SubmissionEvent]) -> list[Said]:
    """Notes with the newest first."""
    said, answered_in = [], None
    for event in reversed(log):
        if event.note:
            said.append(Said(event=event, answered_in=answered_in))
        if event.action == Action.RESUBMIT:
            answered_in = event.version.number
    return said


def _is_own_draft(remark: Remark, reader) -> bool:
    return remark.sent_at is None and remark.author_id == reader.pk


def _checklist(submission: Submission, reader) -> ReviewChecklist | None:
    """What the reader has ticked of this version; another one begins anew."""
    kept = submission.checklists.filter(reviewer=reader, version=submission.version_id)
    return kept.first()
