"""What the public sees of a design now."""

from ..models import Attachment, Community, Photo
from ..snapshot import Snapshot


def published_snapshot(community: Community) -> Snapshot:
    """What the public sees of a published community now: without what is withheld.

    One query; join `published_version` beforehand.
    """
    snapshot = Snapshot.from_json(community.published_version.snapshot)
    keys = withheld_keys(community)
    return snapshot.without_photos(keys).without_insights(community.hidden_insights)


def withheld_keys(community: Community) -> set[str]:
    """Of pictures and attachments that nobody may see in public. One query."""
    return _keys(
        Photo.objects.filter(community=community).withheld(),
        Attachment.objects.filter(community=community).withheld(),
    )


def hidden_keys(community: Community) -> set[str]:
    """Of those that staff hid, which the team may not see either. One query."""
    return _keys(
        Photo.objects.filter(community=community, is_hidden=True),
        Attachment.objects.filter(community=community, is_hidden=True),
    )


def _keys(photos, attachments) -> set[str]:
    keys = photos.order_by().values_list("key").union(attachments.order_by().values_list("key"))
    return {key.hex for (key,) in keys}
