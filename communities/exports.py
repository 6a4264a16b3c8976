"""A design to take away: as data, and as a text that reads well anywhere.

Of any snapshot, published or not; what only a published design has, the gallery adds.
"""

from collections.abc import Iterable
from pathlib import PurePosixPath

from django.urls import reverse

from .enums import (
    Audience,
    InsightBasis,
    InsightType,
    Kind,
    Licence,
    Mode,
    Outcome,
    ReflectionStage,
)
from .pages import PROMPTS, Reach, date_range, purpose_sentence, reach_of
from .pages.attachments import attachment_url
from .snapshot import ImplementationNote, SectionText, Snapshot
from .structure import as_markdown


def design_data(snapshot: Snapshot, *, site_url: str) -> dict:
    """Everything its page shows, with addresses in place of stored names.

    `site_url` is the site's root without a slash. No query.
    """
    design = snapshot.to_json()
    design["photos"] = [_photo(photo, site_url) for photo in design["photos"]]
    design["cover"] = f"{site_url}{_picture(snapshot.cover)}" if snapshot.cover else None
    design["attachments"] = [
        {
            "url": site_url + attachment_url(note),
            "name": note.name,
            "type": note.type,
            "bytes": note.bytes,
            "caption": note.caption,
        }
        for note in snapshot.attachments
    ]
    del design["cover_key"]
    return {"licence_url": licence_url(snapshot), **design}


def design_markdown(snapshot: Snapshot, *, site_url: str, end: Iterable[str]) -> str:
    """`end` are the paragraphs that close it: how to cite it, or that it is a draft."""
    parts = [
        f"# {_line(snapshot.title)}",
        snapshot.summary,
        snapshot.description,
        purpose_sentence(snapshot.purpose),
        _facts(snapshot),
        *_values(snapshot),
        *(_section(section) for section in snapshot.sections),
        *(part for run in snapshot.implementations for part in _run(run)),
        *_insights(snapshot),
        *_pictures(snapshot, site_url),
        *_attachments(snapshot, site_url),
        *end,
        *_licence(snapshot),
    ]
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def licence_url(snapshot: Snapshot) -> str:
    return Licence(snapshot.licence).url if snapshot.licence in Licence.values else ""


def _photo(photo: dict, site_url: str) -> dict:
    """With the WebP files, the master first; the other formats are the same pictures."""
    files = [
        {
            "url": f"{site_url}{_address(photo['key'], file['name'])}",
            "width": file["width"],
            "height": file["height"],
        }
        for file in photo["files"]
        if file["name"].endswith(".webp")
    ]
    shown = ("kind", "alt", "caption", "credit", "color")
    return {"files": files, **{name: photo[name] for name in shown}}


def _picture(photo) -> str:
    return _address(photo.key, photo.files[0].name)


def _address(key: str, name: str) -> str:
    return reverse("picture", args=[key, PurePosixPath(name).name])


def _label(choices, value: str) -> str:
    return choices(value).label if value in choices.values else value


def _line(text: str) -> str:
    return " ".join(text.split())


def _facts(snapshot: Snapshot) -> str:
    reached = reach_of(snapshot)
    facts = {
        "Kind": _label(Kind, snapshot.kind),
        "Mode": _label(Mode, snapshot.mode),
        "For": snapshot.audience_note or _label(Audience, snapshot.audience),
        "Team": ", ".join(person.name for person in snapshot.team),
        "Cohort": snapshot.cohort.name if snapshot.cohort else "",
        "Topics": ", ".join(topic.name for topic in snapshot.topics),
        "Built on": snapshot.built_on.name if snapshot.built_on else "",
        "People reached": reached.sentence if reached else "",
        "Credit": snapshot.credit,
    }
    return "\n".join(f"- {name}: {_line(value)}" for name, value in facts.items() if value)


def _values(snapshot: Snapshot):
    if snapshot.values:
        yield "## What it values, why, and what we saw"
    for value in snapshot.values:
        yield f"### {_line(value.name)}"
        yield value.rationale
        yield f"**What we saw.** {value.evidence}" if value.evidence else ""


def _section(section: SectionText) -> str:
    columns = [
        f"### {heading}\n\n{text}"
        for heading, text in (("It is", section.is_text), ("It is not", section.is_not_text))
        if text
    ]
    texts = [*columns, as_markdown(section.structure), section.body]
    return "\n\n".join([f"## {_line(section.title)}", *filter(None, texts)])


def _run(run: ImplementationNote):
    dates = date_range(run.starts_on, run.ends_on)
    yield f"## The run: {dates}" if dates else "## The run"
    room = f"Room for {run.capacity}" if run.capacity is not None else ""
    came = Reach(within=run.participants_within, beyond=run.participants_beyond).sentence
    facts = (_label(Outcome, run.outcome), _label(Mode, run.mode), run.place, run.link, room, came)
    yield "\n".join(f"- {_line(fact)}" for fact in facts if fact)
    yield run.outcome_note
    if goals := [line.strip("-*• \t") for line in run.goals.splitlines() if line.strip()]:
        yield "### What we set out to try"
        yield "\n".join(f"- {_line(goal)}" for goal in goals)
    for session in run.sessions:
        yield f"### {date_range(session.date)}: {_line(session.title)}"
        yield session.notes
        yield Reach(within=session.participants_within, beyond=session.participants_beyond).sentence
    for reflection in run.reflections:
        stage = _label(ReflectionStage, reflection.stage).lower()
        yield f"### Looking back: {_line(reflection.author or 'the team')}, {stage}"
        for name, heading in PROMPTS.items():
            if answer := getattr(reflection, name).strip():
                yield f"**{heading}.** {answer}"
        for said in reflection.value_answers:
            yield f"**{_line(said.name)}: {_line(said.question)}** {said.answer.strip()}"


def _insights(snapshot: Snapshot):
    names = {value.slug: value.name for value in snapshot.values}
    if snapshot.insights:
        yield "## What we learned"
    for insight in snapshot.insights:
        yield f"### {_line(insight.headline)}"
        yield insight.body
        about = ", ".join(names.get(slug, slug) for slug in insight.values)
        words = (_label(InsightType, insight.type), _label(InsightBasis, insight.basis), about)
        yield ". ".join([*filter(None, words), ""]).strip()


def _attachments(snapshot: Snapshot, site_url: str):
    if snapshot.attachments:
        yield "## Attachments"
    for note in snapshot.attachments:
        label = _line(note.caption or note.name).replace("[", "(").replace("]", ")")
        yield f"- [{label}]({site_url}{attachment_url(note)})"


def _pictures(snapshot: Snapshot, site_url: str):
    if snapshot.photos:
        yield "## Pictures"
    for photo in snapshot.photos:
        alt = _line(photo.alt).replace("[", "(").replace("]", ")")
        yield f"![{alt}]({site_url}{_picture(photo)})"
        yield _line(f"{photo.caption} {photo.credit}")


def _licence(snapshot: Snapshot):
    licence = _label(Licence, snapshot.licence) or "No licence is stated."
    yield f"Licence: {licence} {licence_url(snapshot)}".strip()
    yield f"Source: {snapshot.source_url}" if snapshot.source_url else ""
