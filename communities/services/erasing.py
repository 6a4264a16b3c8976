"""Taking a person out of the site: the account, and the name wherever it was written.

What they made with others stays, without them; the facts of the log stay as well.
"""

import re
from dataclasses import replace

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from accounts.models import Notice, User
from accounts.people import close_account

from .. import workflow
from ..enums import Action, TeamRole
from ..models import (
    Comment,
    Community,
    CommunityValue,
    FormKey,
    Implementation,
    Insight,
    Photo,
    Reflection,
    Remark,
    Section,
    Session,
    StaffNote,
    TeamMember,
    UnsavedText,
    Version,
)
from ..signals import announce
from ..snapshot import Snapshot
from .profiles import forget_profile
from .talking import forget_comments

NOBODY = "A former member"
# Where a name may have been written, and how each row belongs to a design.
WRITTEN = (
    (Community, "pk"),
    (CommunityValue, "content_object"),
    (Section, "community"),
    (Implementation, "community"),
    (Session, "implementation__community"),
    (Reflection, "implementation__community"),
    (Insight, "community"),
    (Photo, "community"),
    (Version, "community"),
    (Remark, "submission__community"),
    (StaffNote, "submission__community"),
    (Comment, "community"),
)


@transaction.atomic
def erase(person: User, *, by: User) -> None:
    """Close the account for good and take its name out of every design it belonged to.

    Drafts that nobody else worked on and that were never submitted are deleted. An open
    submission of a design that nobody is left to answer for is withdrawn. Published designs stay
    public without the name. `by` is the person, or the staff who were asked.
    """
    name = person.name
    designs = list(Community.objects.filter(_belonged(person)).distinct())
    kept = [design for design in designs if not _leave(design, person)]
    forget_comments(person)
    forget_profile(person)
    close_account(person, name=NOBODY)
    for model in (UnsavedText, FormKey):
        model.objects.filter(user=person).delete()
    Photo.objects.filter(uploaded_by=person).update(original_name="")
    if name.strip():
        _take_out(name, kept)
        _forget_titles(person, name)
        workflow.redact(kept, name, instead=NOBODY, by=by)
    announce([design.pk for design in kept])


def _belonged(person: User) -> models.Q:
    """In whose team they are, or were when a version was frozen."""
    return (
        models.Q(members__user=person)
        | models.Q(versions__created_by=person)
        | models.Q(implementations__reflections__author=person)
        | models.Q(submissions__events__actor=person)
    )


def _leave(design: Community, person: User) -> bool:
    """Whether the design is gone with them."""
    mine = design.members.filter(user=person)
    if not mine.exists():
        return False
    others = design.members.exclude(user=person)
    if not others.exists():
        if not design.submissions.exists():
            Community.objects.filter(pk=design.pk).update(cover=None)
            design.delete()
            return True
        _withdraw(design, person)
    elif not others.filter(role=TeamRole.LEAD).exists():
        TeamMember.objects.filter(pk=others.first().pk).update(role=TeamRole.LEAD)
    mine.delete()
    return False


def _withdraw(design: Community, person: User) -> None:
    submission = design.submissions.open().select_related("community", "version").first()
    if submission:
        revision = submission.revision
        workflow.move(submission, Action.WITHDRAW, by=person, revision=revision)


def _take_out(name: str, designs: list[Community]) -> None:
    """From the texts of the working copies, and from every frozen version."""
    for model, link in WRITTEN:
        rows = model._base_manager.filter(**{f"{link}__in": _keys(designs, link)})
        for field in _texts(model):
            for row in rows.filter(**{f"{field}__contains": name}):
                text = without(name, getattr(row, field))
                model._base_manager.filter(pk=row.pk).update(**{field: text})
    for version in Version.objects.filter(community__in=designs).iterator(chunk_size=20):
        redacted = redact_snapshot(Snapshot.from_json(version.snapshot), name)
        whys = _without(name, version.whys)
        Version.objects.filter(pk=version.pk).update(snapshot=redacted.to_json(), whys=whys)


def _keys(designs: list[Community], link: str) -> list:
    return [design.pk for design in designs] if link == "pk" else designs


def _texts(model) -> list[str]:
    """What people type, and no choices or addresses."""
    kinds = (models.CharField, models.TextField)
    no_text = (models.SlugField, models.URLField)
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, kinds) and not isinstance(field, no_text) and not field.choices
    ]


def redact_snapshot(snapshot: Snapshot, name: str) -> Snapshot:
    """The same design without `name`: neither in the team nor in any text."""
    team = tuple(member for member in snapshot.team if member.name != name)
    return Snapshot.from_json(_without(name, replace(snapshot, team=team).to_json()))


def _without(name: str, data):
    if isinstance(data, str):
        return without(name, data)
    if isinstance(data, list | tuple):
        return [_without(name, item) for item in data]
    if isinstance(data, dict):
        return {key: _without(name, item) for key, item in data.items()}
    return data


def without(name: str, text: str) -> str:
    """Where the name stands as words of its own; “Mei” is not taken out of “Meissen”."""
    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", NOBODY, text)


def _forget_titles(person: User, name: str) -> None:
    """What others were told of them, and what the admin noted of their account."""
    for notice in Notice.objects.filter(
        models.Q(title__contains=name)
        | models.Q(text__contains=name)
        | models.Q(letter__contains=name)
    ):
        words = {field: without(name, getattr(notice, field)) for field in ("title", "text")}
        Notice.objects.filter(pk=notice.pk).update(letter="", **words)
    kind = ContentType.objects.get_for_model(User)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(person.pk))
    entries.update(object_repr=NOBODY)
