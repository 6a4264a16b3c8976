"""What is reported, what is hidden for it, and what staff decide.

The thing comes first and the talk later: a picture of a child or of oneself is hidden in the same
transaction in which the report is written.
"""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Suspension
from accounts.services import lift_suspension, suspend

from .. import report_letters as letters
from .. import workflow
from ..enums import Action, ReportDeed, ReportedKind, ReportProblem
from ..models import Community, Photo, Report, ReportEvent
from ..signals import announce
from ..subjects import Subject
from .corrections import hide_photos
from .profiles import hide_profile
from .talking import set_hidden as set_comment_hidden

# In a sentence, to whoever reported it.
OUTCOMES = {
    ReportDeed.HIDE: "It is hidden now.",
    ReportDeed.KEEP: "We looked at it and left it as it is.",
    ReportDeed.RESTORE: "We looked at it and show it again.",
}


class Decided(Exception):
    """Something happened to it since the person looked; nothing was written."""


@transaction.atomic
def add_report(
    subject: Subject, *, problem: str, words="", email="", reporter=None, source=""
) -> bool:
    """Write the report, hide what must be hidden at once, tell staff. Whether it is hidden now.

    Somebody who reports the same twice adds words, not weight; in the same words, nothing. `source`
    tells two addresses apart.
    """
    _lock(subject)
    mine = Report.objects.about(subject.kind, subject.key).open()
    said = {"problem": problem, "words": words, "email": email}
    if source and mine.filter(source=source, reporter=reporter, **said).exists():
        return subject.is_hidden
    report = Report.objects.create(
        kind=subject.kind,
        key=subject.key,
        community=subject.community,
        photo=subject.photo,
        maker=subject.maker,
        title=subject.title[:300],
        problem=problem,
        words=words,
        email=email,
        reporter=reporter,
        source=source,
    )
    _log(subject, ReportDeed.RECEIVED, actor=reporter, reason=report.get_problem_display())
    is_hidden = _hide_first(subject, report)
    _tell_staff(f"Reported: {subject.title}", report, is_hidden)
    return is_hidden


def _tell_staff(news: str, report: Report, is_hidden: bool) -> None:
    first = Report.objects.about(report.kind, report.key).open().first()
    letters.tell_staff(news, "reported", report=report, first=first.pk, is_hidden=is_hidden)


def _hide_first(subject: Subject, report: Report) -> bool:
    """Whether it is hidden now, without waiting for anybody."""
    if not subject.is_shown:
        return subject.is_hidden
    if report.problem in ReportProblem.hide_first(subject.kind):
        deed = ReportDeed.HIDDEN_AT_ONCE
    elif subject.kind is not ReportedKind.DESIGN and _is_reported_by_several(subject):
        deed = ReportDeed.HIDDEN_BY_NUMBER
    else:
        return False
    _set_hidden(subject, is_hidden=True)
    _log(subject, deed)
    news = f"Hidden for now: {subject.title}"
    letters.tell_hidden(subject, news, "hidden_first", key=f"hidden by report {report.pk}")
    return True


def _is_reported_by_several(subject: Subject) -> bool:
    """Independent ones: not the same person, not the same address."""
    needed = settings.REPORTS_BEFORE_HIDING
    if not needed:
        return False
    reports = Report.objects.about(subject.kind, subject.key).open()
    rows = reports.values_list("source", "reporter_id")
    return min(len({source for source, _ in rows}), _people(rows)) >= needed


def _people(rows) -> int:
    """Members count once each; whoever did not sign in is told apart by address alone."""
    known = {reporter for _, reporter in rows if reporter}
    return len(known) + len({source for source, reporter in rows if not reporter})


