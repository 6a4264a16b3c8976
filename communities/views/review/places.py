"""The page of a version in pieces, each with the remarks that are pinned to it."""

from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from ...enums import Target
from ...models import Remark
from ...pages import DesignPage, PictureView, design_page, picture_view
from ...pages.design import SectionView
from ...snapshot import HeldValue, Snapshot


@dataclass(frozen=True, kw_only=True)
class Place:
    """One thing that a remark can be pinned to, as visitors will read it."""

    target: Target
    key: str
    label: str
    remarks: list[Remark]
    texts: tuple[str, ...] = ()
    value: HeldValue | None = None
    section: SectionView | None = None
    picture: PictureView | None = None
    page: DesignPage | None = None

    @property
    def id(self) -> str:
        return f"place-{self.target}" + (f"-{self.key}" if self.key else "")

    @property
    def html(self) -> SafeString:
        return self.section.html if self.section else SafeString("")


def places_of(snapshot: Snapshot, remarks: list[Remark], *, slug: str) -> list[Place]:
    """In the order of the page, the whole at last. No query.

    A remark on what is gone from this version stands with the whole.
    """
    # Which values an insight names is not drawn here, and would cost a query.
    insights = tuple(replace(insight, values=()) for insight in snapshot.insights)
    plain = replace(snapshot, insights=insights)
    page = design_page(plain, slug=slug, is_public=False)
    shapes = list(_shapes(snapshot, page))
    known = {(target, key) for target, key, _, _ in shapes}
    pinned: dict[tuple, list[Remark]] = {place: [] for place in known}
    for remark in remarks:
        place = (remark.target, remark.target_key)
        pinned[place if place in known else (Target.WHOLE, "")].append(remark)
    return [
        Place(target=target, key=key, label=label, remarks=pinned[target, key], **matter)
        for target, key, label, matter in shapes
    ]


def _shapes(snapshot: Snapshot, page: DesignPage):
    about = (page.headline, page.purpose, snapshot.description)
    yield Target.ABOUT, "", "Purpose", {"texts": tuple(filter(None, about))}
    for value in snapshot.values:
        yield Target.VALUE, value.slug, value.name, {"value": value}
    for note, section in zip(snapshot.sections, page.document.sections, strict=True):
        yield Target.SECTION, note.key, note.title, {"section": section}
    for number, photo in enumerate(snapshot.photos, 1):
        yield Target.PHOTO, photo.key, f"Picture {number}", {"picture": picture_view(photo)}
    for target, is_there in (
        (Target.RUNS, snapshot.implementations),
        (Target.REFLECTIONS, page.reflections),
        (Target.INSIGHTS, page.insights),
    ):
        if is_there:
            yield target, "", target.label, {"page": page}
    yield Target.WHOLE, "", Target.WHOLE.label, {}
