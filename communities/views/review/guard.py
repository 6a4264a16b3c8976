from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404

from accounts.roles import is_staff

from ..studio.guard import answer_and_forget, rescue


def staff_view(view):
    """For staff. Others learn nothing: visitors are asked to sign in, members get 404.

    A decision that comes in after the session ended is kept for the person who wrote it.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method == "POST" and (answer := rescue(request)) is not None:
            return answer
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not is_staff(request.user):
            raise Http404
        return answer_and_forget(view, request, *args, **kwargs)

    return guarded
