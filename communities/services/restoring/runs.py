"""The runs of a version with their sessions, and what was written looking back on them."""

from dataclasses import asdict, fields

from ...models import Implementation, TeamMember
from ...snapshot import ImplementationNote, ReflectionText, Snapshot
from ..editing import remove_revised
from ..implementations import (
    add_implementation,
    add_reflection,
    save_implementation,
    save_reflection,
)
from .pairs import paired

_RUN_FACTS = [
    f.name for f in fields(ImplementationNote) if f.name not in ("sessions", "reflections")
]


def bring_back_runs(community, now: Snapshot, wanted: Snapshot, *, by, left_out: list[str]) -> None:
    rows = list(community.implementations.prefetch_related("reflections__author"))
    pairs, new, gone = paired(
        wanted.implementations,
        now.implementations,
        lambda run: (run.starts_on, run.place),
        lambda run: run.starts_on,
    )
    if len(new) == len(gone) == 1:
        pairs.append((new.pop(), gone.pop()))
    for place, match in pairs:
        note, row = wanted.implementations[place], rows[match]
        before = now.implementations[match]
        if _facts(note) != _facts(before):
            save_implementation(row, by=by, revision=row.revision, **_facts(note))
        if note.reflections != before.reflections:
            _reflections(row, note, by=by)
    for place in new:
        note = wanted.implementations[place]
        made = add_implementation(community, by=by, **_facts(note))
        _all_reflections(made, note, by=by, left_out=left_out)
    for match in gone:
        remove_revised(rows[match], by=by, revision=rows[match].revision)


def _facts(note: ImplementationNote) -> dict:
    sessions = [{f.name: getattr(s, f.name) for f in fields(s)} for s in note.sessions]
    return {**{name: getattr(note, name) for name in _RUN_FACTS}, "sessions": sessions}


_ANSWERS = [f.name for f in fields(ReflectionText) if f.name != "author"]


def _reflections(run: Implementation, note: ImplementationNote, *, by) -> None:
    """The team's and those of `by`; what teammates wrote under their own names is theirs."""
    rows = [row for row in run.reflections.all() if row.author_id in (None, by.pk)]
    wanted = [text for text in note.reflections if text.author in ("", by.name)]
    pairs, new, gone = paired(
        [(text.author, text.stage) for text in wanted],
        [(row.author.name if row.author else "", row.stage) for row in rows],
    )
    for place, match in pairs:
        answers, row = _answers(wanted[place]), rows[match]
        if any(getattr(row, name) != answer for name, answer in answers.items()):
            save_reflection(row, by=by, revision=row.revision, **answers)
    for place in new:
        author = by if wanted[place].author else None
        add_reflection(run, by=by, author=author, **_answers(wanted[place]))
    for match in gone:
        remove_revised(rows[match], by=by, revision=rows[match].revision)


def _all_reflections(run: Implementation, note: ImplementationNote, *, by, left_out) -> None:
    members = TeamMember.objects.filter(community=run.community_id).select_related("user")
    people = {member.user.name: member.user for member in members}
    for text in note.reflections:
        if text.author and text.author not in people:
            left_out.append(
                f"What {text.author} wrote looking back: they are no longer in the team."
            )
            continue
        add_reflection(run, by=by, author=people.get(text.author), **_answers(text))


def _answers(text: ReflectionText) -> dict:
    answers = {name: getattr(text, name) for name in _ANSWERS}
    return {**answers, "value_answers": [asdict(answer) for answer in text.value_answers]}
