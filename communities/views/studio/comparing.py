"""Any two states of a design side by side: versions, and what the working copy says now."""

from dataclasses import dataclass

from django.db.models import Case, F, JSONField, Q, Subquery, When
from django.http import Http404
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from ... import rules
from ...differences import Differences, compare, explained
from ...models import Community, Version
from ...queries import hidden_keys
from ...services.working_copy import snapshot_at_hand, with_snapshot_parts
from ...snapshot import Snapshot
from .frame import open_frame
from .guard import studio_view

NOW = "now"
# In the lists to choose from; older ones are reached from the history.
MOST_OFFERED = 100


@dataclass(frozen=True)
class End:
    """One of the two states. `version` is None for what is now."""

    name: str
    words: str
    snapshot: Snapshot
    version: Version | None = None

    @property
    def in_full(self) -> str:
        """For paper, which has no list to choose from."""
        if self.version is None:
            return f"what is now, {date_format(localtime(), 'j F Y, H:i')}"
        made = date_format(localtime(self.version.created_at), "j F Y, H:i")
        return f"version {self.version.number}, {made}"


@dataclass(frozen=True)
class Choice:
    """A state to choose from: its name in the address, and what people read."""

    name: str
    words: str


@dataclass(frozen=True)
class Comparison:
    before: End
    after: End
    differences: Differences
    choices: tuple[Choice, ...]
    is_side_by_side: bool

    @property
    def old(self) -> Version | None:
        """The version that could be restored from here."""
        return self.before.version or self.after.version


@require_safe
@studio_view
def comparison(request, slug):
    """?from= and to= are numbers of versions or "now"; view=sides for two columns."""
    names = [_name(request.GET.get("from", "")), _name(request.GET.get("to", NOW))]
    has_now = NOW in names
    among = with_snapshot_parts() if has_now else Community.objects
    frame = open_frame(request, slug, among=among)
    versions = _versions(frame.community, names)
    context = {"frame": frame}
    if versions:
        names = [name or str(versions[0].number) for name in names]
        before, after = _ends(request.user, frame.community, names, versions)
        context["page"] = Comparison(
            before=before,
            after=after,
            differences=explained(
                compare(before.snapshot, after.snapshot),
                _whys(frame.community, versions, before, after),
            ),
            choices=_choices(versions, before, after),
            is_side_by_side=request.GET.get("view") == "sides",
        )
    return render(request, "communities/studio/compare.html", context)


def _name(text: str) -> str:
    """A number that a version can have, "now" or nothing; 404 for anything else."""
    if text in ("", NOW):
        return text
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise Http404
    return str(int(text))


def _versions(community: Community, names: list[str]) -> list[Version]:
    """The newest, those asked for and those between that say why something changed; the newest
    first. What they say, as `said`, is read of those alone that are compared. One query.
    """
    kept = community.versions.order_by("-number")
    numbers = [int(name) for name in names if name not in ("", NOW)]
    asked = Q(number__in=numbers)
    if "" in names:
        asked |= Q(number=Subquery(kept.values("number")[:1]))
    shown = asked | Q(pk__in=kept.values("pk")[:MOST_OFFERED])
    if numbers:
        explaining = kept.exclude(whys=[]).filter(number__gt=min(numbers))
        shown |= Q(pk__in=explaining.order_by("number").values("pk")[:MOST_OFFERED])
    said = Case(When(asked, then=F("snapshot")), output_field=JSONField())
    return list(kept.filter(shown).annotate(said=said).defer("snapshot"))


def _whys(community: Community, versions: list[Version], *ends: End) -> dict[str, tuple[str, ...]]:
    """Why sections changed between the two states, the latest first, by their keys."""
    now = max((version.number for version in versions), default=0) + 1
    first, last = sorted(end.version.number if end.version else now for end in ends)
    whys: dict[str, list[str]] = {}
    if last == now > first:
        for section in community.sections.all():
            if section.why:
                whys.setdefault(section.template.key, []).append(section.why)
    for version in versions:
        if first < version.number <= last:
            for said in version.whys:
                whys.setdefault(said["key"], []).append(said["why"])
    return {key: tuple(dict.fromkeys(reasons)) for key, reasons in whys.items()}


def _ends(user, community: Community, names: list[str], versions: list[Version]) -> list[End]:
    """The two states; 404 for a version that is not there. One query: what staff have hidden."""
    found = {str(version.number): version for version in versions}
    if not {*names} <= {NOW, *found}:
        raise Http404
    hidden = hidden_keys(community)
    ends = []
    for name in names:
        if name == NOW:
            now = as_read_by(user, snapshot_at_hand(community))
            ends.append(End(NOW, "what is now", now))
            continue
        version = found[name]
        snapshot = Snapshot.from_json(version.said).without_photos(hidden)
        ends.append(End(name, f"“{version.name}”", as_read_by(user, snapshot), version))
    return ends


def as_read_by(user, snapshot: Snapshot) -> Snapshot:
    """Members of the team answer themselves before they read what teammates answered."""
    return snapshot if rules.reads_everything(user) else snapshot.heard_by(user.name)


def _choices(versions: list[Version], *ends: End) -> tuple[Choice, ...]:
    shown = {
        version.pk for version in (*versions[:MOST_OFFERED], *(e.version for e in ends)) if version
    }
    offered = (version for version in versions if version.pk in shown)
    return (Choice(NOW, "What is now"), *(Choice(str(v.number), _words(v)) for v in offered))


def _words(version: Version) -> str:
    """14: Before the run (18 May 2026)"""
    day = date_format(localtime(version.created_at), "j F Y")
    note = f": {version.note}" if version.note else ""
    return f"{version.number}{note} ({day})"
