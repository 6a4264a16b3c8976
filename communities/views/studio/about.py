from django.http import HttpRequest
from django.views.decorators.http import require_http_methods

from ...forms.about import AboutForm
from ...services.about import save_about
from .answers import is_saved, returned, saved
from .frame import open_frame
from .guard import form_data, studio_view


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def about(request: HttpRequest, slug: str):
    frame = open_frame(request, slug)
    data = form_data(request)
    form = frame.shown(AboutForm(data, by=request.user, instance=frame.community))
    if is_saved(request, form, save_about, frame.community):
        return saved(request, form, "studio_about", slug)
    return returned(request, "communities/studio/about.html", {"frame": frame, "form": form}, form)
