"""How a page with a form answers: saved, refused with everything kept, or beaten in a race."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect

from ...services.editing import Stale

LEFT_OUT = "Saved. Some invisible control characters could not be kept and were left out."


def saved(request, form, to: str, *args, text: str = "Saved.") -> HttpResponseRedirect:
    """After a save: on to the page `to`, saying so. Pass a url name with its arguments."""
    messages.success(request, LEFT_OUT if form.left_out else text)
    return redirect(to, *args)


def is_saved(request, form, service, *rows) -> bool:
    """Whether what the form says stands in `rows` now, written by `service` if it was new.

    False also when somebody was quicker; the form then shows both texts.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    if not form.has_changes:
        return True
    try:
        service(*rows, by=request.user, revision=form.based_on, **form.changes)
    except Stale as lost:
        return form.meet(lost.current)
    return True


def status_of(request, *forms) -> int:
    """200 for a page asked for; for a form that came back 409 after a lost race, else 422."""
    if request.method != "POST":
        return 200
    return 409 if any(getattr(form, "conflict", None) for form in forms) else 422
