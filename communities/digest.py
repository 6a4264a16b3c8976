"""What waits longer than was promised, told to staff once a day."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.notices import tell

from .letters import DIGEST
from .models import Submission
from .queries.review import days_since, is_late, reviewers

# As many as a letter can name; it says how many more there are.
NAMED = 30


def send_digest() -> int:
    """Tell each reviewer; run twice on a day it tells nobody again. Returns how many are late."""
    late = Submission.objects.filter(is_late()).order_by("submitted_at", "pk")
    count = late.count()
    if not count:
        return 0
    path = f"{reverse('review')}?only=late"
    rows = late.select_related("community", "reader")[:NAMED]
    context = {
        "rows": [(row, days_since(row.submitted_at)) for row in rows],
        "more": max(0, count - NAMED),
        "count": count,
        "promise_days": settings.REVIEW_PROMISE_DAYS,
        "address": f"{settings.SITE_URL}{path}",
        "choices": f"{settings.SITE_URL}{reverse('account_letters')}",
        "site_name": settings.SITE_NAME,
    }
    designs = "1 design waits" if count == 1 else f"{count} designs wait"
    tell(
        reviewers(),
        kind=DIGEST,
        key=f"digest {timezone.localdate().isoformat()}",
        title=f"{designs} longer than promised",
        path=path,
        letter=render_to_string("communities/letters/digest.txt", context),
    )
    return count
