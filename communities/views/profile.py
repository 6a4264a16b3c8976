"""The public profile, in the settings of one's account."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import Profile

from ..forms.profile import ProfileForm
from ..services.profiles import HandleTaken, save_profile
from .studio.guard import form_data, studio_view

TAKEN = "This address is taken. Choose another."


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def profile(request):
    """Switched on, changed, switched off."""
    saved = Profile.objects.filter(user=request.user).first()
    form = ProfileForm(form_data(request), profile=saved)
    if request.method == "POST" and form.is_valid():
        try:
            made = save_profile(request.user, **form.changes)
        except HandleTaken:
            form.add_error("handle", TAKEN)
        else:
            shown = (
                "Saved. Everybody can read it now." if made.is_shown else "Saved. Nobody sees it."
            )
            messages.success(request, shown)
            return redirect("account_profile")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "profile": saved}
    return render(request, "accounts/profile.html", context, status=status)
