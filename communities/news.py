"""What others did to a design since somebody last looked, read off the rows that are there.

No log of its own: who saved a part last is written on the part, and submissions, versions and
changes of the team have rows of their own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import CharField, F, Q, Value
from django.urls import reverse
from django.utils import timezone

from accounts.models import User

from .enums import Action, TeamAction, VersionReason
from .models import (
    Community,
    SectionTemplate,
    SubmissionEvent,
    TeamEvent,
    TeamMember,
    Version,
)

LONGEST_AGO = timedelta(days=30)
MOST_ROWS = 500
MOST_NAMED = 2
# A visit to a design's overview lasts this long: what was new at its beginning stays in view.
VISIT = timedelta(hours=1)


@dataclass(frozen=True)
class News:
    """“Mei L. wrote “Structure””, with the place where it can be seen."""

    who: str
    deed: str
    at: datetime
    url: str


@dataclass
class _Deed:
    """One or several saves by the same person of parts of one kind."""

    actor: int | None
    at: datetime
    words: str
    url: str
    objects: list[str]
    subject: int | None = None


def news_of(
    communities: list[Community],
    since: dict[int, datetime],
    *,
    reader: User,
    templates: list[SectionTemplate],
) -> dict[int, tuple[News, ...]]:
    """By community, the latest first: what others than `reader` did after `since`.

    The communities have the checklist's PARTS at hand. Two queries, however many they are.
    """
    titles = {template.pk: template.title for template in templates}
    deeds = {c.pk: _saves(c, since[c.pk], reader.pk, titles) for c in communities}
    slugs = {community.pk: community.slug for community in communities}
    for row in _logged(since, reader.pk):
        if row["at"] > since[row["place"]]:
            deeds[row["place"]].append(_logged_deed(row, slugs[row["place"]]))
    names = _names(deed for found in deeds.values() for deed in found)
    return {pk: _told(found, names) for pk, found in deeds.items()}


def last_look(member: TeamMember | None) -> datetime:
    """Since when things are news to a member who is not looking now."""
    return _since(member and (member.last_looked_at or member.joined_at))


def this_look(member: TeamMember | None) -> datetime:
    """Since when things are news in the visit that is going on."""
    return _since(member and (member.news_since or member.joined_at))


def _since(moment: datetime | None) -> datetime:
    oldest = timezone.now() - LONGEST_AGO
    return max(moment or oldest, oldest)


def _parts(community: Community) -> list:
    runs = list(community.implementations.all())
    rows = [community, *community.sections.all(), *community.photos.all(), *runs]
    rows += [reflection for run in runs for reflection in run.reflections.all()]
    return rows + list(community.insights.all())


def _saves(community: Community, since: datetime, reader: int, titles: dict) -> list[_Deed]:
    """Saves of parts by others, those of one person and kind taken together."""
    found: dict[tuple, _Deed] = {}
    for row in _parts(community):
        actor, at = row.updated_by_id, row.updated_at
        if actor == reader or actor is None or at <= since:
            continue
        words, name, named = _WORDS[type(row).__name__]
        deed = found.setdefault((actor, words), _Deed(actor, at, words, "", []))
        deed.objects.append(titles.get(row.template_id, "") if named else "")
        if at >= deed.at or not deed.url:
            deed.at, deed.url = max(at, deed.at), reverse(name, args=[community.slug])
    return list(found.values())


# What saving a part is called, where it is seen, and whether it has a name of its own.
_WORDS = {
    "Community": ("changed the facts or the values", "studio_about", False),
    "Section": ("wrote", "studio_document", True),
    "Photo": ("worked on the pictures", "studio_photos", False),
    "Implementation": ("worked on the runs", "studio_implementations", False),
    "Reflection": ("wrote a reflection", "studio_reflections", False),
    "Insight": ("wrote an insight", "studio_insights", False),
}


def _logged(since: dict[int, datetime], reader: int) -> list[dict]:
    """Versions, moves of submissions and changes of teams by others. One query."""
    if not since:
        return []
    first = min(since.values())
    versions = Version.objects.filter(community__in=since, reason=VersionReason.SAVED)
    events = SubmissionEvent.objects.filter(submission__community__in=since)
    changes = TeamEvent.objects.filter(community__in=since)
    rows = (
        _columns(versions, "version", "community_id", "created_by_id", "number", F("note")),
        _columns(events, "event", "submission__community_id", "actor_id", "version__number"),
        _columns(changes, "team", "community_id", "actor_id", "person_id"),
    )
    # Said twice, because a row of somebody who has left is by nobody.
    by_others = Q(by=None) | ~Q(by=reader)
    one, *others = (found.filter(by_others, at__gt=first) for found in rows)
    return list(one.union(*others, all=True).order_by("-at", "-which")[:MOST_ROWS])


def _columns(queryset, kind: str, place: str, by: str, number: str, text=None):
    return (
        queryset.order_by()
        .annotate(
            kind=Value(kind, output_field=CharField()),
            place=F(place),
            at=F("created_at"),
            by=F(by),
            which=F(number),
            text=text or F("action"),
        )
        .values("kind", "place", "at", "by", "which", "text")
    )


def _logged_deed(row: dict, slug: str) -> _Deed:
    kind, by, which = row["kind"], row["by"], row["which"]
    if kind == "version":
        url = reverse("studio_versions", args=[slug])
        return _Deed(by, row["at"], f"saved version {which}", url, [])
    if kind == "event":
        url = reverse("studio_submit", args=[slug])
        return _Deed(by, row["at"], f"{Action(row['text']).deed} version {which}", url, [])
    words = TeamAction(row["text"]).label
    return _Deed(by, row["at"], words, reverse("studio_team", args=[slug]), [], subject=which)


def _names(deeds) -> dict[int, str]:
    """One query."""
    keys = {key for deed in deeds for key in (deed.actor, deed.subject) if key is not None}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=keys)} if keys else {}


def _told(deeds: list[_Deed], names: dict[int, str]) -> tuple[News, ...]:
    latest = sorted(deeds, key=lambda deed: deed.at, reverse=True)
    return tuple(_news(deed, names) for deed in latest)


def _news(deed: _Deed, names: dict[int, str]) -> News:
    somebody = "Somebody who has left"
    who = names.get(deed.subject or deed.actor, somebody)
    words = deed.words
    named = [f"“{name}”" for name in deed.objects if name]
    if named:
        more = len(named) - MOST_NAMED
        listed = named[:MOST_NAMED] + ([f"{more} more"] if more > 0 else [])
        words += f" {' and '.join([', '.join(listed[:-1]), listed[-1]] if listed[1:] else listed)}"
    if deed.subject and deed.actor != deed.subject:
        words += f", by {names.get(deed.actor, somebody.lower())}"
    return News(who, words, deed.at, deed.url)
