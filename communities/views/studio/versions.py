"""Frozen versions, and the page as visitors will see it."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from ... import access
from ...forms.submitting import VersionForm
from ...pages import design_page
from ...services.versions import save_version, snapshot_at_hand, with_snapshot_parts
from ...snapshot import Snapshot
from .answers import saved, status_of
from .frame import open_frame
from .guard import form_data, studio_view

PAGE = "communities/studio/shown.html"


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def versions(request, slug):
    frame = open_frame(request, slug)
    form = VersionForm(form_data(request))
    if request.method == "POST" and form.is_valid():
        version = save_version(frame.community, by=request.user, key=form.once, **form.changes)
        return saved(request, form, "studio_versions", slug, text=f"Version {version.number} kept.")
    kept = frame.community.versions.select_related("created_by").defer("snapshot")
    context = {"frame": frame, "form": form, "versions": kept}
    status = status_of(request, form)
    return render(request, "communities/studio/versions.html", context, status=status)


@require_safe
@studio_view
def version(request, slug, number):
    version = access.version_to_see(request.user, slug, number)
    community = version.community
    hidden = community.photos.filter(is_hidden=True).values_list("key", flat=True)
    snapshot = Snapshot.from_json(version.snapshot).without_photos({key.hex for key in hidden})
    page = design_page(snapshot, slug=slug, version=version.number, is_public=False)
    context = {"page": page, "community": community, "version": version}
    return render(request, PAGE, context)


@require_safe
@studio_view
def preview(request, slug):
    """Exactly the visitors' page of what the working copy says now."""
    community = access.community_to_see(request.user, slug, among=with_snapshot_parts())
    named = [value for insight in community.insights.all() for value in insight.values.all()]
    snapshot = snapshot_at_hand(community)
    page = design_page(snapshot, slug=slug, is_public=False, vocabulary=named)
    return render(request, PAGE, {"page": page, "community": community})
