"""Erasing a person: oneself, or by staff who were asked."""

from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ..forms.erasing import EraseMeForm, ErasePersonForm
from ..services.erasing import erase
from .review.guard import staff_view
from .studio.guard import studio_view


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def erase_me(request):
    form = EraseMeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        erase(request.user, by=request.user)
        logout(request)
        messages.success(request, "Your account is erased. Thank you for what you shared here.")
        return redirect("home")
    context = {"form": form, "is_alone_in": _alone_in(request.user)}
    return render(request, "accounts/erase.html", context, status=422 if form.errors else 200)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def erase_person(request):
    form = ErasePersonForm(request.POST if request.method == "POST" else None, by=request.user)
    if request.method == "POST" and form.is_valid():
        erase(form.person, by=request.user)
        messages.success(request, "Erased. What they made with others stays, without their name.")
        return redirect("review")
    status = 422 if form.errors else 200
    return render(request, "communities/review/erase.html", {"form": form}, status=status)


def _alone_in(person) -> list:
    """Designs that nobody else answers for. 2 queries."""
    mine = person.communities.prefetch_related("members")
    return [design for design in mine if len(design.members.all()) == 1]
