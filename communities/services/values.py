from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..models import Community, CommunityValue
from .editing import Stale
from .sittings import keep_before


def hold_values(community: Community, values) -> None:
    """Hold exactly these Value rows, in this order; what was written about those kept stays."""
    _hold(community, {value.pk: {} for value in values})


TEXTS = ("rationale", "evidence")


def _hold(community: Community, wanted: dict[int, dict], *, held=None, written=()) -> None:
    """Hold the values `wanted`, by their keys in order, each with its texts that are `written`.

    `held` are the links that are there, if somebody knows.
    """
    held = _links(community) if held is None else {link.tag_id: link for link in held}
    if held.keys() - wanted.keys():
        community.community_values.exclude(tag_id__in=wanted).delete()
    kept, new = [], []
    for rank, (pk, texts) in enumerate(wanted.items(), 1):
        link = held.get(pk) or CommunityValue(content_object=community, tag_id=pk)
        for name, said in {"rank": rank, **texts}.items():
            setattr(link, name, said)
        (kept if pk in held else new).append(link)
    CommunityValue.objects.bulk_update(kept, ["rank", *written])
    CommunityValue.objects.bulk_create(new)


@transaction.atomic
def save_values(
    community: Community, known=None, *, by, revision: int, reasons: list[dict]
) -> Community:
    """Replace the held values by `reasons`, in order: {value, rationale, evidence} each.

    `revision` is Community.values_revision as the form saw it. Raises Stale. `known` are the links
    that were read after `community` was; nobody changed them while that is its revision still.
    """
    held = known if community.values_revision == revision else None
    rows = Community.objects.filter(pk=community.pk, values_revision=revision)
    changes = {"updated_by": by, "updated_at": timezone.now()}
    keep_before(community, by=by, rows=rows)
    if not rows.update(values_revision=F("values_revision") + 1, **changes):
        raise Stale(Community.objects.select_related("updated_by").get(pk=community.pk))
    community.values_revision = revision + 1
    texts = {
        reason["value"].pk: {name: reason.get(name, "") for name in TEXTS} for reason in reasons
    }
    _hold(community, texts, held=held, written=TEXTS)
    return community


def _links(community: Community) -> dict[int, CommunityValue]:
    """By value, from the database: the page may hold a list from before this save."""
    links = CommunityValue.objects.filter(content_object=community)
    return {link.tag_id: link for link in links}
