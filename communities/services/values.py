from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..models import Community, CommunityValue
from .editing import Stale
from .sittings import keep_before


def hold_values(community: Community, values) -> None:
    """Hold exactly these Value rows, in this order; what was written about those kept stays."""
    wanted = {value.pk: rank for rank, value in enumerate(values, 1)}
    held = _links(community)
    community.community_values.exclude(tag_id__in=wanted).delete()
    for pk, link in held.items():
        if pk in wanted:
            link.rank = wanted[pk]
    CommunityValue.objects.bulk_update([held[pk] for pk in held if pk in wanted], ["rank"])
    CommunityValue.objects.bulk_create(
        CommunityValue(content_object=community, tag_id=pk, rank=rank)
        for pk, rank in wanted.items()
        if pk not in held
    )


@transaction.atomic
def save_values(community: Community, *, by, revision: int, reasons: list[dict]):
    """Replace the held values by `reasons`, in order: {value, rationale, evidence} each.

    `revision` is Community.values_revision as the form saw it. Raises Stale.
    """
    rows = Community.objects.filter(pk=community.pk, values_revision=revision)
    changes = {"updated_by": by, "updated_at": timezone.now()}
    keep_before(community, by=by, rows=rows)
    if not rows.update(values_revision=F("values_revision") + 1, **changes):
        raise Stale(Community.objects.get(pk=community.pk))
    community.values_revision = revision + 1
    hold_values(community, [reason["value"] for reason in reasons])
    links = _links(community)
    for reason in reasons:
        link = links[reason["value"].pk]
        link.rationale = reason.get("rationale", "")
        link.evidence = reason.get("evidence", "")
    CommunityValue.objects.bulk_update(links.values(), ["rationale", "evidence"])
    return community


def _links(community: Community) -> dict[int, CommunityValue]:
    """By value, from the database: the page may hold a list from before this save."""
    links = CommunityValue.objects.filter(content_object=community)
    return {link.tag_id: link for link in links}
