"""Frozen versions, and the page as visitors will see it."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_safe

from ... import access
from ...exports import design_data, design_markdown
from ...forms.submitting import VersionForm
from ...pages import design_page
from ...queries import hidden_keys
from ...services.submitting import save_version
from ...services.working_copy import snapshot_at_hand, with_snapshot_parts
from ...snapshot import Snapshot
from .answers import is_sent, returned, saved
from .comparing import as_read_by
from .frame import open_frame
from .guard import form_data, studio_view

PAGE = "communities/studio/shown.html"
PAGE_SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def versions(request, slug):
    frame = open_frame(request, slug)
    form = VersionForm(form_data(request))
    if is_sent(request, form):
        version = save_version(frame.community, by=request.user, key=form.once, **form.changes)
        return saved(request, form, "studio_versions", slug, text=f"Version {version.number} kept.")
    page = _page_number(request.GET.get("page", ""))
    kept = frame.community.versions.select_related("created_by").defer("snapshot")
    shown = kept[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    is_last = page * PAGE_SIZE >= frame.counts.versions
    pages = {"newer": page - 1, "older": 0 if is_last else page + 1}
    whys = frame.community.sections.exclude(why="").select_related("template")
    context = {"frame": frame, "form": form, "versions": shown, "pages": pages, "whys": whys}
    return returned(request, "communities/studio/versions.html", context, form)


def _page_number(text: str) -> int:
    """From 1; anything that is no page of this list is the first."""
    is_number = text.isascii() and text.isdecimal() and len(text) < 7
    return max(int(text), 1) if is_number else 1


@require_safe
@studio_view
def version(request, slug, number):
    version = access.version_to_see(request.user, slug, number)
    community = version.community
    snapshot = Snapshot.from_json(version.snapshot).without_photos(hidden_keys(community))
    snapshot = as_read_by(request.user, snapshot)
    page = design_page(snapshot, slug=slug, version=version.number, is_public=False)
    context = {"page": page, "community": community, "version": version}
    return render(request, PAGE, context)


@require_safe
@studio_view
def preview(request, slug):
    """Exactly the visitors' page of what the working copy says now."""
    community = access.community_to_see(request.user, slug, among=with_snapshot_parts())
    named = [value for insight in community.insights.all() for value in insight.values.all()]
    snapshot = as_read_by(request.user, snapshot_at_hand(community))
    page = design_page(snapshot, slug=slug, is_public=False, vocabulary=named)
    return render(request, PAGE, {"page": page, "community": community})


@require_safe
@studio_view
def export_json(request, slug):
    """What the working copy says now, as data."""
    data = design_data(_draft(request, slug), site_url=_site_url(request))
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    return _to_keep(response, f"{slug}-draft.json")


@require_safe
@studio_view
def export_markdown(request, slug):
    """What the working copy says now, as a text."""
    today = date_format(timezone.localtime(), "j F Y")
    end = ["## Draft", f"A working copy, as it stood on {today}."]
    text = design_markdown(_draft(request, slug), site_url=_site_url(request), end=end)
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    return _to_keep(response, f"{slug}-draft.md")


def _draft(request, slug: str) -> Snapshot:
    community = access.community_to_see(request.user, slug, among=with_snapshot_parts())
    return as_read_by(request.user, snapshot_at_hand(community))


def _site_url(request) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _to_keep(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
