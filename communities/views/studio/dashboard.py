from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ...checklist import PARTS, Missing, missing_of, offered_sections
from ...cycle import steps_of
from ...models import Community, UnsavedText
from ...news import News, last_look, news_of
from ...next_step import NextStep, next_step
from .arc import Arc, arc_of
from .frame import State, last_submission, my_place, state_of, with_counts
from .guard import studio_view

SHOWN_MISSING = 6
SHOWN_NEWS = 4


@dataclass(frozen=True)
class Card:
    """One of my designs as the dashboard shows it."""

    community: Community
    state: State
    arc: Arc
    values: tuple
    missing: tuple[Missing, ...]
    next: NextStep
    all_news: tuple[News, ...]

    @property
    def missing_words(self) -> str:
        needed = sum(item.is_needed for item in self.missing)
        counts = ((needed, "needed"), (len(self.missing) - needed, "advised"))
        return "Missing: " + ", ".join(f"{count} {word}" for count, word in counts if count)

    @property
    def shown_missing(self) -> tuple[Missing, ...]:
        """What is needed first."""
        ordered = sorted(self.missing, key=lambda item: not item.is_needed)
        return tuple(ordered[:SHOWN_MISSING])

    @property
    def news(self) -> tuple[News, ...]:
        return self.all_news[:SHOWN_NEWS]

    @property
    def more_news(self) -> int:
        return len(self.all_news) - len(self.news)


@dataclass(frozen=True)
class Dashboard:
    cards: tuple[Card, ...]
    unsaved: tuple[UnsavedText, ...]


@require_safe
@studio_view
def dashboard(request: HttpRequest):
    mine = with_counts(Community.objects, request.user).of_team(request.user)
    communities = list(mine.order_by("-updated_at", "-pk"))
    prefetch_related_objects(communities, *PARTS)
    templates = offered_sections() if communities else []
    unsaved = UnsavedText.objects.filter(user=request.user)
    news = _news(communities, templates, reader=request.user)
    page = Dashboard(
        cards=tuple(_card(community, templates, news) for community in communities),
        unsaved=tuple(unsaved),
    )
    return render(request, "communities/studio/dashboard.html", {"page": page})


@require_safe
@studio_view
def signed_in(request: HttpRequest):
    """Where somebody lands who signed in again for a form that is open in another tab."""
    return render(request, "communities/studio/signed_in.html")


def _news(communities: list[Community], templates: list, *, reader) -> dict:
    """One query."""
    since = {community.pk: last_look(my_place(community)) for community in communities}
    return news_of(communities, since, reader=reader, templates=templates)


def _card(community: Community, templates: list, news: dict) -> Card:
    submission = last_submission(community)
    missing = missing_of(community, templates)
    steps = steps_of(community)
    return Card(
        community=community,
        state=state_of(community, submission),
        arc=arc_of(steps),
        values=tuple(link.tag for link in community.community_values.all()),
        missing=tuple(missing),
        next=next_step(community, submission, missing, steps),
        all_news=news[community.pk],
    )
