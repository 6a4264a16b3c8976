"""The logs, to take along."""

from django.http import StreamingHttpResponse
from django.views.decorators.http import require_safe

from ...exporting import as_csv, as_json, log_rows
from .guard import staff_view

FORMATS = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json", as_json),
}


@staff_view
@require_safe
def log(request, kind):
    content_type, write = FORMATS[kind]
    answer = StreamingHttpResponse(write(log_rows()), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="log.{kind}"'
    return answer
