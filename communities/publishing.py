"""What a move does to what visitors see: the pointer to the published version, and the address."""

from django.utils import timezone

from .addresses import is_slug_taken, take_slug
from .enums import Status
from .models import Community, Counter, Submission, Version
from .signals import announce
from .tagging import slug_for


def publish(submission: Submission, *, at=None) -> Version | None:
    """Point at the submission's version; returns what was public before. 4 queries at most."""
    community = _locked(submission)
    if community.catalogue_number is None:
        [community.catalogue_number] = Counter.take("catalogue")
    if community.published_at is None:
        community.published_at = at or timezone.now()
        _settle_slug(community, submission.version.snapshot["title"])
    return _point(submission, community, submission.version)


def unpublish(submission: Submission) -> Version | None:
    return _point(submission, _locked(submission), None)


def put_back(submission: Submission, before: Version | None) -> None:
    """As if it had not been approved: `before` is public again, or nothing.

    The number and the address that it was given stay with it, for the next approval.
    """
    community = _locked(submission)
    if before is None and not _was_public_earlier(submission):
        community.published_at = None
    _point(submission, community, before)


def publish_many(versions: list[Version], now) -> None:
    """Point each community at its version. 3 queries however many there are."""
    communities = [version.community for version in versions]
    new = [community for community in communities if community.catalogue_number is None]
    for community, number in zip(new, Counter.take("catalogue", len(new)), strict=True):
        community.catalogue_number = number
    for version in versions:
        version.community.published_version = version
        version.community.published_at = version.community.published_at or now
    fields = ["catalogue_number", "published_at", "published_version"]
    Community.objects.bulk_update(communities, fields, batch_size=500)
    announce([community.pk for community in communities])


def _locked(submission: Submission) -> Community:
    return Community.objects.select_for_update().get(pk=submission.community_id)


def _point(submission, community: Community, version: Version | None) -> Version | None:
    before = community.published_version
    community.published_version = version
    community.save(update_fields=["catalogue_number", "published_at", "slug", "published_version"])
    submission.community = community
    announce([community.pk])
    return before


def _settle_slug(community: Community, title: str) -> None:
    """The address follows the title until the first publication, and stays from then on."""
    wanted = slug_for(title)
    if wanted != community.slug and not is_slug_taken(wanted, but_by=community):
        take_slug(community, wanted)


def _was_public_earlier(submission: Submission) -> bool:
    """Whether it was in the gallery once, and was taken out of it, before this approval."""
    others = submission.community.submissions.exclude(pk=submission.pk)
    return others.filter(status__in=[Status.PUBLISHED, Status.UNPUBLISHED]).exists()
