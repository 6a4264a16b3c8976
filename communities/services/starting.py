from django.db import IntegrityError, transaction
from django.utils import timezone

from ..addresses import is_slug_taken
from ..enums import TeamRole
from ..models import Community, TeamMember
from ..tagging import slug_for
from .editing import create_once
from .sittings import sit_down
from .values import hold_values

SLUG_ATTEMPTS = 4


def start_community(*, by, title, kind="", summary="", values=(), cohort=None, key=None, **details):
    """A new draft with `by` as its lead; `values` are Value rows in order of importance."""

    @transaction.atomic
    def make():
        community = Community.objects.create(
            title=title,
            slug=free_slug(title),
            kind=kind,
            summary=summary,
            cohort=cohort,
            updated_by=by,
            **details,
        )
        TeamMember.objects.create(
            community=community, user=by, role=TeamRole.LEAD, joined_at=timezone.now()
        )
        hold_values(community, values)
        sit_down(community, by=by)
        return community

    for _ in range(SLUG_ATTEMPTS - 1):
        try:
            return create_once(key, by=by, make=make)
        except IntegrityError:  # somebody took the same address in the same moment
            continue
    return create_once(key, by=by, make=make)


def free_slug(title: str) -> str:
    """The address of a title, with a number where others have it already."""
    slug, number = slug_for(title), 1
    while is_slug_taken(slug):
        number += 1
        slug = slug_for(title, number)
    return slug
