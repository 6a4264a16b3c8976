"""Since when a published design is shown as it is now."""

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from communities.enums import Status
from communities.models import SubmissionEvent

from .models import Entry


def with_updated(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Each with `updated_at`: when its version was published last. No query of its own."""
    published = SubmissionEvent.objects.filter(
        version=OuterRef("version"), to_status=Status.PUBLISHED
    ).order_by("-pk")
    shown_since = Coalesce(Subquery(published.values("created_at")[:1]), F("version__created_at"))
    return entries.annotate(updated_at=Greatest(shown_since, F("published_at")))
