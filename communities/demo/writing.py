"""One design of the demo, written by its team as a team would write it."""

from datetime import date, datetime, time

from django.core.files import File
from django.utils import timezone

from accounts.models import User

from ..models import Community, SectionTemplate, Value, Version
from ..services.document import save_section
from ..services.implementations import add_implementation, add_reflection
from ..services.insights import add_insight
from ..services.photos import add_photo
from ..services.starting import start_community
from ..services.submitting import save_version
from ..services.team import add_teammate
from ..services.values import save_values
from ..structure import from_json
from ..tagging import set_topics
from . import content

PLAIN = ("title", "kind", "mode", "audience", "audience_note", "summary", "description")
PURPOSE = ("who", "what", "so_that")


def write(design: dict, *, team: list[User], cohort) -> Community:
    lead = team[0]
    values = {value.slug: value for value in Value.objects.all()}
    community = start_community(
        by=lead,
        cohort=cohort,
        parent=Community.objects.filter(slug=design["built_on"]).first(),
        licence=design["licence"],
        credit=design["credit"],
        **{name: design[name] for name in PLAIN},
        **{f"purpose_{part}": design["purpose"][part] for part in PURPOSE},
    )
    for person in team[1:]:
        add_teammate(community, user=person)
    set_topics(community, design["topics"])
    reasons = [{**held, "value": values[held["value"]]} for held in design["values"]]
    save_values(community, by=lead, revision=1, reasons=reasons)
    _versions(community, design, after="values", by=lead)
    _document(community, design["sections"], by=lead)
    _versions(community, design, after="document", by=lead)
    for run in design["implementations"]:
        _run(community, run, team={person.name: person for person in team}, by=lead)
    for insight in design["insights"]:
        held = [values[slug] for slug in insight["values"]]
        add_insight(community, by=lead, **{**insight, "values": held})
    return community


def _versions(community: Community, design: dict, *, after: str, by) -> None:
    """Those the team made by hand at this point of its work, dated as they would be."""
    for kept in design.get("versions", ()):
        if kept["after"] == after:
            version = save_version(community, by=by, note=kept["note"])
            evening = datetime.combine(
                _date(kept["on"]), time(20, 15), timezone.get_current_timezone()
            )
            Version.objects.filter(pk=version.pk).update(created_at=evening)


def _document(community: Community, sections: dict, *, by) -> None:
    for template in SectionTemplate.objects.filter(key__in=sections):
        section = sections[template.key]
        texts = _texts(section, by=by) if isinstance(section, dict) else {"body": section}
        save_section(community, template, by=by, revision=0, **texts)


def _texts(section: dict, *, by) -> dict:
    """Of a section that is more than one text: two columns, or rows beside the text."""
    if "structure" in section:
        return {"body": section["body"], "structure": _rows(section["structure"], by=by)}
    return {"body": section["body"], "is_text": section["is"], "is_not_text": section["is_not"]}


def _rows(structure: dict, *, by) -> dict:
    """With ids for its rows, as the editor gives them."""
    named = {
        name: [{"id": f"{by.pk}x{number}", **row} for number, row in enumerate(rows, 1)]
        for name, rows in structure.items()
        if isinstance(rows, list)
    }
    return from_json({**structure, **named}).to_json()


def _run(community: Community, run: dict, *, team: dict[str, User], by) -> None:
    facts = ("mode", "place", "link", "outcome", "outcome_note")
    counts = ("participants_within", "participants_beyond")
    made = add_implementation(
        community,
        by=by,
        goals=run.get("goals", ""),
        starts_on=_date(run["starts"]),
        ends_on=_date(run["ends"]),
        capacity=run.get("capacity"),
        sessions=[_session(session) for session in run["sessions"]],
        **{name: run[name] for name in facts + counts},
    )
    for reflection in run["reflections"]:
        author = team[reflection["author"]] if reflection["author"] else None
        add_reflection(made, by=author or by, **{**reflection, "author": author})


def _session(session: dict) -> dict:
    return {
        "date": _date(session["date"]),
        "title": session["title"],
        "notes": session["notes"],
        "participants_within": session["within"],
        "participants_beyond": session["beyond"],
    }


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def hang_photos(community: Community, design: dict, *, by) -> None:
    """The pictures of one design that do not hang yet, in order; the first becomes its cover."""
    hanging = community.photos.count()
    for number, photo in list(enumerate(design["photos"]))[hanging:]:
        words = {name: value for name, value in photo.items() if name != "picture"}
        path = content.picture_of(design["slug"], number, photo["picture"])
        with path.open("rb") as file:
            add_photo(
                community, by=by, upload=File(file, name=path.name), is_completed=False, **words
            )
