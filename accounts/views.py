from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from .forms import LettersForm, NameForm
from .models import Cohort, User
from .notices import choose_letters, kinds_for, unwanted_by
from .queries import cohorts_of


@dataclass
class DetailsPage:
    form: NameForm
    person: User
    cohorts: list[Cohort]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def details(request):
    # A copy, so that a refused name does not stand in the page's header.
    person = User.objects.get(pk=request.user.pk)
    form = NameForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved. Your name changes on your pages as they are published.")
        return redirect("account_details")
    page = DetailsPage(form=form, person=request.user, cohorts=list(cohorts_of(request.user)))
    status = 422 if form.errors else 200
    return render(request, "accounts/details.html", {"page": page}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request):
    """Which letters one wants. What is told on the site is told in any case."""
    kinds = kinds_for(request.user)
    form = LettersForm(request.POST or None, kinds=kinds, unwanted=unwanted_by(request.user))
    if request.method == "POST" and form.is_valid():
        choose_letters(request.user, wanted=form.wanted)
        messages.success(request, "Saved.")
        return redirect("account_letters")
    status = 422 if form.errors else 200
    return render(request, "accounts/letters.html", {"form": form}, status=status)
