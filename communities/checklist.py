"""What a design still lacks: needed before it can be submitted, or advised to make it stronger."""

import copy
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse

from .enums import Consent, Outcome
from .models import Community, CommunityValue, SectionTemplate

# What the list looks at, for any number of communities in five queries and one for reflections.
VALUES = Prefetch("community_values", queryset=CommunityValue.objects.select_related("tag"))
PARTS = (
    VALUES,
    "sections",
    "photos",
    "implementations__reflections",
    "insights",
)


@dataclass(frozen=True)
class Missing:
    """One thing to do: a sentence, where to do it, and whether submitting waits for it."""

    text: str
    url: str
    is_needed: bool = True


def missing_for_submission(community: Community) -> list[Missing]:
    """In the order of the studio's tabs; needed and advised. 7 queries."""
    return missing_of(with_parts(community), offered_sections())


def missing_of(community: Community, templates: list[SectionTemplate]) -> list[Missing]:
    """The same for a community that has its PARTS at hand. No query."""
    return [
        *_about(community),
        *_values(community),
        *_document(community, templates),
        *_photos(community),
        *_runs(community),
        *_insights(community),
    ]


def with_parts(community: Community) -> Community:
    """A copy of `community` with its PARTS at hand, as they are now. 6 queries."""
    return _with(community, *PARTS)


def with_values(community: Community) -> Community:
    """A copy of `community` with its values at hand. 1 query."""
    return _with(community, VALUES)


def _with(community: Community, *lookups) -> Community:
    copied = copy.copy(community)
    copied._prefetched_objects_cache = {}
    prefetch_related_objects([copied], *lookups)
    return copied


def offered_sections() -> list[SectionTemplate]:
    return list(SectionTemplate.objects.filter(is_active=True))


def _place(community: Community, name: str, *args) -> str:
    return reverse(name, args=[community.slug, *args])


def _about(community: Community) -> list[Missing]:
    url = _place(community, "studio_about")
    wanted = (
        ("kind", "Choose a kind."),
        ("mode", "Say whether people meet in person, online or both."),
        ("audience", "Say who it is for."),
        ("summary", "Say in one sentence what it is."),
    )
    missing = [Missing(text, url) for name, text in wanted if not getattr(community, name)]
    parts = (community.purpose_who, community.purpose_what, community.purpose_so_that)
    if not all(parts):
        missing.append(Missing("Finish the big purpose: who, to do what, so that what.", url))
    if not community.description:
        missing.append(Missing("Describe it in a paragraph.", url, is_needed=False))
    return missing


def _values(community: Community) -> list[Missing]:
    url = _place(community, "studio_values")
    links = list(community.community_values.all())
    if not links:
        return [Missing("Choose at least one value.", url)]
    missing = [
        Missing(f"Say how {link.tag.name.lower()} shapes the design.", url)
        for link in links
        if not link.rationale.strip()
    ]
    if has_run(community):
        missing += [
            Missing(f"Say what you saw of {link.tag.name.lower()}.", url, is_needed=False)
            for link in links
            if not link.evidence.strip()
        ]
    return missing


def _document(community: Community, templates: list[SectionTemplate]) -> list[Missing]:
    written = {s.template_id for s in community.sections.all() if not s.is_empty}
    unwritten = [t for t in templates if not t.is_optional and t.pk not in written]
    missing = [
        Missing(
            f"Write “{template.title}”.",
            _place(community, "studio_section", template.key),
            is_needed=False,
        )
        for template in unwritten
    ]
    if not written:
        url = _place(community, "studio_document")
        return [Missing("Write at least one section of the document.", url), *missing]
    return missing


def _photos(community: Community) -> list[Missing]:
    url = _place(community, "studio_photos")
    photos = current_photos(community)
    if not photos:
        return [Missing("Add a picture or two.", url, is_needed=False)]
    missing = []
    for number, photo in enumerate(photos, 1):
        place = f"{url}#photo-{photo.key.hex}"
        if not photo.is_described:
            missing.append(Missing(f"Describe picture {number}, or call it decorative.", place))
        if photo.withdrawn_at is not None:
            text = f"Blur faces in picture {number} or remove it: consent was taken back."
            missing.append(Missing(text, place))
        elif photo.is_agreement_over:
            text = f"Ask again or remove picture {number}: it was agreed on for a time, now over."
            missing.append(Missing(text, place))
        elif photo.consent == Consent.NEEDS_BLURRING:
            missing.append(Missing(f"Blur the faces in picture {number}.", place))
        elif not photo.has_consent:
            missing.append(Missing(f"Settle the consent for picture {number}.", place))
    return missing


def _runs(community: Community) -> list[Missing]:
    url = _place(community, "studio_implementations")
    runs = list(community.implementations.all())
    if not runs:
        return [Missing("Say when and where it ran, or is to run.", url)]
    missing = []
    for run in runs:
        place = _place(community, "studio_implementation", run.pk)
        missing += _facts(run, place)
        if run.outcome != Outcome.NOT_YET_RUN and not any(
            reflection.answered for reflection in run.reflections.all()
        ):
            url = _place(community, "studio_reflections")
            missing.append(Missing("Write a reflection on what happened.", url))
    return missing


def _facts(run, place: str) -> list[Missing]:
    missing = []
    happened = run.outcome in (Outcome.RAN, Outcome.STOPPED_EARLY)
    if happened and run.starts_on is None:
        missing.append(Missing("Say on which days it ran.", place))
    if happened and run.participants_within is None and run.participants_beyond is None:
        missing.append(Missing("Say how many people took part.", place))
    stopped = run.outcome in (Outcome.STOPPED_EARLY, Outcome.DID_NOT_HAPPEN)
    if stopped and not run.outcome_note.strip():
        missing.append(Missing("Say why it stopped early or did not happen.", place))
    return missing


def _insights(community: Community) -> list[Missing]:
    if has_run(community) and not community.insights.all():
        url = _place(community, "studio_insights")
        return [Missing("Add an insight that a stranger can use.", url, is_needed=False)]
    return []


def has_run(community: Community) -> bool:
    return any(run.outcome != Outcome.NOT_YET_RUN for run in community.implementations.all())


def current_photos(community: Community) -> list:
    """As PhotoQuerySet.current, from the PARTS at hand."""
    return [p for p in community.photos.all() if not (p.is_removed or p.is_hidden)]
