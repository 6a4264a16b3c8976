from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ...checklist import PARTS, Missing, missing_of, offered_sections
from ...cycle import Station, present, steps_of
from ...models import Community, UnsavedText
from ...next_step import NextStep, next_step
from .frame import State, last_submission, state_of, with_counts
from .guard import studio_view


@dataclass(frozen=True)
class Card:
    """One of my designs as the dashboard shows it."""

    community: Community
    state: State
    station: Station
    values: tuple
    needed: tuple[Missing, ...]
    next: NextStep


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
    page = Dashboard(
        cards=tuple(_card(community, templates) for community in communities),
        unsaved=tuple(unsaved),
    )
    return render(request, "communities/studio/dashboard.html", {"page": page})


@require_safe
@studio_view
def signed_in(request: HttpRequest):
    """Where somebody lands who signed in again for a form that is open in another tab."""
    return render(request, "communities/studio/signed_in.html")


def _card(community: Community, templates: list) -> Card:
    submission = last_submission(community)
    missing = missing_of(community, templates)
    steps = steps_of(community)
    return Card(
        community=community,
        state=state_of(community, submission),
        station=present(steps),
        values=tuple(link.tag for link in community.community_values.all()),
        needed=tuple(item for item in missing if item.is_needed),
        next=next_step(community, submission, missing, steps),
    )
