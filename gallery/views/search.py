"""The entrance, the list of designs, and what is suggested while somebody types."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ..answers import tag_of
from ..catalogue import current_catalogue
from ..corpora import DESIGNS
from ..feeds import feed_url
from ..forms import SearchForm
from ..framing import in_frame
from ..home import home_page
from ..results import DesignsPage
from ..shared_pages import shared_page
from ..suggestions import Suggestions


@require_safe
@shared_page
def home(request):
    return render(
        request, "gallery/home/home.html", {"page": home_page(generation=request.generation)}
    )


@require_safe
@shared_page
def designs(request):
    page = DesignsPage.of(request.GET, generation=request.generation)
    if request.is_cut:
        return redirect(page.state.url)
    return in_frame(request, "gallery/search/designs.html", page, feed_url=feed_url(page.state))


@require_safe
@cache_control(public=True, no_cache=True)
def suggest(request, corpus=DESIGNS):
    """A list to choose from for `q`, or where `find` is a topic's name for that. Four queries."""
    etag = tag_of(request)
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    catalogue = current_catalogue(corpus)
    state = SearchForm(request.GET, catalogue=catalogue).state
    if request.is_cut:
        return redirect(f"{request.path}?{state.query}")
    suggestions = Suggestions(state, catalogue)
    typed = request.GET.get("find")
    groups = suggestions.of_search() if typed is None else suggestions.of_topics(typed)
    # Without the request: nothing in it depends on who asks.
    response = HttpResponse(
        render_to_string(
            "gallery/search/_suggestions.html", {"groups": groups, "noun": corpus.noun}
        )
    )
    response["ETag"] = etag
    return response
