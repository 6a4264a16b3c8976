"""Takes synthetic designs away again, with what only they used."""

from django.db import transaction

from accounts.models import Cohort, User

from ..models import Community, Topic, log_opened
from .shelf import AUTHOR, PREFIX


def withdraw(ids: list[int]) -> None:
    """They are no longer published; whoever keeps an index must follow before `remove`."""
    Community.objects.filter(pk__in=ids).update(published_version=None)


@transaction.atomic
def remove(ids: list[int]) -> None:
    topics = Topic.objects.filter(community_topics__content_object__in=ids)
    used = set(topics.values_list("pk", flat=True))
    with log_opened():
        Community.objects.filter(pk__in=ids).delete()
    Topic.objects.filter(pk__in=used, community_topics=None).delete()


def remove_rest() -> None:
    """The cohorts and the author, unless somebody took them into use."""
    Cohort.objects.filter(slug__startswith=PREFIX, communities=None, enrolments=None).delete()
    if not Community.objects.filter(updated_by__email=AUTHOR).exists():
        User.objects.filter(email=AUTHOR).delete()
