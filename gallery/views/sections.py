from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..examples import MOST_VALUES, examples_page, read_number
from ..shared_pages import shared_page


@require_safe
@shared_page
def section(request, key: str):
    """How published designs wrote one section: `value` (repeatable) puts some first."""
    values = request.GET.getlist("value")[:MOST_VALUES]
    page = examples_page(key, values=values, without=read_number(request.GET.get("without", "")))
    if page is None:
        raise Http404
    return render(request, "gallery/sections/section.html", {"page": page})
