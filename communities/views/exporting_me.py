"""What is kept about oneself, to take along."""

from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..queries.person import kept_about
from .studio.guard import studio_view


@require_safe
@studio_view
def export_me(request):
    data = kept_about(request.user)
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    name = f"account-{timezone.localdate().isoformat()}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
