"""Keeps the gallery's index in step with what is published."""

import logging

from django.dispatch import receiver

from communities.signals import public_content_changed, vocabulary_changed

from .catalogue import current_catalogue
from .index import index_communities
from .models import Entry

log = logging.getLogger(__name__)
# More than these take longer than somebody who saves a value should wait.
INDEXED_AT_ONCE = 300


@receiver(public_content_changed)
def keep_index(sender, community_ids, **kwargs):
    try:
        index_communities(community_ids)
    except Exception:
        # What was decided is committed already; its page must not end in an error.
        log.exception(
            "Search lacks communities %s: run manage.py rebuild_search --check", community_ids
        )


@receiver(vocabulary_changed)
def follow_vocabulary(sender, slugs, **kwargs):
    """Every page tells the new names at once; the other names of a value are searched for too.

    Of a value that very many designs hold, the newest follow now and the others with the next
    `rebuild_search --check`.
    """
    holding = current_catalogue().under_any("value", slugs)
    newest = Entry.objects.filter(number__in=list(holding[-INDEXED_AT_ONCE:]))
    keep_index(sender, list(newest.values_list("community_id", flat=True)))
