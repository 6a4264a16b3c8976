"""How a page with a form answers: saved, refused with everything kept, or beaten in a race."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from ...services.editing import Stale
from .autosave import is_autosave, saved_answer, unsaved_answer

# How often what two people say is put together before it is their turn to read it.
ATTEMPTS = 5


def saved(request, form, to: str, *args, text: str = "Saved.") -> HttpResponse:
    """After a save: on to the page `to`, saying so. Pass a url name with its arguments."""
    if is_autosave(request):
        return saved_answer(request, form)
    messages.success(request, text)
    return redirect(to, *args)


def returned(request, template: str, context: dict, *forms, status: int = 0) -> HttpResponse:
    """The page with its form: asked for, or come back because it could not be saved."""
    if is_autosave(request):
        return unsaved_answer(request, *forms, is_gone="is_gone" in context)
    return render(request, template, context, status=status or status_of(request, *forms))


def is_sent(request, *forms) -> bool:
    """Whether somebody pressed the button of a form that makes something, and it is right.

    A form that saves itself makes nothing.
    """
    is_pressed = request.method == "POST" and not is_autosave(request)
    return is_pressed and sum(form.is_valid() for form in forms) == len(forms)


def is_saved(request, form, service, *rows) -> bool:
    """Whether what the form says stands in `rows` now, written by `service` if it was new.

    False also when somebody was quicker; the form then shows both texts. A form that saves itself
    is put together with what the other person changed in other fields.
    """
    if request.method == "POST" and form.is_valid():
        is_chosen = form.choose(request.POST.get("choose", ""))
        form.is_settled = is_chosen and _is_written(request, form, service, rows)
    return form.is_settled


def _is_written(request, form, service, rows) -> bool:
    for _ in range(ATTEMPTS):
        if not form.has_changes:
            return True
        try:
            if form.is_late:
                raise Stale(form.instance)
            form.instance = service(*rows, by=request.user, revision=form.based_on, **form.changes)
        except Stale as lost:
            if form.meet(lost.current):
                return True
            if not is_autosave(request) or not form.is_reconciled():
                return False
        else:
            return True
    return False


def status_of(request, *forms) -> int:
    """200 for a page asked for; for a form that came back 409 after a lost race, else 422."""
    if request.method != "POST":
        return 200
    if any(getattr(form, "conflict", None) for form in forms):
        return 409
    is_to_read = any(getattr(form, "is_to_read", False) for form in forms)
    return 200 if is_to_read and not any(form.errors for form in forms) else 422
