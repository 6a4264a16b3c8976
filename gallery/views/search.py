"""The entrance and the list of designs."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..home import home_page
from ..results import DesignsPage


@require_safe
def home(request):
    return render(request, "gallery/home/home.html", {"page": home_page()})


@require_safe
def designs(request):
    return render(request, "gallery/search/designs.html", {"page": DesignsPage.of(request.GET)})
