"""Bringing an old version back: first what would change, then one button."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ...differences import compare
from ...forms.base import KeyedForm
from ...queries import hidden_keys
from ...services.restoring import Changed, restore, seal_of
from ...services.working_copy import snapshot_at_hand, with_snapshot_parts
from ...snapshot import Snapshot
from .comparing import as_read_by
from .frame import open_frame_to_write
from .guard import studio_view

LARGEST_NUMBER = 2**31 - 1


class RestoreForm(KeyedForm):
    """`seal` is of the working copy that the person was shown."""

    seal = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def version_restore(request, slug, number):
    frame = open_frame_to_write(request, slug, among=with_snapshot_parts())
    version = frame.community.versions.filter(number=min(number, LARGEST_NUMBER)).first()
    if version is None:
        raise Http404
    now = snapshot_at_hand(frame.community)
    form = RestoreForm(request.POST or None, initial={"seal": seal_of(now)})
    if request.method == "POST" and form.is_valid():
        try:
            return _restored(request, version, form)
        except Changed:
            form = RestoreForm(initial={"seal": seal_of(now)})
    then = Snapshot.from_json(version.snapshot).without_photos(hidden_keys(frame.community))
    context = {"frame": frame, "version": version, "form": form}
    now, then = (as_read_by(request.user, state) for state in (now, then))
    context |= {"differences": compare(now, then), "is_changed": request.method == "POST"}
    status = 409 if context["is_changed"] else 200
    return render(request, "communities/studio/restore.html", context, status=status)


def _restored(request, version, form: RestoreForm):
    seal = form.cleaned_data["seal"]
    left_out = restore(version, by=request.user, seal=seal, key=form.once)
    messages.success(
        request, f"Restored “{version.name}”. What stood there before is the newest version below."
    )
    for sentence in left_out:
        messages.warning(request, f"Not restored: {sentence}")
    return redirect("studio_versions", request.resolver_match.kwargs["slug"])
