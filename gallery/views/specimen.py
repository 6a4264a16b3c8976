from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..specimen import specimen


@require_safe
def specimen_sheet(request):
    return render(request, "gallery/specimen/specimen.html", {"specimen": specimen()})
