"""What staff put right outside of a review."""

from django.db import transaction

from .. import workflow
from ..addresses import take_slug
from ..models import Community, Photo
from ..signals import announce
from .editing import write_revised
from .versions import freeze


@transaction.atomic
def correct_community(
    community: Community, *, by, revision: int, slug: str, is_complete: bool, **facts
) -> None:
    """Write `facts` to the working copy, settle its address, and take it off staff's list.

    An imported design has no team that could submit it again, so that its public page follows at
    once. Raises Stale.
    """
    changed = {name for name, value in facts.items() if getattr(community, name) != value}
    facts["needs_staff"] = "" if is_complete else community.needs_staff
    write_revised(community, by=by, revision=revision, **facts)
    if slug != community.slug:
        take_slug(community, slug)
        community.save(update_fields=["slug"])
        announce({community.pk})
    if changed and _is_without_team(community):
        version = freeze(community, by=by, note="Corrected by staff")
        workflow.publish_imported([version], by=by, note="Corrected by staff.")


def _is_without_team(community: Community) -> bool:
    is_imported = community.import_key is not None and community.is_published
    return is_imported and not community.members.exists()


@transaction.atomic
def hide_photos(photos: list[Photo], *, is_hidden: bool) -> None:
    """Show the pictures to nobody but staff, in no version; or show them again."""
    changed = [photo for photo in photos if photo.is_hidden != is_hidden]
    Photo.objects.filter(pk__in=[photo.pk for photo in changed]).update(is_hidden=is_hidden)
    for photo in changed:
        photo.is_hidden = is_hidden
    if changed:
        announce({photo.community_id for photo in changed})
