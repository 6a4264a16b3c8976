"""Pages of results in their frame, which is what all pages of a search have alike."""

from pathlib import PurePosixPath

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.html import conditional_escape

from .context import site
from .results import ResultsPage
from .shared_pages import is_shared
from .stencils import Stencil, drawn
from .templatetags.gallery import filters


def in_frame(request, template: str, page: ResultsPage, **more: str) -> HttpResponse:
    """The template with what was found, drawn from `_results.html` beside it, and with `more`.

    Visitors without a session share the frame, for others it is drawn anew. It must depend on
    nothing but whether something was asked for.
    """
    beside = PurePosixPath(template).with_name("_results.html")
    slots = more | {
        "title": page.title,
        "q": page.state.q,
        "canonical": f"{request.scheme}://{request.get_host()}{page.state.url}",
        "filters": filters(page),
        "results": render_to_string(str(beside), {"page": page}),
    }

    def draw(_) -> list[tuple[str, Stencil]]:
        context = {"corpus": page.corpus, "is_filtered": page.is_filtered}
        return [("", Stencil.of(template, slots, context, request))]

    if is_shared(request):
        key = ("frame", template, page.is_filtered, *site(request).values())
        frame = drawn({"": key}, draw)[""]
    else:
        ((_, frame),) = draw(None)
    return HttpResponse(
        frame.fill(**{name: conditional_escape(one) for name, one in slots.items()})
    )
