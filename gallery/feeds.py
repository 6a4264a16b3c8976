"""Designs as they are published as Atom, and the addresses of all that is public as a sitemap."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join

from accounts.models import Profile
from communities.models import Value

from .answers import for_programs
from .cards import CARD_FIELDS, Card, card_of
from .enums import Sort
from .models import Entry
from .results import DesignsPage
from .search import SearchState
from .updates import with_updated

NEWEST = 30
# What XML cannot hold at all.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class _Feed(Atom1Feed):
    def latest_post_date(self):
        """Without entries the same at each visit, as its tag is."""
        return super().latest_post_date() if self.items else datetime(1970, 1, 1, tzinfo=UTC)


def feed_url(state: SearchState) -> str:
    """Where this search can be followed."""
    return f"{reverse('designs_feed')}?{_in_any_order(state).query}".rstrip("?")


@for_programs("feed")
def atom(request) -> HttpResponse:
    """The newest designs of a search, of all without one. One query more than the search's own."""
    page = _newest_first(request.GET)
    asked = _in_any_order(page.state)
    feed = _Feed(
        title=_title(page),
        link=request.build_absolute_uri(asked.url),
        feed_url=request.build_absolute_uri(f"{request.path}?{asked.query}".rstrip("?")),
        description="Designs of learning communities as they are published.",
        author_name=settings.SITE_NAME,
        language=settings.LANGUAGE_CODE,
    )
    numbers = page.search.numbers(0, NEWEST)
    entries = with_updated(Entry.objects.only(*CARD_FIELDS, "published_at")).in_bulk(numbers)
    for entry in filter(None, map(entries.get, numbers)):
        card = card_of(entry, values=asked.of("value"))
        feed.add_item(
            title=_CONTROL.sub("", card.title),
            link=request.build_absolute_uri(card.url),
            description=_CONTROL.sub("", _words(card)),
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
        )
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response


def _newest_first(query: QueryDict) -> DesignsPage:
    """The first page of the search, whatever order and page it was saved with."""
    query = query.copy()
    query["sort"] = Sort.NEWEST.value
    query.pop("page", None)
    return DesignsPage.of(query)


def _in_any_order(state: SearchState) -> SearchState:
    return replace(state, sort="", page=1)


def _title(page: DesignsPage) -> str:
    what = f"designs {page.sentence}" if page.sentence else "new designs"
    return _CONTROL.sub("", f"{settings.SITE_NAME}: {what}")


def _words(card: Card) -> str:
    """Its summary, and its own reasons for the values that were searched for, as HTML."""
    reasons = ((value.name, value.rationale) for value in card.reasons if value.rationale)
    return format_html("<p>{}</p>", card.summary) + format_html_join(
        "", "<p><strong>{}.</strong> {}</p>", reasons
    )


class PageSitemap(Sitemap):
    def items(self):
        return ["home", "designs", "values", "insights"]

    def location(self, item):
        return reverse(item)


class ValueSitemap(Sitemap):
    def items(self):
        return Value.objects.only("slug")

    def location(self, item):
        return reverse("value", args=[item.slug])


class DesignSitemap(Sitemap):
    def items(self):
        return with_updated(Entry.objects.only("slug", "published_at"))

    def lastmod(self, item):
        return item.updated_at


class PersonSitemap(Sitemap):
    """Members who want to be found, as long as they do."""

    def items(self):
        return Profile.objects.shown().only("handle", "updated_at").order_by("pk")

    def location(self, item):
        return reverse("person", args=[item.handle])

    def lastmod(self, item):
        return item.updated_at


SITEMAPS = {
    "pages": PageSitemap,
    "values": ValueSitemap,
    "designs": DesignSitemap,
    "people": PersonSitemap,
}
