"""How published designs wrote one section of the document, those of the same values first."""

from dataclasses import dataclass

from communities.models import Community, SectionTemplate
from communities.pages.design import SectionView, section_view
from communities.snapshot import SectionText, Snapshot

from .catalogue import Catalogue, current_catalogue

SHOWN = 5
MOST_VALUES = 5
# Of one text; the rest stands on the design's own page.
MOST_CHARACTERS = 3_000
LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Example:
    """What one design says in the section; `shared` are the values it was chosen for."""

    title: str
    href: str
    shared: tuple[str, ...]
    section: SectionView
    is_cut_short: bool


@dataclass(frozen=True, kw_only=True)
class ExamplesPage:
    title: str
    values: tuple[str, ...]
    examples: tuple[Example, ...]


def examples_page(key: str, *, values: list[str], without: int = 0) -> ExamplesPage | None:
    """None where no section has this key. `without` is a catalogue number to leave out.

    Three queries; more after a change of the index.
    """
    catalogue = current_catalogue()
    template = SectionTemplate.objects.filter(key=key).first()
    if template is None:
        return None
    slugs = list(dict.fromkeys(values))[:MOST_VALUES]
    wanted = _best(catalogue, key, slugs, without)
    rows = Community.objects.published().filter(catalogue_number__in=wanted)
    by_number = {row.catalogue_number: row for row in rows.select_related("published_version")}
    found = (_example(by_number[n], key, slugs) for n in wanted if n in by_number)
    return ExamplesPage(
        title=template.title,
        values=tuple(
            catalogue.labels["value"].get(slug, slug)
            for slug in slugs
            if catalogue.under("value", slug)
        ),
        examples=tuple(example for example in found if example),
    )


def read_number(text: str) -> int:
    """A catalogue number as it stands in an address; 0 for anything else."""
    is_number = text.isascii() and text.isdigit() and len(text) <= 10
    return min(int(text), LARGEST_NUMBER) if is_number else 0


def _best(catalogue: Catalogue, key: str, values: list[str], without: int) -> list[int]:
    """Those that share most values first, of equals the newest."""
    written = catalogue.under("section", key)
    layers = [written]
    for value in values:
        holding = catalogue.under("value", value)
        # layers[n] are those that hold at least n of the values so far.
        deeper = [layer & holding for layer in layers]
        layers = [
            layers[0],
            *(one | more for one, more in zip(layers[1:], deeper[:-1], strict=True)),
            deeper[-1],
        ]
    best: list[int] = []
    for layer in reversed(layers):
        newest = layer[max(0, len(layer) - SHOWN - len(best) - 1) :]
        left = sorted(set(newest) - {*best, without}, reverse=True)
        best += left[: SHOWN - len(best)]
        if len(best) == SHOWN:
            break
    return best


def _example(community: Community, key: str, values: list[str]) -> Example | None:
    snapshot = Snapshot.from_json(community.published_version.snapshot)
    section = next((section for section in snapshot.sections if section.key == key), None)
    if section is None:
        return None
    short = _shortened(section)
    return Example(
        title=snapshot.title,
        href=f"{community.get_absolute_url()}document/#section-{key}",
        shared=tuple(value.name for value in snapshot.values if value.slug in values),
        section=section_view(short, prefix=f"{key}-{community.catalogue_number}"),
        is_cut_short=short != section,
    )


def _shortened(section: SectionText) -> SectionText:
    """Cut between paragraphs where there is one, so that no list or table breaks in two."""
    if len(section.body) <= MOST_CHARACTERS:
        return section
    start = section.body[:MOST_CHARACTERS]
    whole = start.rpartition("\n\n")[0] or start.rpartition(" ")[0] or start
    return SectionText(
        key=section.key,
        title=section.title,
        body=whole,
        is_text=section.is_text[:MOST_CHARACTERS],
        is_not_text=section.is_not_text[:MOST_CHARACTERS],
        structure=section.structure,
    )