@transaction.atomic
def decide(
    subject: Subject, *, by, seen: int, deed: ReportDeed, reason: str, to_reporter: str = ""
) -> None:
    """Hide, keep or restore, and close every open report of it.

    `seen` is the last line of the log that the person saw. Raises Decided, workflow.MoveRefused
    or workflow.MoveLost; then nothing is changed.
    """
    _lock(subject)
    _check_seen(subject, seen)
    if deed is ReportDeed.HIDE and not subject.is_hidden:
        _set_hidden(subject, is_hidden=True, by=by, reason=reason)
    if deed is ReportDeed.RESTORE:
        _set_hidden(subject, is_hidden=False, by=by, reason=reason)
    event = _log(subject, deed, actor=by, reason=reason)
    # An unpublished design has a letter of its own.
    if deed is not ReportDeed.KEEP and subject.kind is not ReportedKind.DESIGN:
        is_hidden = deed is ReportDeed.HIDE
        words = "Hidden" if is_hidden else "Shown again"
        news = f"{words}: {subject.title}"
        said = {"reason": reason, "is_hidden": is_hidden}
        letters.tell_decided(subject, news, "report_decided", key=_key(event), **said)
    _close(subject, deed, to_reporter)


def _close(subject: Subject, deed: ReportDeed, to_reporter: str) -> None:
    """Answer members and those who left an address, then forget where it came from."""
    reports = Report.objects.about(subject.kind, subject.key).open()
    rows = list(reports.select_related("reporter"))
    news = f"What became of your report: {subject.title}"
    addresses = sorted({row.email for row in rows if row.email})
    said = {"thing": subject, "outcome": OUTCOMES[deed], "words": to_reporter}
    letters.tell_addresses(addresses, news, "report_answered", **said)
    answer = " ".join(filter(None, (OUTCOMES[deed], to_reporter)))
    for row in {row.reporter_id: row for row in rows}.values():
        letters.tell_reporter(row, news, text=answer)
    reports.update(decision=deed, decided_at=timezone.now(), source="", email="")


@transaction.atomic
def settle(subject: Subject, *, by, reason: str, step=None, person=None, **decision) -> None:
    """`decide`, and a `step` towards the person who made it; both or neither."""
    decide(subject, by=by, reason=reason, **decision)
    if step is ReportDeed.WARN:
        warn(subject, by=by, person=person, reason=reason)
    if step is ReportDeed.SUSPEND:
        suspend_author(subject, by=by, person=person, reason=reason)


@transaction.atomic
def warn(subject: Subject, *, by, person, reason: str) -> None:
    """A letter with the reason and how to answer it, and a line in the log."""
    event = _log(subject, ReportDeed.WARN, actor=by, person=person, reason=reason)
    said = {"thing": subject, "reason": reason}
    path = letters.place_of(subject)
    letters.tell_person(person, "A warning", "warned", key=_key(event), path=path, **said)


@transaction.atomic
def suspend_author(subject: Subject, *, by, person, reason: str) -> None:
    """Close the account until staff open it again. Raises accounts.services.NotSuspended."""
    suspend(person, by=by, reason=reason)
    event = _log(subject, ReportDeed.SUSPEND, actor=by, person=person, reason=reason)
    said = {"reason": reason, "path": reverse("account_details"), "key": _key(event)}
    letters.tell_person(person, "Your account is suspended", "suspended", **said)


@transaction.atomic
def reinstate(suspension: Suspension, *, by, reason: str) -> None:
    """Open the account again and say so to its owner; the second click does nothing."""
    if not lift_suspension(suspension, by=by, reason=reason):
        return
    event = ReportEvent.objects.filter(person=suspension.user, deed=ReportDeed.SUSPEND).last()
    if event is not None:
        ReportEvent.objects.create(
            kind=event.kind,
            key=event.key,
            community=event.community,
            deed=ReportDeed.REINSTATE,
            actor=by,
            person=suspension.user,
            reason=reason,
        )
    said = {"reason": reason, "path": reverse("account_details")}
    key = f"suspension {suspension.pk} lifted"
    letters.tell_person(suspension.user, "Your account is open", "reinstated", key=key, **said)


