import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from ..enums import InsightBasis, InsightType, Licence
from ..markdown import to_html
from ..models import Value
from ..snapshot import HeldValue, InsightNote, Purpose, SectionText, Snapshot
from ..structure import Shown, shown_of, words_of
from .attachments import AttachmentView, attachments_of
from .facts import Fact, Reach, Word, facts_of, kind_of, reach_of, source_of
from .pictures import PictureView, people_agreed, picture_view, pictures_but_cover
from .runs import Notice, Prompt, RunView, lines_of, notices_of, reflections_of, runs_of

WORDS_A_MINUTE = 200


@dataclass(frozen=True, kw_only=True)
class SectionView:
    """A section of the document. `is_lines` and `is_not_lines` only in the one with two columns."""

    id: str
    title: str
    html: SafeString
    is_lines: tuple[str, ...]
    is_not_lines: tuple[str, ...]
    structure: Shown


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The document as a whole."""

    sections: tuple[SectionView, ...]
    words: int

    @property
    def minutes(self) -> int:
        return max(1, round(self.words / WORDS_A_MINUTE))


@dataclass(frozen=True, kw_only=True)
class InsightView:
    headline: str
    body: str
    line: str
    names: str
    mark: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class Kin:
    """A related design, as it stands beside this one."""

    title: str
    href: str
    summary: str = ""
    marks: tuple[str, ...] = ()
    picture: PictureView | None = None


@dataclass(frozen=True, kw_only=True)
class Lineage:
    built_on: tuple[Kin, ...] = ()
    built_on_by: tuple[Kin, ...] = ()

    def __bool__(self):
        return bool(self.built_on or self.built_on_by)


@dataclass(frozen=True, kw_only=True)
class DesignPage:
    """Everything the page of one design shows. Whatever is unknown is empty, and left out."""

    snapshot: Snapshot
    slug: str
    number: int | None
    version: int | None
    published_at: datetime | None
    is_public: bool
    kind: Word
    headline: str
    purpose: str
    cover: PictureView | None
    value_names: str
    facts: tuple[Fact, ...]
    reach: Reach | None
    notices: tuple[Notice, ...]
    pictures: tuple[PictureView, ...]
    people_agreed: bool
    attachments: tuple[AttachmentView, ...]
    document: Contents
    runs: tuple[RunView, ...]
    reflections: tuple[Prompt, ...]
    insights: tuple[InsightView, ...]
    lineage: Lineage
    licence: Licence | None
    source: tuple[Word, ...]

    @property
    def title(self) -> str:
        return self.snapshot.title

    @property
    def values(self) -> tuple[HeldValue, ...]:
        return self.snapshot.values


def design_page(
    snapshot: Snapshot,
    *,
    slug: str,
    number: int | None = None,
    version: int | None = None,
    published_at: datetime | None = None,
    is_public: bool = True,
    lineage: Lineage | None = None,
    vocabulary: Iterable[Value] = (),
    handles: dict[str, str] | None = None,
) -> DesignPage:
    """The page of `snapshot`, ready to render. At most one query, none if `vocabulary` holds all
    the values that its insights name.

    `slug` is the community's; `number`, `version` and `published_at` are printed in the title
    block where given. Without `is_public` the page offers nothing that works for published
    designs only: citing, exports, the page of the document. `lineage` is for the caller to find
    among what is published. `handles` are of those credited, by name, whose profile is shown.
    """
    return DesignPage(
        snapshot=snapshot,
        slug=slug,
        number=number,
        version=version,
        published_at=published_at,
        is_public=is_public,
        kind=kind_of(snapshot),
        headline=snapshot.summary,
        purpose=purpose_sentence(snapshot.purpose),
        cover=picture_view(snapshot.cover) if snapshot.cover else None,
        value_names=", ".join(value.name for value in snapshot.values).capitalize(),
        facts=facts_of(
            snapshot, number=number, version=version, published_at=published_at, handles=handles
        ),
        reach=reach_of(snapshot),
        notices=notices_of(snapshot),
        pictures=pictures_but_cover(snapshot),
        people_agreed=people_agreed(snapshot),
        attachments=attachments_of(snapshot),
        document=document_of(snapshot),
        runs=runs_of(snapshot),
        reflections=reflections_of(snapshot),
        insights=_insights(snapshot, vocabulary),
        lineage=lineage or Lineage(),
        licence=Licence(snapshot.licence) if snapshot.licence in Licence.values else None,
        source=source_of(snapshot),
    )


def purpose_sentence(purpose: Purpose) -> str:
    """The three parts as one sentence; empty until all three are there.

    The parts complete the words of their fields, which people often type once more.
    """
    if not purpose.is_complete:
        return ""
    who = _part(purpose.who, "we bring together")
    what = _part(purpose.what, "to")
    so_that = _part(purpose.so_that, "so that")
    return f"We bring together {who} to {what}, so that {so_that}."


def document_of(snapshot: Snapshot) -> Contents:
    words = sum(
        len(f"{section.body} {section.is_text} {section.is_not_text}".split())
        + words_of(section.structure)
        for section in snapshot.sections
    )
    return Contents(sections=tuple(section_view(s) for s in snapshot.sections), words=words)


def _part(text: str, opening: str) -> str:
    text = " ".join(text.split()).rstrip(".,;")
    return re.sub(rf"^{opening}\s+", "", text, flags=re.IGNORECASE)


def section_view(section: SectionText, *, prefix: str = "") -> SectionView:
    """`prefix` keeps its footnotes apart where a page shows the same section of several designs."""
    return SectionView(
        id=f"section-{section.key}",
        title=section.title,
        html=to_html(section.body, prefix=prefix or section.key),
        is_lines=lines_of(section.is_text),
        is_not_lines=lines_of(section.is_not_text),
        structure=shown_of(section.structure),
    )


def _insights(snapshot: Snapshot, vocabulary: Iterable[Value]) -> tuple[InsightView, ...]:
    known = {value.slug: (value.name, value.mark) for value in (*vocabulary, *snapshot.values)}
    wanted = {slug for insight in snapshot.insights for slug in insight.values}
    # A lesson may be about a value that the design itself does not hold.
    if strange := wanted - known.keys():
        rows = Value.objects.filter(slug__in=strange).values_list("slug", "name", "mark")
        known |= {slug: (name, mark) for slug, name, mark in rows}
    return tuple(_insight(insight, known) for insight in snapshot.insights)


def _insight(insight: InsightNote, known: dict[str, tuple[str, str]]) -> InsightView:
    values = [known[slug] for slug in insight.values if slug in known]
    labels = (_label(InsightType, insight.type), _label(InsightBasis, insight.basis))
    return InsightView(
        headline=insight.headline,
        body=insight.body,
        line=" ".join(f"{label}." for label in labels if label),
        names=", ".join(name for name, _ in values),
        mark=values[0][1] if values else "",
        digest=insight.digest,
    )


def _label(choices, value: str) -> str:
    return choices(value).label if value in choices.values else ""
