from django.db import transaction

from ..models import Community
from ..tagging import set_topics
from .editing import write_revised


@transaction.atomic
def save_about(community: Community, *, by, revision: int, topics: list[str], **changes):
    """Write fields of the community and its topics together. Raises Stale."""
    write_revised(community, by=by, revision=revision, **changes)
    set_topics(community, topics)
    return community
