"""The address of a community: free, taken, changed. An old one leads to the new one for ever."""

from .models import Community, OldSlug

# /studio/<page>/ would hide a design with this address.
STUDIO_PAGES = ("start", "propose-value")


def is_slug_taken(slug: str, *, but_by: Community | None = None) -> bool:
    """Whether an address is, or once was, another community's, or a page of the studio's own."""
    pk = but_by.pk if but_by else None
    return (
        slug in STUDIO_PAGES
        or Community.objects.filter(slug=slug).exclude(pk=pk).exists()
        or OldSlug.objects.filter(slug=slug).exclude(community=pk).exists()
    )


def take_slug(community: Community, slug: str) -> None:
    """Set the instance's address and remember the one before; the caller saves the instance."""
    OldSlug.objects.filter(slug=slug, community=community).delete()
    OldSlug.objects.get_or_create(slug=community.slug, defaults={"community": community})
    community.slug = slug
