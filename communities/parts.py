"""The parts of an entry and how far each has come, in a mark and a sentence."""

from dataclasses import dataclass
from functools import partial

from django.urls import reverse

from .checklist import Missing, current_photos, has_run
from .models import Community, Reflection, SectionTemplate

DONE, PART, TODO, STOP = "done", "part", "todo", "stop"


@dataclass(frozen=True)
class Part:
    """`state` is done, part, todo, or stop when something keeps it from being published."""

    name: str
    state: str
    words: str
    url: str
    verb: str


def parts_of(
    community: Community, templates: list[SectionTemplate], missing: list[Missing]
) -> tuple[Part, ...]:
    """In the order of the tabs. No query when the checklist's PARTS are at hand."""
    place = partial(_place, community)
    return (
        _about(place("studio_about"), missing),
        _values(community, place("studio_values")),
        _document(community, templates, place("studio_document")),
        _photos(community, place("studio_photos"), missing),
        _runs(community, place("studio_implementations"), missing),
        _reflections(community, place("studio_reflections")),
        _insights(community, place("studio_insights")),
    )


def _place(community: Community, name: str) -> str:
    return reverse(name, args=[community.slug])


def _about(url: str, missing: list[Missing]) -> Part:
    wanted = [item for item in missing if item.url == url]
    needed = [item for item in wanted if item.is_needed]
    if not wanted:
        return Part("About", DONE, "Kind, people and purpose are there.", url, "Edit")
    words = " ".join(item.text for item in (needed or wanted)[:2])
    return Part("About", PART if len(needed) < 5 else TODO, words, url, "Edit")


def _values(community: Community, url: str) -> Part:
    links = community.community_values.all()
    if not links:
        return Part("Values", TODO, "None chosen yet.", url, "Choose")
    open_ = [link for link in links if not link.rationale.strip()]
    names = ", ".join(link.tag.name for link in links)
    if open_:
        words = f"{names}. {_number(len(open_), 'has', 'have')} no reason yet."
        return Part("Values", PART, words, url, "Say why")
    return Part("Values", DONE, f"{names}, each with its reason.", url, "Edit")


def _document(community: Community, templates: list[SectionTemplate], url: str) -> Part:
    offered = {template.pk for template in templates}
    written = [s for s in community.sections.all() if not s.is_empty and s.template_id in offered]
    if not written:
        return Part("Document", TODO, "Not begun. Start with any section.", url, "Begin")
    words = sum(section.word_count for section in written)
    sentence = f"{len(written)} of {len(templates)} sections, {words:,} words."
    required = {template.pk for template in templates if not template.is_optional}
    is_whole = required <= {section.template_id for section in written}
    return Part("Document", DONE if is_whole else PART, sentence, url, "Write")


def _photos(community: Community, url: str, missing: list[Missing]) -> Part:
    photos = current_photos(community)
    if not photos:
        return Part("Photographs", TODO, "None yet. A place or a drawing will do.", url, "Add")
    bare = sum(not photo.is_described for photo in photos)
    unsettled = sum(not photo.has_consent for photo in photos)
    if not bare and not unsettled:
        words = f"{_number(len(photos), '', '').strip()}, described and settled."
        return Part("Photographs", DONE, words, url, "View")
    faults = [f"{_number(bare, 'has', 'have')} no description"] if bare else []
    faults += [f"{_number(unsettled, 'needs', 'need')} consent"] if unsettled else []
    words = f"{len(photos)} in all. {', '.join(faults)}."
    return Part("Photographs", STOP, words, url, "Put right")


def _runs(community: Community, url: str, missing: list[Missing]) -> Part:
    runs = community.implementations.all()
    if not runs:
        return Part("Runs", TODO, "Say when and where it ran, or is to run.", url, "Add")
    people = sum((run.participants_within or 0) + (run.participants_beyond or 0) for run in runs)
    open_ = [item for item in missing if "/runs/" in item.url]
    words = f"{len(runs)} in all, {people:,} people." if people else f"{len(runs)} in all."
    if open_:
        return Part("Runs", PART, f"{words} {open_[0].text}", url, "Complete")
    state = DONE if has_run(community) else PART
    return Part("Runs", state, words, url, "View")


def _reflections(community: Community, url: str) -> Part:
    reflections = [r for run in community.implementations.all() for r in run.reflections.all()]
    best = max((reflection.answered for reflection in reflections), default=0)
    if not best:
        words = "Not begun." if has_run(community) else "After it has run, or did not."
        return Part("Reflections", TODO, words, url, "Write")
    prompts = len(Reflection.PROMPTS)
    state = DONE if best == prompts else PART
    return Part("Reflections", state, f"{best} of {prompts} prompts answered.", url, "Write")


def _insights(community: Community, url: str) -> Part:
    count = len(community.insights.all())
    if not count:
        return Part("Insights", TODO, "None yet. Most designs have two or three.", url, "Add")
    if count == 1:
        words = "One written; most designs have two or three."
        return Part("Insights", PART, words, url, "Add")
    return Part("Insights", DONE, f"{count} written.", url, "View")


def _number(count: int, one: str, many: str) -> str:
    """The count with its verb: "1 has", "3 have"."""
    return f"{count} {one if count == 1 else many}"
