"""Removing asks once, on a page of its own that names what is lost."""

import uuid
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render

from ... import access
from ...pages import PictureView
from ...services.editing import Stale, remove_revised
from .frame import StudioFrame


@dataclass(frozen=True)
class Removal:
    """What the page asks: `title` is the question, `lost` what goes with it, `back` the way out.

    `row` has a revision: a page that was drawn before the last change asks again.
    """

    title: str
    lost: tuple[str, ...]
    back: str
    button: str
    row: Model
    picture: PictureView | None = None


class _Confirmation(forms.Form):
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 2)


def ask(request, frame: StudioFrame, removal: Removal, *, remove=remove_revised):
    """The page, or on a POST `remove(row, by=…, revision=…)`; asks again where that is Stale."""
    form = _Confirmation(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            remove(removal.row, by=request.user, revision=form.cleaned_data["revision"])
        except Stale:
            return _answer(request, frame, removal, status=409, is_changed=True)
        messages.success(request, "Removed.")
        return redirect(removal.back)
    return _answer(request, frame, removal, status=422 if form.is_bound else 200)


def part_if_there(request, queryset: QuerySet, pk: int):
    """access.part_to_edit, but None for a POST to what a teammate has removed meanwhile.

    The page that asked can then keep what was typed, or say that it is done.
    """
    try:
        return access.part_to_edit(queryset, pk)
    except Http404:
        if request.method == "POST":
            return None
        raise


def as_new(data: QueryDict, **missing) -> QueryDict:
    """What was typed about a part that is gone, for the form that makes a new one."""
    data = data.copy()
    data["key"] = str(uuid.uuid4())
    for name, value in missing.items():
        data.setdefault(name, value)
    return data


def gone_already(request, back: str):
    """The second of two clicks finds what the first one did."""
    messages.success(request, "It was removed already.")
    return redirect(back)


def _answer(request, frame, removal, *, status: int, is_changed: bool = False):
    context = {"frame": frame, "removal": removal, "is_changed": is_changed}
    return render(request, "communities/studio/remove.html", context, status=status)
