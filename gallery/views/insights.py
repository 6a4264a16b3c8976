from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..forms import InsightForm
from ..insights import InsightNames, InsightsPage


@require_safe
def insights(request):
    names = InsightNames.current()
    form = InsightForm(request.GET, names=names)
    page = InsightsPage(form.state, form.hints, names)
    return render(request, "gallery/insights/insights.html", {"page": page})
