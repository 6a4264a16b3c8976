from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ...busy import periods_around
from ...checklist import PARTS, Missing, missing_of, offered_sections
from ...cycle import steps_of
from ...models import Community, Implementation, UnsavedText
from ...news import News, last_look, news_of
from ...next_step import NextStep, next_step
from ...readiness import Remark, days_of, next_run, readiness_of
from .arc import Arc, arc_of
from .frame import State, last_submission, my_place, state_of, with_counts
from .guard import studio_view
from .kept import KeptText, kept_texts

SHOWN_MISSING = 6
SHOWN_NEWS = 4


@dataclass(frozen=True)
class Card:
    """One of my designs as the dashboard shows it. `run` is the next one, `remarks` what is open
    before it is announced.
    """

    community: Community
    state: State
    arc: Arc
    values: tuple
    missing: tuple[Missing, ...]
    next: NextStep
    run: Implementation | None
    remarks: tuple[Remark, ...]
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
    def shown_remarks(self) -> tuple[Remark, ...]:
        return self.remarks[:SHOWN_MISSING]

    @property
    def news(self) -> tuple[News, ...]:
        return self.all_news[:SHOWN_NEWS]

    @property
    def more_news(self) -> int:
        return len(self.all_news) - len(self.news)


@dataclass(frozen=True)
class Dashboard:
    cards: tuple[Card, ...]
    unsaved: tuple[KeptText, ...]


@require_safe
@studio_view
def dashboard(request: HttpRequest):
    mine = with_counts(Community.objects, request.user).of_team(request.user)
    communities = list(mine.order_by("-updated_at", "-pk"))
    prefetch_related_objects(communities, *PARTS, "implementations__sessions")
    templates = offered_sections() if communities else []
    unsaved = UnsavedText.objects.filter(user=request.user)
    news = _news(communities, templates, reader=request.user)
    runs = [run for community in communities if (run := next_run(community))]
    know = {"templates": templates, "news": news, "busy": periods_around(days_of(runs))}
    page = Dashboard(
        cards=tuple(_card(community, **know) for community in communities),
        unsaved=kept_texts(unsaved, communities, templates),
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


def _card(community: Community, *, templates: list, news: dict, busy: list) -> Card:
    """No query."""
    submission, run = last_submission(community), next_run(community)
    missing = missing_of(community, templates)
    steps = steps_of(community)
    remarks = readiness_of(community, templates, run, busy) if run else ()
    return Card(
        community=community,
        state=state_of(community, submission),
        arc=arc_of(steps),
        values=tuple(link.tag for link in community.community_values.all()),
        missing=tuple(missing),
        next=next_step(community, submission, missing, steps, run, remarks),
        run=run,
        remarks=remarks,
        all_news=news[community.pk],
    )
