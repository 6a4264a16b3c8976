from django.conf import settings
from django.utils.functional import SimpleLazyObject

from .second_factor import lacks_second_factor


def second_factor(request):
    """What the notice for staff needs; asked of the database only where a page shows it."""
    return {
        "lacks_second_factor": SimpleLazyObject(lambda: lacks_second_factor(request.user)),
        "second_factor_required": settings.REQUIRE_STAFF_MFA,
    }
