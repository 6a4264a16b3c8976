"""Any two states of a design side by side: versions, and what the working copy says now."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from ... import rules
from ...differences import Differences, compare
from ...models import Community, Version
from ...queries import hidden_keys
from ...services.versions import snapshot_at_hand, with_snapshot_parts
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
    versions = frame.community.versions.defer("snapshot")
    newest = list(versions.select_related("created_by")[:MOST_OFFERED])
    context = {"frame": frame}
    if newest:
        names = [name or str(newest[0].number) for name in names]
        before, after = _ends(request.user, frame.community, names)
        context["page"] = Comparison(
            before=before,
            after=after,
            differences=compare(before.snapshot, after.snapshot),
            choices=_choices(newest, before, after),
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


def _ends(user, community: Community, names: list[str]) -> list[End]:
    """At most two queries: the versions, and which pictures staff have hidden."""
    numbers = [int(name) for name in names if name != NOW]
    versions = {str(v.number): v for v in community.versions.filter(number__in=numbers)}
    if len(versions) < len(set(numbers)):
        raise Http404
    hidden = hidden_keys(community)
    ends = []
    for name in names:
        if name == NOW:
            now = as_read_by(user, snapshot_at_hand(community))
            ends.append(End(NOW, "what is now", now))
            continue
        version = versions[name]
        snapshot = Snapshot.from_json(version.snapshot).without_photos(hidden)
        ends.append(End(name, f"“{version.name}”", as_read_by(user, snapshot), version))
    return ends


def as_read_by(user, snapshot: Snapshot) -> Snapshot:
    """Members of the team answer themselves before they read what teammates answered."""
    return snapshot if rules.reads_everything(user) else snapshot.heard_by(user.name)


def _choices(newest: list[Version], *ends: End) -> tuple[Choice, ...]:
    versions = {version.number: version for version in newest}
    versions |= {end.version.number: end.version for end in ends if end.version}
    ordered = sorted(versions.values(), key=lambda version: -version.number)
    return (Choice(NOW, "What is now"), *(Choice(str(v.number), _words(v)) for v in ordered))


def _words(version: Version) -> str:
    """14: Before the run (18 May 2026)"""
    day = date_format(localtime(version.created_at), "j F Y")
    note = f": {version.note}" if version.note else ""
    return f"{version.number}{note} ({day})"
