"""The signals of our own."""

from django.db import transaction
from django.dispatch import Signal

# What the public may see of some communities changed: published, updated, unpublished, renamed, a
# picture hidden. Sent after commit with `community_ids`, a list.
public_content_changed = Signal()


def announce(community_ids) -> None:
    """Send the signal when the transaction around is committed, and not if it is rolled back."""
    ids = sorted(set(community_ids))
    transaction.on_commit(lambda: public_content_changed.send(sender=None, community_ids=ids))


# What staff say of the values changed: names, definitions, other names, which are offered. Sent
# after commit with `slugs`, those of the values in question.
vocabulary_changed = Signal()


def announce_vocabulary(slugs) -> None:
    """As `announce`, for values."""
    changed = sorted(set(slugs))
    transaction.on_commit(lambda: vocabulary_changed.send(sender=None, slugs=changed))