@transaction.atomic
def withdraw_consent(photo: Photo) -> None:
    """Somebody pictured takes their consent back: gone at once, the team and staff are told."""
    changed = Photo.objects.filter(pk=photo.pk, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )
    if not changed:
        return
    announce([photo.community_id])
    community, key = photo.community, photo.key.hex
    title = f"A picture of “{community.title}”"
    about = {"kind": ReportedKind.PHOTO, "key": key, "community": community}
    report = Report.objects.create(
        **about, photo=photo, title=title, problem=ReportProblem.WITHDRAWN
    )
    ReportEvent.objects.create(
        **about, deed=ReportDeed.HIDDEN_AT_ONCE, reason=report.get_problem_display()
    )
    news = f"Consent was taken back: {community.title}"
    letters.tell_withdrawn(photo, news, key=f"consent, report {report.pk}")
    _tell_staff(news, report, is_hidden=True)


def _lock(subject: Subject) -> None:
    """Two who report or decide about one design, or one profile, wait for each other."""
    thing = subject.community or subject.profile
    # A profile may be gone.
    if thing is not None:
        list(type(thing).objects.select_for_update().filter(pk=thing.pk).values("pk"))


def _check_seen(subject: Subject, seen: int) -> None:
    events = ReportEvent.objects.filter(kind=subject.kind, key=subject.key)
    if events.filter(pk__gt=seen).exists():
        raise Decided


def _key(event: ReportEvent) -> str:
    """What a notice of it is known by."""
    return f"report event {event.pk}"


def _log(subject: Subject, deed: ReportDeed, *, actor=None, person=None, reason="") -> ReportEvent:
    return ReportEvent.objects.create(
        kind=subject.kind,
        key=subject.key,
        community=subject.community,
        deed=deed,
        actor=actor,
        person=person,
        reason=reason,
    )


def _set_hidden(subject: Subject, *, is_hidden: bool, by=None, reason: str = "") -> None:
    _HIDERS[subject.kind](subject, is_hidden, by, reason)


def _hide_photo(subject: Subject, is_hidden: bool, by, reason: str) -> None:
    if not is_hidden:
        Photo.objects.filter(pk=subject.photo.pk).update(withdrawn_at=None)
    hide_photos([subject.photo], is_hidden=is_hidden)
    announce([subject.community.pk])


def _hide_insight(subject: Subject, is_hidden: bool, by, reason: str) -> None:
    community = Community.objects.select_for_update().get(pk=subject.community.pk)
    digests = set(community.hidden_insights) - {subject.insight.digest}
    if is_hidden:
        digests |= {subject.insight.digest}
    Community.objects.filter(pk=community.pk).update(hidden_insights=sorted(digests))
    announce([community.pk])


def _hide_design(subject: Subject, is_hidden: bool, by, reason: str) -> None:
    """By the door that every change of a status goes through."""
    submissions = subject.community.submissions.select_related("community", "version")
    shown = {"version": subject.community.published_version} if is_hidden else {}
    submission = submissions.filter(**shown).latest("pk")
    action = Action.UNPUBLISH if is_hidden else Action.RESTORE
    workflow.move(submission, action, by=by, revision=submission.revision, note=reason)


def _hide_comment(subject: Subject, is_hidden: bool, by, reason: str) -> None:
    set_comment_hidden(subject.comment, is_hidden=is_hidden)


def _hide_profile(subject: Subject, is_hidden: bool, by, reason: str) -> None:
    hide_profile(subject.profile, is_hidden=is_hidden)


_HIDERS = {
    ReportedKind.COMMENT: _hide_comment,
    ReportedKind.PROFILE: _hide_profile,
    ReportedKind.PHOTO: _hide_photo,
    ReportedKind.INSIGHT: _hide_insight,
    ReportedKind.DESIGN: _hide_design,
}
