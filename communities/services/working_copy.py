"""Reading a working copy as the snapshot that a version of it would hold."""

from functools import cache

from django.db.models import QuerySet

from ..models import (
    Attachment,
    Community,
    CommunityTopic,
    CommunityValue,
    Implementation,
    Insight,
    Photo,
    Reflection,
    Section,
    Session,
    TeamMember,
    Value,
)
from ..snapshot import (
    AttachmentNote,
    HeldValue,
    ImplementationNote,
    InsightNote,
    Person,
    PhotoFile,
    PhotoNote,
    Purpose,
    Reference,
    ReflectionText,
    SectionText,
    SessionNote,
    Snapshot,
    ValueAnswer,
)
from .gathering import Part, gathered

PLAIN_FIELDS = (
    "title",
    "kind",
    "mode",
    "audience",
    "audience_note",
    "summary",
    "description",
    "licence",
    "credit",
    "source_url",
)


def snapshot_of(community: Community) -> Snapshot:
    """The working copy as it would be frozen now. One query, however long it is."""
    return snapshot_at_hand(with_snapshot_parts().get(pk=community.pk))


def snapshots_of(communities: list[Community]) -> dict[int, Snapshot]:
    """The same for many, by primary key; no more queries than for one."""
    rows = with_snapshot_parts().filter(pk__in=[community.pk for community in communities])
    return {row.pk: snapshot_at_hand(row) for row in rows}


def snapshot_at_hand(community: Community) -> Snapshot:
    """The same for a community from `with_snapshot_parts`. No query."""
    return Snapshot(
        **{name: getattr(community, name) for name in PLAIN_FIELDS},
        purpose=Purpose(
            who=community.purpose_who,
            what=community.purpose_what,
            so_that=community.purpose_so_that,
        ),
        team=tuple(Person(name=m.user.name, role=m.role) for m in community.members.all()),
        cohort=_reference(community.cohort),
        built_on=_built_on(community.parent),
        topics=tuple(_reference(row.tag) for row in community.community_topics.all()),
        values=tuple(_held_value(link) for link in community.community_values.all()),
        sections=tuple(_section(s) for s in community.sections.all() if not s.is_empty),
        implementations=tuple(_implementation(i) for i in community.implementations.all()),
        insights=tuple(_insight(insight) for insight in community.insights.all()),
        photos=tuple(photo_note(photo) for photo in community.photos.all()),
        attachments=tuple(attachment_note(row) for row in community.attachments.all()),
        cover_key=community.cover.key.hex if community.cover else "",
    )


# Everything of a community that a snapshot says, in the order of each model.
PARTS = (
    Part(
        "members",
        TeamMember.objects.all(),
        beside={"user": ("name", "email")},
        order=("position", "pk"),
    ),
    Part(
        "community_values",
        CommunityValue.objects.all(),
        link="content_object",
        beside={"tag": ("slug", "name", "mark")},
        order=("rank", "pk"),
    ),
    Part(
        "community_topics",
        CommunityTopic.objects.all(),
        link="content_object",
        beside={"tag": ("slug", "name")},
    ),
    Part(
        "sections",
        Section.objects.all(),
        beside={"template": ("key", "title", "position")},
        order=("template__position", "pk"),
    ),
    Part(
        "implementations",
        Implementation.objects.all(),
        below=(
            Part("sessions", Session.objects.all(), "implementation", order=("date", "pk")),
            Part(
                "reflections",
                Reflection.objects.all(),
                "implementation",
                beside={"author": ("name",)},
                order=("author_id", "stage", "pk"),
            ),
        ),
        order=("starts_on", "pk"),
    ),
    Part(
        "insights",
        Insight.objects.all(),
        below=(
            Part(
                "values",
                Value.objects.all(),
                "insights",
                only=("id", "slug", "name", "mark", "position"),
                order=("position", "name"),
            ),
        ),
        order=("position", "pk"),
    ),
    Part("photos", Photo.objects.current(), order=("position", "pk")),
    Part("attachments", Attachment.objects.current(), order=("position", "pk")),
)


def with_snapshot_parts() -> QuerySet:
    """Communities with everything at hand that a snapshot says, for `snapshot_at_hand`."""
    return _with_parts().all()


@cache
def _with_parts() -> QuerySet:
    """Put together once, because that costs more than asking."""
    return gathered(Community.objects.select_related("cohort", "parent", "cover"), *PARTS)


def _reference(row) -> Reference | None:
    return Reference(slug=row.slug, name=row.name) if row else None


def _built_on(parent: Community | None) -> Reference | None:
    """A parent is named only once the public can see it."""
    if parent is None or not parent.is_published:
        return None
    return Reference(slug=parent.slug, name=parent.title)


def _held_value(link) -> HeldValue:
    value = link.value
    return HeldValue(
        slug=value.slug,
        name=value.name,
        mark=value.mark,
        rationale=link.rationale,
        evidence=link.evidence,
    )


def _section(section) -> SectionText:
    plan = section.plan
    return SectionText(
        key=section.template.key,
        title=section.template.title,
        body=section.body,
        is_text=section.is_text,
        is_not_text=section.is_not_text,
        structure=plan.without_ids() if plan else None,
    )


def _implementation(run) -> ImplementationNote:
    names = ("outcome", "outcome_note", "goals", "mode", "place", "link", "starts_on", "ends_on")
    counts = ("capacity", "participants_within", "participants_beyond")
    return ImplementationNote(
        **{name: getattr(run, name) for name in names + counts},
        sessions=tuple(_session(session) for session in run.sessions.all()),
        reflections=tuple(_reflection(r) for r in run.reflections.all() if r.has_words),
    )


def _session(session) -> SessionNote:
    names = ("date", "title", "notes", "participants_within", "participants_beyond")
    return SessionNote(**{name: getattr(session, name) for name in names})


def _reflection(reflection) -> ReflectionText:
    return ReflectionText(
        stage=reflection.stage,
        author=reflection.author.name if reflection.author else "",
        value_answers=tuple(ValueAnswer(**answer) for answer in reflection.value_answers),
        **{prompt: getattr(reflection, prompt) for prompt in Reflection.PROMPTS},
    )


def _insight(insight) -> InsightNote:
    return InsightNote(
        type=insight.type,
        headline=insight.headline,
        body=insight.body,
        basis=insight.basis,
        values=tuple(value.slug for value in insight.values.all()),
    )


def photo_note(photo) -> PhotoNote:
    """One picture of the working copy as a snapshot describes it."""
    files = (PhotoFile(name=f["name"], width=f["width"], height=f["height"]) for f in photo.files)
    return PhotoNote(
        key=photo.key.hex,
        kind=photo.kind,
        files=tuple(files),
        color=photo.color,
        alt=photo.alt,
        caption=photo.caption,
        credit=photo.credit,
        consent=photo.consent,
        focus_x=photo.focus_x,
        focus_y=photo.focus_y,
    )


def attachment_note(row) -> AttachmentNote:
    """One document of the working copy as a snapshot describes it."""
    names = ("name", "type", "bytes", "caption")
    return AttachmentNote(key=row.key.hex, **{name: getattr(row, name) for name in names})
