"""One published design, in every form a visitor may want it."""

import hashlib
from functools import wraps

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import condition, require_safe

from communities import access
from communities.models import Community
from communities.pages import DesignPage, Lineage, design_page, picture_page
from communities.queries import published_snapshot, withheld_keys
from communities.queries.comments import credited_handles, latest_comments
from communities.rules import takes_comments

from .. import exports
from ..citations import FORMATS, citation_of
from ..lineage import family_tree, lineage_of


def of_published(view):
    """Give the view the published community of its address, and 404 to everybody else.

    An old slug leads on for good, with whatever question it came with.
    """

    @require_safe
    @wraps(view)
    def found(request, slug, **rest):
        community = access.published_at(slug)
        if community.slug == slug:
            return view(request, community, **rest)
        now = {"slug": community.slug, **rest}
        response = redirect(request.resolver_match.view_name, permanent=True, **now)
        if query := request.META.get("QUERY_STRING"):
            response["Location"] += f"?{query}"
        return response

    return found


@of_published
def design(request, community: Community):
    """5 queries, 8 where it is talked about and its team shows profiles."""
    handles = credited_handles(community)
    page = _page(community, lineage=lineage_of(community), handles=handles)
    context = {
        "page": page,
        "citation": _citation(request, community, page.snapshot),
        "talk": latest_comments(community),
        "takes_comments": takes_comments(community),
    }
    return render(request, "gallery/designs/design.html", context)


@of_published
def picture(request, community: Community, key: str):
    """One picture as large as the screen, and its neighbours; script shows it over the page."""
    snapshot = published_snapshot(community)
    page = picture_page(snapshot, key)
    if page is None:
        raise Http404
    context = {"page": page, "slug": community.slug, "title": snapshot.title}
    return render(request, "gallery/designs/picture.html", context)


@of_published
def document(request, community: Community):
    page = _page(community)
    if not page.document.sections:
        raise Http404
    return render(request, "gallery/designs/document.html", {"page": page})


@of_published
def lineage(request, community: Community):
    context = {"community": community, "tree": family_tree(community)}
    context["title"] = community.published_version.snapshot["title"]
    return render(request, "gallery/designs/lineage.html", context)


@of_published
def cite(request, community: Community):
    snapshot = published_snapshot(community)
    citation = _citation(request, community, snapshot)
    if chosen := FORMATS.get(request.GET.get("format", "")):
        name = f"{community.slug}.{chosen.ending}"
        return _download(chosen.write(citation), name, chosen.content_type)
    texts = [(key, one.label, one.write(citation)) for key, one in FORMATS.items()]
    context = {"citation": citation, "texts": texts, "community": community}
    return render(request, "gallery/designs/cite.html", context)


def _tag(request, community: Community) -> str:
    """Changes with what is published of it; withholding a picture or attachment is one too."""
    withheld = sorted(withheld_keys(community))
    hidden = sorted(community.hidden_insights)
    digest = hashlib.sha256(f"{withheld} {hidden} {community.slug}".encode()).hexdigest()
    return f'"{community.published_version_id}-{digest[:16]}"'


@of_published
@condition(etag_func=_tag)
def export_json(request, community: Community):
    design = exports.public_json(
        community, published_snapshot(community), site_url=_site_url(request)
    )
    return JsonResponse(design, json_dumps_params={"ensure_ascii": False, "indent": 2})


@of_published
@condition(etag_func=_tag)
def export_markdown(request, community: Community):
    snapshot = published_snapshot(community)
    citation = _citation(request, community, snapshot)
    text = exports.public_markdown(snapshot, citation, site_url=_site_url(request))
    return _download(text, f"{community.slug}.md", "text/markdown; charset=utf-8")


def _page(
    community: Community, lineage: Lineage | None = None, handles: dict[str, str] | None = None
) -> DesignPage:
    return design_page(
        published_snapshot(community),
        slug=community.slug,
        number=community.catalogue_number,
        version=community.published_version.number,
        published_at=community.published_at,
        lineage=lineage,
        handles=handles,
    )


def _citation(request, community, snapshot):
    url = request.build_absolute_uri(community.get_absolute_url())
    return citation_of(community, snapshot, url=url)


def _site_url(request) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _download(text: str, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(text, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
