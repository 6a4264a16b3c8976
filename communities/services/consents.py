"""The link by which somebody pictured takes their consent back; good as long as the site’s key."""

from django.core.signing import BadSignature, Signer

from ..models import Photo

_signer = Signer(salt="communities.consent", sep=".")


def withdrawal_token(photo: Photo) -> str:
    return _signer.sign(photo.key.hex)


def photo_of_token(token: str) -> Photo | None:
    """None for a token that is not ours, or whose picture is deleted. One query."""
    try:
        key = _signer.unsign(token)
    except BadSignature:
        return None
    photos = Photo.objects.select_related("community__published_version")
    return photos.filter(key=key).first()
