from django.db import transaction

from ..models import Community, Insight
from .editing import create_once, write_revised


def add_insight(community: Community, *, by, values=(), key=None, **lesson) -> Insight:
    @transaction.atomic
    def make():
        position = community.insights.count()
        made = Insight.objects.create(
            community=community, position=position, updated_by=by, **lesson
        )
        made.values.set(values)
        return made

    return create_once(key, by=by, make=make)


@transaction.atomic
def save_insight(insight: Insight, *, by, revision: int, values, **lesson) -> Insight:
    """Raises Stale."""
    write_revised(insight, by=by, revision=revision, **lesson)
    insight.values.set(values)
    return insight
