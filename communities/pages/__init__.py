"""The page of a design, ready to render: one typed object made from one snapshot.

The public page, the studio's preview and the review desk all build a `DesignPage` with
`design_page()` and render it with templates/communities/design/_design.html, so that a team and a
reviewer see exactly what visitors will:

    page = design_page(snapshot, slug=community.slug, is_public=False)
    render(request, "…", {"page": page})    # and {% include "communities/design/_design.html" %}
"""

from .dates import date_range
from .design import Contents, DesignPage, Kin, Lineage, design_page, purpose_sentence
from .facts import Reach, reach_of
from .pictures import PicturePage, PictureView, picture_page, picture_view
from .runs import PROMPTS

__all__ = [
    "PROMPTS",
    "Contents",
    "DesignPage",
    "Kin",
    "Lineage",
    "PicturePage",
    "PictureView",
    "Reach",
    "date_range",
    "design_page",
    "picture_page",
    "picture_view",
    "purpose_sentence",
    "reach_of",
]
