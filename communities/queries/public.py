"""What the public sees of a design now."""

from ..models import Community, Photo
from ..snapshot import Snapshot


def published_snapshot(community: Community) -> Snapshot:
    """What the public sees of a published community now: without what is withheld.

    One query; join `published_version` beforehand.
    """
    withheld = Photo.objects.filter(community=community).withheld()
    keys = {key.hex for key in withheld.values_list("key", flat=True)}
    snapshot = Snapshot.from_json(community.published_version.snapshot)
    return snapshot.without_photos(keys).without_insights(community.hidden_insights)
