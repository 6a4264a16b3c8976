from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ..framing import in_frame
from ..lessons import lessons_for
from ..results import InsightsPage
from ..shared_pages import shared_page


@require_safe
@shared_page
def insights(request):
    page = InsightsPage.of(request.GET, generation=request.generation)
    if request.is_cut:
        return redirect(page.state.url)
    return in_frame(request, "gallery/insights/insights.html", page)


@require_safe
@cache_control(public=True, no_cache=True)
def beside(request):
    """A few lessons for `value` and `kind`, none of the design `but`: a fragment of HTML."""
    query = request.GET.copy()
    but = query.pop("but", [""])[-1][:100]
    return render(
        request, "gallery/insights/_beside.html", {"insights": lessons_for(query, but=but)}
    )
