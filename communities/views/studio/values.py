from django.http import HttpRequest
from django.views.decorators.http import require_http_methods

from ...forms.values import ValuesForm
from ...models import Value
from ...services.values import save_values
from .answers import is_saved, returned, saved
from .frame import StudioFrame, open_frame
from .guard import form_data, studio_view


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def values(request: HttpRequest, slug: str):
    frame = open_frame(request, slug)
    words = {"instance": frame.at_hand, "vocabulary": _vocabulary(frame)}
    form = frame.shown(ValuesForm(form_data(request), **words))
    if is_saved(request, form, save_values, frame.community):
        return saved(request, form, "studio_values", slug)
    return returned(request, "communities/studio/values.html", {"frame": frame, "form": form}, form)


def _vocabulary(frame: StudioFrame) -> list[Value]:
    """Every value that is offered or held here, with its questions. 2 queries."""
    held = {link.tag_id for link in frame.values}
    everything = Value.objects.prefetch_related("questions")
    return [value for value in everything if not value.is_retired or value.pk in held]
