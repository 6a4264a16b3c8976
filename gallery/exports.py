"""A published design to take away: what it says, where it stands, and how to cite it."""

from communities.exports import design_data, design_markdown
from communities.models import Community
from communities.snapshot import Snapshot

from .citations import Citation, plain


def public_json(community: Community, snapshot: Snapshot, *, site_url: str) -> dict:
    """Everything the page shows and nothing else, with addresses in place of stored names.

    `site_url` is the site's root without a slash. No query; join `published_version` beforehand.
    """
    return {
        "url": site_url + community.get_absolute_url(),
        "number": community.catalogue_number,
        "version": community.published_version.number,
        "published_at": community.published_at.isoformat(),
        **design_data(snapshot, site_url=site_url),
    }


def public_markdown(snapshot: Snapshot, citation: Citation, *, site_url: str) -> str:
    end = ["## Cite", plain(citation)]
    return design_markdown(snapshot, site_url=site_url, end=end)
