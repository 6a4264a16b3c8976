"""Taking consent back, by the link that was given to whoever consented."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ...pages import picture_view
from ...rules import is_photo_public
from ...services.consents import photo_of_token
from ...services.reports import withdraw_consent
from ...services.working_copy import photo_note
from .visitors import from_our_pages

PAGE = "communities/public/consent.html"


@never_cache
@from_our_pages
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request, token):
    photo = photo_of_token(token)
    if photo is None:
        raise Http404
    if request.method == "POST":
        withdraw_consent(photo)
        return redirect("consent", token)
    view = picture_view(photo_note(photo)) if is_photo_public(photo) else None
    return render(request, PAGE, {"photo": photo, "picture": view})
