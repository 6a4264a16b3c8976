"""Bringing an old version back into the working copy, without losing what stands there now."""

import hashlib
import json
from dataclasses import fields

from django.db import transaction
from msgspec import to_builtins

from ...enums import VersionReason
from ...models import Community, SectionTemplate, Value, Version
from ...snapshot import SectionText, Snapshot
from ..about import save_about
from ..document import save_section
from ..editing import create_once
from ..sittings import sit_down
from ..values import save_values
from ..versions import as_it_stands, freeze_if_new
from ..working_copy import PLAIN_FIELDS, snapshot_at_hand
from .attachments import bring_back_attachments
from .insights import bring_back_insights
from .photos import bring_back_photos
from .runs import bring_back_runs


class Changed(Exception):
    """The working copy is no longer what the person saw; nothing was written."""


def seal_of(snapshot: Snapshot) -> str:
    """Equal for two snapshots only if they say the same."""
    said = json.dumps(snapshot.to_json(), sort_keys=True)
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]


def restore(version: Version, *, by, seal: str, key=None) -> list[str]:
    """Make the working copy say what `version` says, after keeping what it says now.

    `seal` is of the snapshot that the person saw (`seal_of`); raises Changed when it is another
    by now. One transaction. Every part that changes gets a new revision, so that whoever has it
    open is asked and overwrites nothing. What stays: the team, the cohort, the design it builds
    on, who agreed to be in a picture, and what a teammate wrote under their own name. Returns in
    sentences what could not come back.
    """
    left_out: list[str] = []

    @transaction.atomic
    def make():
        community = Community.objects.select_for_update().get(pk=version.community_id)
        row = as_it_stands(community.pk)
        now = snapshot_at_hand(row)
        if seal_of(now) != seal:
            raise Changed
        note = f"Before version {version.number} was restored"
        freeze_if_new(row, by=by, reason=VersionReason.SAVED, note=note)
        sit_down(community, by=by)
        wanted = Snapshot.from_json(version.snapshot)
        _about(community, now, wanted, by=by)
        _values(community, now, wanted, by=by, left_out=left_out)
        _sections(community, now, wanted, by=by, left_out=left_out)
        bring_back_runs(community, now, wanted, by=by, left_out=left_out)
        bring_back_insights(community, now, wanted, by=by)
        bring_back_photos(community, wanted, by=by, left_out=left_out)
        bring_back_attachments(community, wanted, by=by, left_out=left_out)
        return version

    create_once(key, by=by, make=make)
    return left_out


def _about(community: Community, now: Snapshot, wanted: Snapshot, *, by) -> None:
    changes = {name: getattr(wanted, name) for name in PLAIN_FIELDS}
    purpose = {f"purpose_{f.name}": getattr(wanted.purpose, f.name) for f in fields(wanted.purpose)}
    before = {name: getattr(now, name) for name in PLAIN_FIELDS}
    if (before, now.purpose, now.topics) == (changes, wanted.purpose, wanted.topics):
        return
    topics = [topic.name for topic in wanted.topics]
    revision = community.revision
    save_about(community, by=by, revision=revision, topics=topics, **changes, **purpose)


def _values(community, now: Snapshot, wanted: Snapshot, *, by, left_out: list[str]) -> None:
    if now.values == wanted.values:
        return
    rows = {value.slug: value for value in Value.objects.all()}
    left_out += [
        f"The value {held.name} is no longer in the vocabulary."
        for held in wanted.values
        if held.slug not in rows
    ]
    reasons = [
        {"value": rows[held.slug], "rationale": held.rationale, "evidence": held.evidence}
        for held in wanted.values
        if held.slug in rows
    ]
    save_values(community, by=by, revision=community.values_revision, reasons=reasons)


_TEXTS = [f.name for f in fields(SectionText) if f.name not in ("key", "title")]


def _sections(community, now: Snapshot, wanted: Snapshot, *, by, left_out: list[str]) -> None:
    old = {section.key: _texts(section) for section in now.sections}
    new = {section.key: _texts(section) for section in wanted.sections}
    titles = {section.key: section.title for section in wanted.sections}
    nothing = _texts(SectionText(key="", title=""))
    changed = [key for key in {**old, **new} if old.get(key, nothing) != new.get(key, nothing)]
    templates = {t.key: t for t in SectionTemplate.objects.filter(key__in=changed)}
    revisions = dict(community.sections.values_list("template__key", "revision"))
    for key in changed:
        if key not in templates:
            left_out.append(f"The section “{titles[key]}” is no longer offered.")
            continue
        texts, revision = new.get(key, nothing), revisions.get(key, 0)
        save_section(community, templates[key], by=by, revision=revision, **texts)


def _texts(section: SectionText) -> dict:
    """As the service writes them: a structure as its JSON."""
    return {name: to_builtins(getattr(section, name)) for name in _TEXTS}
