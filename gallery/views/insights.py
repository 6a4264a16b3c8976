from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ..results import InsightsPage
from ..shared_pages import shared_page


@require_safe
@shared_page
def insights(request):
    page = InsightsPage.of(request.GET, generation=request.generation)
    if request.is_cut:
        return redirect(page.state.url)
    return render(request, "gallery/insights/insights.html", {"page": page})
