"""Pages of results as typed answers. `root` is the site's address without a slash."""

from django.urls import reverse

from ..feeds import feed_url
from ..filters import Filter
from ..models import EntryInsight
from ..results import DesignsPage, InsightsPage
from .designs import designs_of, value_url
from .types import DesignName, DesignPage, Facet, Insight, InsightPage, Option, ValueName


def design_page(page: DesignsPage, root: str) -> DesignPage:
    """One query more than the page's own."""
    return DesignPage(
        **_common(page, root, "api_designs"),
        feed_url=root + feed_url(page.state),
        results=designs_of(page.cards, root),
    )


def insight_page(page: InsightsPage, root: str) -> InsightPage:
    """No query but the page's own."""
    results = [_insight(insight, root) for insight in page.insights]
    return InsightPage(**_common(page, root, "api_insights"), results=results)


def _common(page: DesignsPage | InsightsPage, root: str, name: str) -> dict:
    def address(state) -> str | None:
        return state and f"{root}{reverse(name)}?{state.query}".rstrip("?")

    return {
        "count": page.total,
        "page": page.state.page,
        "last_page": page.last_page,
        "url": address(page.state),
        "html_url": root + page.state.url,
        "previous": address(page.previous),
        "next": address(page.next),
        "hints": page.hints,
        "facets": {found.facet.name: _facet(found) for found in page.filters},
    }


def _facet(found: Filter) -> Facet:
    options = [
        Option(
            choice=option.choice, name=option.label, count=option.count, is_chosen=option.is_chosen
        )
        for option in found.shown + found.more
    ]
    return Facet(title=found.facet.title, options=options)


def _insight(insight: EntryInsight, root: str) -> Insight:
    entry = insight.entry
    return Insight(
        headline=insight.headline,
        body=insight.body,
        type=insight.type,
        basis=insight.basis,
        values=[
            ValueName(slug=value["slug"], name=value["name"], url=value_url(value["slug"], root))
            for value in insight.values
        ],
        design=DesignName(
            title=entry.title,
            url=root + entry.get_absolute_url(),
            api_url=root + reverse("api_design", args=[entry.slug]),
        ),
    )
