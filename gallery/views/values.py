from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from communities.models import Value, ValueAlias

from ..shared_pages import shared_page
from ..values import value_cards, value_page


@require_safe
@shared_page
def values(request):
    return render(
        request, "gallery/values/values.html", {"cards": value_cards(generation=request.generation)}
    )


@require_safe
@shared_page
def value(request, slug):
    """A value, retired or not; another word for it leads to it."""
    if found := Value.objects.filter(slug=slug).first():
        page = value_page(found, generation=request.generation)
        return render(request, "gallery/values/value.html", {"page": page})
    alias = ValueAlias.objects.select_related("value").filter(slug=slug).first()
    if alias is None:
        raise Http404
    return redirect("value", alias.value.slug, permanent=True)
