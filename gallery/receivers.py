"""Keeps the gallery's index in step with what is published."""

import logging

from django.dispatch import receiver

from communities.signals import public_content_changed

from .index import index_communities

log = logging.getLogger(__name__)


@receiver(public_content_changed)
def keep_index(sender, community_ids, **kwargs):
    try:
        index_communities(community_ids)
    except Exception:
        # What was decided is committed already; its page must not end in an error.
        log.exception(
            "Search lacks communities %s: run manage.py rebuild_search --check", community_ids
        )
