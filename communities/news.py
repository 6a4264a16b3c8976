"""What others did to a design since somebody last looked, read off the rows that are there.

No log of its own: who saved a part last is written on the part, and submissions, versions and
changes of the team have rows of their own.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import CharField, DateTimeField, F, Q, Value
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
MEMBER = "member"
NOTHING = Value("", output_field=CharField())
LEFT = "Somebody who has left"
OUTSIDE = "Somebody outside the team"
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

    who: str
    at: datetime
    words: str
    url: str
    objects: list[str] = field(default_factory=list)


def news_of(
    communities: list[Community],
    since: dict[int, datetime],
    *,
    reader: User,
    templates: list[SectionTemplate],
) -> dict[int, tuple[News, ...]]:
    """By community, the latest first: what others than `reader` did after `since`.

    The communities have the checklist's PARTS at hand. One query, however many they are.
    """
    titles = {template.pk: template.title for template in templates}
    rows = _logged(since, reader.pk)
    names = {row["by"]: row["who"] for row in rows if row["by"]}
    deeds = {c.pk: _saves(c, since[c.pk], reader.pk, titles, names) for c in communities}
    slugs = {community.pk: community.slug for community in communities}
    for row in rows:
        if row["kind"] != MEMBER and row["at"] > since[row["place"]]:
            deeds[row["place"]].append(_logged_deed(row, slugs[row["place"]]))
    return {pk: _told(found) for pk, found in deeds.items()}


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


def _saves(
    community: Community, since: datetime, reader: int, titles: dict, names: dict
) -> list[_Deed]:
    """Saves of parts by others, those of one person and kind taken together."""
    found: dict[tuple, _Deed] = {}
    for row in _parts(community):
        actor, at = row.updated_by_id or getattr(row, "uploaded_by_id", None), row.updated_at
        if actor == reader or actor is None or at <= since:
            continue
        words, name, named = _WORDS[type(row).__name__]
        who = names.get(actor, OUTSIDE)
        deed = found.setdefault((actor, words), _Deed(who, at, words, ""))
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
    """Versions, moves of submissions and changes of teams by others; and who is in the teams, so
    that those who saved a part have a name. One query.
    """
    if not since:
        return []
    first = min(since.values())
    versions = Version.objects.filter(community__in=since, reason=VersionReason.SAVED)
    events = SubmissionEvent.objects.filter(submission__community__in=since)
    changes = TeamEvent.objects.filter(community__in=since)
    rows = (
        _columns(versions, "version", "community_id", "created_by", "number", F("note")),
        _columns(events, "event", "submission__community_id", "actor", "version__number"),
        _columns(changes, "team", "community_id", "actor", "person_id", whom=F("person__name")),
    )
    # Said twice, because a row of somebody who has left is by nobody.
    by_others = Q(by=None) | ~Q(by=reader)
    found = [one.filter(by_others, at__gt=first) for one in rows]
    found.append(_members(since))
    return list(found[0].union(*found[1:], all=True).order_by("-at", "-which")[:MOST_ROWS])


def _members(since: dict[int, datetime]):
    """Before all other rows, so that none of them is cut off."""
    ahead = Value(timezone.now() + LONGEST_AGO, output_field=DateTimeField())
    members = TeamMember.objects.filter(community__in=since)
    return _columns(members, MEMBER, "community_id", "user", "user_id", NOTHING, at=ahead)


def _columns(rows, kind: str, place: str, by: str, which: str, text=None, **more):
    said = {
        "kind": Value(kind, output_field=CharField()),
        "place": F(place),
        "at": more.get("at", F("created_at")),
        "by": F(f"{by}_id"),
        "who": F(f"{by}__name"),
        "which": F(which),
        "whom": more.get("whom", NOTHING),
        "text": text or F("action"),
    }
    return rows.order_by().annotate(**said).values(*said)


def _logged_deed(row: dict, slug: str) -> _Deed:
    who, which = row["who"] or LEFT, row["which"]
    if row["kind"] == "version":
        url = reverse("studio_versions", args=[slug])
        return _Deed(who, row["at"], f"saved version {which}", url)
    if row["kind"] == "event":
        url = reverse("studio_submit", args=[slug])
        return _Deed(who, row["at"], f"{Action(row['text']).deed} version {which}", url)
    words = TeamAction(row["text"]).label
    if row["by"] != which:
        words += f", by {row['who'] or LEFT.lower()}"
    return _Deed(row["whom"] or LEFT, row["at"], words, reverse("studio_team", args=[slug]))


def _told(deeds: list[_Deed]) -> tuple[News, ...]:
    latest = sorted(deeds, key=lambda deed: deed.at, reverse=True)
    return tuple(News(deed.who, _words(deed), deed.at, deed.url) for deed in latest)


def _words(deed: _Deed) -> str:
    """“wrote “Structure”, “Calendar” and 1 more”"""
    named = [f"“{name}”" for name in deed.objects if name]
    if not named:
        return deed.words
    more = len(named) - MOST_NAMED
    listed = named[:MOST_NAMED] + ([f"{more} more"] if more > 0 else [])
    *others, last = listed
    return f"{deed.words} {', '.join(others)} and {last}" if others else f"{deed.words} {last}"
