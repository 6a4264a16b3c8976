"""What stands around every page of one design in the studio: title, state, values, tabs."""

from dataclasses import dataclass

from django.db.models import (
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localtime

from ... import access
from ...checklist import with_values
from ...enums import Status, TeamRole
from ...models import (
    Community,
    CommunityValue,
    Implementation,
    Insight,
    Photo,
    Reflection,
    Remark,
    Section,
    Submission,
    TeamMember,
    UnsavedText,
    Version,
)
from ...services import presence
from .autosave import is_autosave


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    count: str = ""
    # "page" on the tab's own page, "true" on the pages below it
    current: str = ""


@dataclass(frozen=True)
class State:
    """Where the design stands, in words; `tone` is a class of .badge."""

    text: str
    icon: str
    tone: str = ""


@dataclass(frozen=True)
class Counts:
    sections: int
    photos: int
    implementations: int
    reflections: int
    insights: int
    members: int
    versions: int


@dataclass(frozen=True)
class StudioFrame:
    """`community` is the working copy; `is_editable` is false for staff who only read."""

    community: Community
    submission: Submission | None
    counts: Counts
    state: State
    path: str
    is_editable: bool
    others: tuple[presence.Writer, ...]

    @cached_property
    def at_hand(self) -> Community:
        """A copy of the community for reading only, which remembers what was fetched for it.

        It has the values: one query, unless they came along. Who is sent on after a save asks none.
        """
        brought = getattr(self.community, "_prefetched_objects_cache", ())
        return self.community if "community_values" in brought else with_values(self.community)

    @cached_property
    def values(self) -> tuple[CommunityValue, ...]:
        return tuple(self.at_hand.community_values.all())

    @cached_property
    def tabs(self) -> tuple[Tab, ...]:
        return _tabs(self.path, self.community.slug, self.counts, len(self.values))

    @property
    def is_led(self) -> bool:
        """Whether the reader leads the team."""
        return self.community.my_role == TeamRole.LEAD

    def shown(self, form):
        """`form`, or for somebody who may only read the same with all its fields locked."""
        if not self.is_editable:
            form.lock()
        return form

    @cached_property
    def remarks(self) -> list[Remark]:
        """What reviewers remarked on what was last submitted. One query, none without a review."""
        if self.submission is None or not self.submission.is_open:
            return []
        sent = Remark.objects.sent().filter(submission=self.submission.pk)
        return list(sent.select_related("author", "resolved_by", "checked_by"))

    @property
    def open_remarks(self) -> list[Remark]:
        return [remark for remark in self.remarks if remark.state == "open"]

    @property
    def built_on_title(self) -> str:
        """As the catalogue has it; empty while the parent is not public."""
        return self.community.parent_title or ""


TABS = (
    ("Overview", "studio_community", ""),
    ("About", "studio_about", ""),
    ("Values", "studio_values", "values"),
    ("Document", "studio_document", "sections"),
    ("Photographs", "studio_photos", "photos"),
    ("Attachments", "studio_attachments", ""),
    ("Runs", "studio_implementations", "implementations"),
    ("Reflections", "studio_reflections", "reflections"),
    ("Insights", "studio_insights", "insights"),
    ("Team", "studio_team", "members"),
    ("Submit", "studio_submit", ""),
    ("Versions", "studio_versions", "versions"),
)


def open_frame(request: HttpRequest, slug: str, *, among=Community.objects) -> StudioFrame:
    """The frame of a studio page, or 404: reading is for the team and staff, a POST for the team.

    One query, and one for the values where they are asked for. It is at hand as `request.frame` for
    the answers of forms that save themselves; `request.has_unsaved` says whether a text is kept.
    """
    fetch = access.community_to_edit if request.method == "POST" else access.community_to_see
    # The answer to a form that saves itself shows no tabs, and counting costs most of it.
    brought = with_place if is_autosave(request) else with_counts
    kept = UnsavedText.objects.filter(user=request.user, path=request.path)
    among = brought(among, request.user).annotate(has_unsaved=Exists(kept))
    community = fetch(request.user, slug, among=among)
    request.has_unsaved = community.has_unsaved
    submission = last_submission(community)
    counts = Counts(
        **{name: getattr(community, f"{name}_count", 0) for name in Counts.__annotations__}
    )
    request.frame = StudioFrame(
        community=community,
        submission=submission,
        counts=counts,
        state=state_of(community, submission),
        path=request.path,
        is_editable=bool(community.is_mine),
        others=presence.others_at(community, request.user),
    )
    return request.frame


def open_frame_to_lead(request: HttpRequest, slug: str) -> StudioFrame:
    """The frame of a page for those who lead the team: everybody else gets 404."""
    frame = open_frame(request, slug)
    if not frame.is_led:
        raise Http404
    return frame


def open_frame_to_write(request: HttpRequest, slug: str, *, among=Community.objects) -> StudioFrame:
    """The frame of a page that is of use to the team alone: staff who only read get 404."""
    frame = open_frame(request, slug, among=among)
    if not frame.is_editable:
        raise Http404
    return frame


def _count(model, condition: Q | None = None, *, link: str = "community") -> Coalesce:
    rows = model._base_manager.filter(condition or Q(), **{link: OuterRef("pk")})
    counted = rows.order_by().values(link).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def with_place(communities, user) -> QuerySet:
    """`communities` that also say whose they are and what was last submitted, in one query."""
    last = Submission.objects.filter(community=OuterRef("pk")).order_by("-pk")
    mine = TeamMember.objects.filter(community=OuterRef("pk"), user=user).order_by()
    return communities.select_related("parent", "cohort", "updated_by").annotate(
        is_mine=_count(TeamMember, Q(user=user)),
        parent_title=KeyTextTransform("title", "parent__published_version__snapshot"),
        **{f"last_{name}": Subquery(last.values(name)[:1]) for name in _OF_SUBMISSION},
        **{f"my_{name}": Subquery(mine.values(name)[:1]) for name in _OF_MEMBER},
    )


def with_counts(communities, user) -> QuerySet:
    """The same, with how much there is of everything, still in one query."""
    written = ~Q(body="", is_text="", is_not_text="", structure__isnull=True)
    current = Q(is_removed=False, is_hidden=False)
    return with_place(communities, user).annotate(
        sections_count=_count(Section, written),
        photos_count=_count(Photo, current),
        implementations_count=_count(Implementation),
        reflections_count=_count(Reflection, link="implementation__community"),
        insights_count=_count(Insight),
        members_count=_count(TeamMember),
        versions_count=_count(Version),
    )


_OF_MEMBER = ("pk", "role", "joined_at", "news_since", "last_looked_at")
_OF_SUBMISSION = ("pk", "status", "revision", "submitted_at", "changed_at", "version_id")


def my_place(community: Community) -> TeamMember | None:
    """The reader’s own place in the team, which `with_counts` brought along."""
    if community.my_pk is None:
        return None
    fields = {name: getattr(community, f"my_{name}") for name in _OF_MEMBER}
    return TeamMember(community=community, **fields)


def last_submission(community: Community) -> Submission | None:
    """The row that `with_counts` brought along."""
    if community.last_pk is None:
        return None
    fields = {name: getattr(community, f"last_{name}") for name in _OF_SUBMISSION}
    return Submission(community=community, **fields)


def state_of(community: Community, submission: Submission | None) -> State:
    """The working copy's state in the words of the badge."""
    if submission is not None and submission.status == Status.SUBMITTED:
        day = localtime(submission.submitted_at)
        return State(f"With the reviewers since {day:%-d %B}", "clock")
    if submission is not None and submission.status == Status.CHANGES_REQUESTED:
        return State("Changes asked for", "comment", "warn")
    if community.is_published:
        return State("Published", "check", "good")
    if submission is not None and submission.status == Status.DECLINED:
        return State("Declined; still yours to rework", "lock")
    if submission is not None and submission.status == Status.UNPUBLISHED:
        return State("No longer public", "lock", "warn")
    return State("Draft, seen by your team and reviewers", "lock")


def _tabs(path: str, slug: str, counts: Counts, values: int) -> tuple[Tab, ...]:
    numbers = {"values": values, **counts.__dict__}
    tabs = []
    for label, name, counted in TABS:
        url = reverse(name, args=[slug])
        is_below = path.startswith(url) and name != "studio_community"
        current = "page" if path == url else "true" if is_below else ""
        tabs.append(Tab(label, url, str(numbers.get(counted) or ""), current))
    return tuple(tabs)
