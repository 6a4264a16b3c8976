"""The door of the studio: signed in, and nothing typed is lost at the threshold."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render

from accounts.models import User

from ...services import unsaved
from .autosave import is_autosave, refused_answer

SIGNED_OUT = (
    "You were signed out before this could be saved. What you typed is kept: sign in as the same"
    " person and it is back in the form."
)
NOT_KEPT = (
    "You were signed out before this could be saved, and it is too long to be kept. Press Back: it"
    " may still be in the form."
)
FILES_LOST = "Pictures cannot be kept. Choose them again."


def studio_view(view):
    """For signed-in people. A form that comes in after the session ended is kept for its author.

    After a POST that was saved, what was kept for this page is forgotten.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method == "POST" and (answer := rescue(request)) is not None:
            return answer
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return answer_and_forget(view, request, *args, **kwargs)

    return guarded


def answer_and_forget(view, request, *args, **kwargs):
    """The view's answer; what was kept for this page is forgotten once it is saved or discarded."""
    if "discard_unsaved" in request.POST:
        unsaved.forget(request.user, request.path)
        return redirect(request.path)
    response = view(request, *args, **kwargs)
    # Whoever has just erased themselves is nobody now.
    is_somebody = request.user.is_authenticated
    may_be_kept = getattr(request, "has_unsaved", True)
    if may_be_kept and request.method == "POST" and is_somebody and _is_settled(request, response):
        unsaved.forget(request.user, request.path)
    return response


def _is_settled(request, response) -> bool:
    """Whether the POST was saved: then it redirects, or says 200 to a form that saves itself."""
    is_quiet = is_autosave(request) and response.status_code == 200
    return is_quiet or isinstance(response, HttpResponseRedirect)


def rescue(request, *, is_refused: bool = False):
    """An answer when this POST must not be saved now, its text kept; else None.

    That is when nobody is signed in, when somebody else is, and when it `is_refused` because the
    form is from before the last sign-in.
    """
    author_id = unsaved.read_drawn_for(request.POST.get("drawn_for", ""))
    is_theirs = request.user.is_authenticated and author_id in (None, request.user.pk)
    if is_theirs and not is_refused:
        return None
    kept = _keep(request, author_id)
    if is_autosave(request) and (author_id or not request.user.is_authenticated):
        return refused_answer(request, author_id)
    if not request.user.is_authenticated:
        if kept is not None:
            _tell(request, kept, SIGNED_OUT)
        return redirect_to_login(request.path)
    if author_id is None:
        return None
    if author_id != request.user.pk:
        context = {"was_kept": kept}
        return render(request, "communities/studio/other_account.html", context, status=403)
    return redirect(request.path) if kept else None


def _keep(request, author_id: int | None) -> bool | None:
    """Whether the text was kept; None when nobody can say whose it is."""
    if author_id is None or not User.objects.filter(pk=author_id, is_active=True).exists():
        return None
    return unsaved.keep(
        author_id, path=request.path, fields=request.POST, had_files=bool(request.FILES)
    )


def _tell(request, kept: bool, text: str) -> None:
    messages.warning(request, text if kept else NOT_KEPT)
    if request.FILES:
        messages.warning(request, FILES_LOST)


def form_data(request) -> QueryDict | None:
    """What a form is bound to: what was sent now, or what was kept when it could not be saved.

    `request.unsaved` is then the kept row, which the layout announces. At most one query on a GET,
    none where the frame has found out that nothing is kept.
    """
    if request.method == "POST":
        return request.POST
    if not getattr(request, "has_unsaved", True):
        return None
    request.unsaved = unsaved.unsaved_for(request.user, request.path)
    return QueryDict(request.unsaved.fields) if request.unsaved else None
