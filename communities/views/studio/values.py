from django.db.models import prefetch_related_objects
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
    vocabulary = _vocabulary(frame)
    words = {"instance": frame.at_hand, "vocabulary": vocabulary}
    form = frame.shown(ValuesForm(form_data(request), **words))
    if is_saved(request, form, save_values, frame.community, frame.values):
        return saved(request, form, "studio_values", slug)
    prefetch_related_objects(vocabulary, "questions")
    return returned(request, "communities/studio/values.html", {"frame": frame, "form": form}, form)


def _vocabulary(frame: StudioFrame) -> list[Value]:
    """Every value that is offered or held here. One query."""
    held = {link.tag_id for link in frame.values}
    return [value for value in Value.objects.all() if not value.is_retired or value.pk in held]
