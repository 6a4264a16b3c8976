"""Answers to a form that saves itself: the same address, form and service, in a few words of JSON.

A script (static/js/autosave.js) sends it with the header X-Autosave. Such a sending changes what
is there already, as the Save button does; it creates, removes and publishes nothing.
"""

from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from ...forms.base import RevisionForm
from ...services import presence, unsaved

HEADER = "X-Autosave"
# In seconds, to whoever finds the database busy or gone.
RETRY_AFTER = "10"


def is_autosave(request) -> bool:
    return request.method == "POST" and HEADER in request.headers


def saved_answer(request, *forms: RevisionForm) -> JsonResponse:
    """Everything stands. What the other person changed meanwhile comes along, to be shown."""
    return _answer(200, "saved", f"Saved at {_now()}", others=_others(request), **_news(forms))


def unsaved_answer(request, *forms, is_gone: bool = False) -> JsonResponse:
    """Why this is not saved. What was typed is kept for its author, except about what is gone."""
    if is_gone:
        words = "Not saved: somebody removed this. Press Save to keep yours as new"
        return _answer(409, "gone", words)
    kept = unsaved.keep(request.user.pk, path=request.path, fields=request.POST)
    beaten = [form for form in forms if getattr(form, "conflict", None)]
    settled = [form for form in forms if getattr(form, "is_settled", False)]
    if beaten:
        others = _others(request)
        words = f"Not saved: {beaten[0].conflict.by} changed this too"
        return _answer(
            409, "conflict", words, kept=kept, others=others, **_clash(request, beaten, settled)
        )
    if wrong := next((words for form in forms for words in _faults(form)), ""):
        return _answer(422, "invalid", f"Not saved yet. {wrong}", kept=kept, **_news(settled))
    if any(isinstance(form, RevisionForm) for form in forms):
        # Beaten again and again.
        return busy_answer()
    words = f"Kept at {_now()}. Press Save to add it"
    return _answer(202, "kept", words, kept=kept)


def busy_answer() -> JsonResponse:
    """Nothing was saved and nothing is wrong with what was sent: the script tries once more."""
    answer = _answer(503, "busy", "Not saved yet")
    answer["Retry-After"] = RETRY_AFTER
    return answer


def _others(request) -> str:
    """Note that somebody writes here, and say who else does."""
    frame = request.frame
    presence.note(frame.community, request.user, request.path)
    return render_to_string("communities/studio/_others.html", {"frame": frame}, request)


def refused_answer(request, author_id: int | None) -> JsonResponse:
    """To somebody who is signed out or another, or whose page is from before a new sign-in."""
    if not request.user.is_authenticated:
        login = redirect_to_login(reverse("studio_signed_in")).url
        words = "Not saved: you are signed out"
        return _answer(401, "signed-out", words, login=login)
    if author_id != request.user.pk:
        words = "Not saved: somebody else is signed in now"
        return _answer(403, "other", words)
    return _answer(403, "again", "Saving…", csrf=get_token(request))


def _answer(status: int, state: str, words: str, **more) -> JsonResponse:
    answer = JsonResponse({"state": state, "words": words, **more}, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _news(forms) -> dict:
    fields, taken = {}, {}
    for form in forms:
        fields |= form.machinery
        taken |= form.taken
    return {"fields": fields, "taken": taken}


def _clash(request, beaten, settled) -> dict:
    """Both texts as the page itself would show them, and what the page's fields must say now.

    A page that must be drawn again keeps its old revision: then only the Save button goes on.
    """
    context = {"is_reshaped": any(form.is_reshaped for form in beaten)}
    html = "".join(
        render_to_string("communities/studio/_conflict.html", {**context, "form": form}, request)
        for form in beaten
    )
    news = _news([*settled, *(form for form in beaten if not form.is_reshaped)])
    return {"conflict": html, **news}


def _faults(form):
    """Each fault in a form, or in a set of rows, with the name of its field."""
    if hasattr(form, "forms"):
        for row in form.forms:
            yield from _faults(row)
        yield from form.non_form_errors()
        return
    for name, errors in form.errors.items():
        label = f"{form[name].label}: " if name in form.fields else ""
        yield f"{label}{errors[0]}"


def _now() -> str:
    return f"{timezone.localtime():%H:%M}"
