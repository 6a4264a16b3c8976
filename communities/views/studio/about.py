from django.http import HttpRequest
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from ...forms.about import AboutForm
from ...services.about import save_about
from ...services.editing import Stale
from .answers import saved, status_of
from .frame import StudioFrame, open_frame
from .guard import form_data, studio_view


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def about(request: HttpRequest, slug: str):
    frame = open_frame(request, slug)
    form = AboutForm(form_data(request), by=request.user, instance=frame.community)
    if not frame.is_editable:
        form.lock()
    if request.method == "POST" and form.is_valid() and _save(request, frame, form):
        return saved(request, form, "studio_about", slug)
    context = {"frame": frame, "form": form}
    status = status_of(request, form)
    return render(request, "communities/studio/about.html", context, status=status)


def _save(request: HttpRequest, frame: StudioFrame, form) -> bool:
    """False when somebody was quicker; the form then shows both texts."""
    if not form.has_changes:
        return True
    try:
        save_about(frame.community, by=request.user, revision=form.based_on, **form.changes)
    except Stale as stale:
        return form.meet(stale.current)
    return True
