"""The newest designs as Atom, and the addresses of all that is public as a sitemap."""

import re

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import F
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import condition, require_safe

from communities.models import Value

from .models import Entry, Generation

NEWEST = 30
# What XML cannot hold at all.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@require_safe
@condition(etag_func=lambda request: f'"{Generation.current()}-{request.get_host()}"')
def atom(request) -> HttpResponse:
    feed = Atom1Feed(
        title=f"{settings.SITE_NAME}: new designs",
        link=request.build_absolute_uri(reverse("designs")),
        feed_url=request.build_absolute_uri(),
        description="Designs of learning communities as they are published.",
        language=settings.LANGUAGE_CODE,
    )
    for entry in Entry.objects.defer("card")[:NEWEST]:
        feed.add_item(
            title=_CONTROL.sub("", entry.title),
            link=request.build_absolute_uri(entry.get_absolute_url()),
            description=_CONTROL.sub("", entry.summary),
            pubdate=entry.published_at,
            updateddate=entry.published_at,
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response


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
        return Entry.objects.annotate(changed_at=F("version__created_at")).only("slug")

    def lastmod(self, item):
        return item.changed_at


SITEMAPS = {"pages": PageSitemap, "values": ValueSitemap, "designs": DesignSitemap}
