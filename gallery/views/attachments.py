"""Documents that go with designs, each given only to whoever may see the design's attachment."""

import logging

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from communities import access

from .pictures import INERT, uuid_or_404

log = logging.getLogger(__name__)

# Names that no browser takes for a page, whatever is inside.
TYPES = {
    "pdf": "application/pdf",
    "txt": "text/plain",
    "md": "text/plain",
    "csv": "text/csv",
}
ANYTHING = "application/octet-stream"


@require_safe
def attachment(request, key: str, name: str):
    row = access.attachment_to_see(request.user, uuid_or_404(key))
    if name != row.name:
        raise Http404
    try:
        file = default_storage.open(row.file, "rb")
    except FileNotFoundError:
        log.error("The attachment %r is gone from the storage", row.file)
        raise Http404 from None
    response = FileResponse(
        file, as_attachment=True, filename=row.name, content_type=TYPES.get(row.type, ANYTHING)
    )
    # A caption may change and staff may hide it: nothing keeps a copy that we cannot take back.
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = INERT
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
