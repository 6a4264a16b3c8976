"""The addresses of the API. What is not there is answered by gallery.views.errors."""

import msgspec
from django.http import Http404, HttpResponse

from communities.models import Community

from ..answers import for_programs
from ..cards import CARD_FIELDS, card_of
from ..models import Entry
from ..results import DesignsPage, InsightsPage
from ..views.designs import of_published
from . import schema
from .designs import designs_of
from .pages import design_page, insight_page


@for_programs("api")
def designs(request):
    return _json(design_page(DesignsPage.of(request.GET), _root(request)))


@for_programs("api")
def insights(request):
    return _json(insight_page(InsightsPage.of(request.GET), _root(request)))


@for_programs("api")
@of_published
def design(request, community: Community):
    entries = Entry.objects.only(*CARD_FIELDS).filter(community=community)
    found = designs_of(map(card_of, entries), _root(request))
    if not found:
        raise Http404
    return _json(found[0])


@for_programs("api")
def openapi(request):
    return HttpResponse(schema.document(), content_type="application/json")


def _json(answer) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(answer), content_type="application/json")


def _root(request) -> str:
    return request.build_absolute_uri("/").rstrip("/")
