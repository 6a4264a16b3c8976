from ..models import Community, Section, SectionTemplate
from .editing import Stale, save_revised


def save_section(
    community: Community,
    template: SectionTemplate,
    known: Section | None = None,
    *,
    by,
    revision: int,
    **texts,
) -> Section:
    """Write texts and structure of one section; revision 0 begins it. Raises Stale.

    `known` is the section as the page has it, which is not read again while it is at `revision`.

    `texts` are `body`, `is_text`, `is_not_text`, `why` it changes, and `structure` as a
    structure's JSON or None.
    """
    if known and known.revision == revision:
        return save_revised(known, by=by, revision=revision, **texts)
    section, is_new = Section.objects.select_related("updated_by").get_or_create(
        community=community, template=template, defaults={**texts, "updated_by": by}
    )
    if is_new and revision == 0:
        return section
    # Whoever is late for certain is told so without waiting for a turn to write.
    if not is_new and section.revision != revision:
        raise Stale(section)
    return save_revised(section, by=by, revision=revision, **texts)
