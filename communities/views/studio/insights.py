"""Insights: one lesson each, that a stranger can use."""

from django.db.models import Exists, OuterRef, Subquery
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ...forms.insights import InsightForm, NewInsightForm
from ...models import CommunityValue, Insight, Value
from ...services.gathering import put_at_hand
from ...services.insights import add_insight, save_insight
from . import removal
from .answering import with_lesson
from .answers import is_saved, is_sent, returned, saved
from .frame import StudioFrame, open_frame, open_frame_to_write
from .guard import form_data, studio_view

GET_OR_POST = ["GET", "HEAD", "POST"]
EDIT = "communities/studio/insight.html"
OF_SENTENCE = "An insight was made of the sentence. Say how you know, if you like."


@require_safe
@studio_view
def insights(request, slug):
    frame = open_frame(request, slug)
    context = {"frame": frame, "insights": frame.community.insights.prefetch_related("values")}
    return render(request, "communities/studio/insights.html", context)


@require_http_methods(GET_OR_POST)
@studio_view
def insight_new(request, slug):
    frame = open_frame_to_write(request, slug)
    sent = with_lesson(request.user, frame, form_data(request))
    form = NewInsightForm(sent, **_values_for(frame))
    if is_sent(request, form):
        made = add_insight(frame.community, by=request.user, key=form.once, **form.changes)
        if "sentence" in request.POST:
            return saved(request, form, "studio_insight", slug, made.pk, text=OF_SENTENCE)
        return saved(request, form, "studio_insights", slug)
    return returned(request, EDIT, {"frame": frame, "form": form}, form)


@require_http_methods(GET_OR_POST)
@studio_view
def insight(request, slug, pk):
    frame = open_frame(request, slug)
    lesson = removal.part_if_there(
        request, frame.community.insights.select_related("updated_by"), pk
    )
    if lesson is None:
        form = NewInsightForm(removal.as_new(request.POST), **_values_for(frame))
        context = {"frame": frame, "form": form, "is_gone": True}
        return returned(request, EDIT, context, form, status=409)
    words = {"instance": lesson, **_values_for(frame, lesson)}
    form = frame.shown(InsightForm(form_data(request), **words))
    if is_saved(request, form, save_insight, lesson):
        return saved(request, form, "studio_insights", slug)
    return returned(request, EDIT, {"frame": frame, "form": form, "insight": lesson}, form)


@require_http_methods(GET_OR_POST)
@studio_view
def insight_remove(request, slug, pk):
    frame = open_frame_to_write(request, slug)
    back = reverse("studio_insights", args=[slug])
    lesson = removal.part_if_there(request, frame.community.insights.all(), pk)
    if lesson is None:
        return removal.gone_already(request, back)
    removed = removal.Removal(
        title="Remove this insight?",
        lost=(f"“{lesson.headline}”",),
        back=back,
        button="Remove the insight",
        row=lesson,
    )
    return removal.ask(request, frame, removed)


def _values_for(frame: StudioFrame, lesson: Insight | None = None) -> dict:
    """The design's own values in its order, then all others that are offered or chosen already.

    One query; those that are chosen are at hand in the lesson then.
    """
    own = CommunityValue.objects.filter(tag=OuterRef("pk"), content_object=frame.community)
    chosen = Insight.values.through.objects.filter(value=OuterRef("pk"), insight=lesson)
    rows = Value.objects.annotate(rank=Subquery(own.values("rank")[:1]), is_chosen=Exists(chosen))
    rows = list(rows)
    if lesson is not None:
        put_at_hand(lesson, "values", [value for value in rows if value.is_chosen])
    held = sorted((value for value in rows if value.rank is not None), key=lambda v: v.rank)
    others = [value for value in rows if value.rank is None]
    others = [value for value in others if value.is_chosen or not value.is_retired]
    return {"held": held, "others": others}
