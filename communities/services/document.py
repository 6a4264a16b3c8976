from django.db import transaction

from ..models import Community, Section, SectionTemplate
from .editing import Stale, save_revised


def save_section(
    community: Community, template: SectionTemplate, *, by, revision: int, **texts
) -> Section:
    """Write texts and structure of one section; revision 0 begins it. Raises Stale.

    `texts` are `body`, `is_text`, `is_not_text`, `why` it changes, and `structure` as a
    structure's JSON or None.
    """
    with transaction.atomic():
        section, is_new = Section.objects.get_or_create(
            community=community, template=template, defaults={**texts, "updated_by": by}
        )
        if is_new and revision == 0:
            return section
        if not is_new and revision == 0:
            raise Stale(section)
    save_revised(section, by=by, revision=revision, **texts)
    return section
