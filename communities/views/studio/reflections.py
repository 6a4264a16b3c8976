"""Looking back on a run, each person for themselves or the whole team together."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ... import rules
from ...forms.reflections import NewReflectionForm, ReflectionForm, Voice
from ...models import Implementation, Reflection
from ...services.implementations import add_reflection, save_reflection
from . import removal
from .answers import is_saved, is_sent, returned, saved
from .frame import StudioFrame, open_frame, open_frame_to_write
from .guard import form_data, studio_view
from .implementations import run_name

GET_OR_POST = ["GET", "HEAD", "POST"]
# Fewer words than this are a beginning.
BEGUN = 15
EDIT = "communities/studio/reflection.html"


@dataclass(frozen=True)
class PromptLine:
    """One prompt as it stands in the list: `state` is a class of .state."""

    label: str
    anchor: str
    text: str
    words: int

    @property
    def state(self) -> str:
        if not self.words:
            return "todo"
        return "done" if self.words >= BEGUN else "part"


@dataclass(frozen=True)
class ReflectionRow:
    reflection: Reflection
    prompts: tuple[PromptLine, ...]
    is_editable: bool


@dataclass(frozen=True)
class RunReflections:
    row: Implementation
    name: str
    reflections: tuple[ReflectionRow, ...]


@require_safe
@studio_view
def reflections(request, slug):
    frame = open_frame(request, slug)
    told = Prefetch("reflections", queryset=Reflection.objects.select_related("author"))
    runs = frame.community.implementations.prefetch_related(told)
    context = {"frame": frame, "runs": [_of_run(request.user, frame, run) for run in runs]}
    return render(request, "communities/studio/reflections.html", context)


@require_http_methods(GET_OR_POST)
@studio_view
def reflection_new(request, slug):
    frame = open_frame_to_write(request, slug)
    runs = list(frame.community.implementations.all())
    if not runs and request.method == "GET":
        return redirect("studio_reflections", slug)
    form = _new_form(form_data(request), runs, asked=request.GET.get("run", ""))
    if is_sent(request, form):
        answers = form.answers(request.user)
        run = next(run for run in runs if str(run.pk) == form.run_key)
        add_reflection(run, by=request.user, key=form.once, **answers)
        return saved(request, form, "studio_reflections", slug)
    return returned(request, EDIT, {"frame": frame, "form": form}, form)


@require_http_methods(GET_OR_POST)
@studio_view
def reflection(request, slug, pk):
    frame = open_frame(request, slug)
    told = _find(request, frame, pk)
    if told is None:
        form = _gone_form(request.POST, list(frame.community.implementations.all()))
        context = {"frame": frame, "form": form, "is_gone": True}
        return returned(request, EDIT, context, form, status=409)
    form = frame.shown(ReflectionForm(form_data(request), instance=told))
    if is_saved(request, form, save_reflection, told):
        return saved(request, form, "studio_reflections", slug)
    return returned(request, EDIT, {"frame": frame, "form": form, "reflection": told}, form)


@require_http_methods(GET_OR_POST)
@studio_view
def reflection_remove(request, slug, pk):
    frame = open_frame_to_write(request, slug)
    back = reverse("studio_reflections", args=[slug])
    told = _find(request, frame, pk)
    if told is None:
        return removal.gone_already(request, back)
    answers = "The answer to one prompt" if told.answered == 1 else f"{told.answered} answers"
    removed = removal.Removal(
        title="Remove this reflection?",
        lost=(f"{answers}, written by {told.author or 'the whole team'}",),
        back=back,
        button="Remove the reflection",
        row=told,
    )
    return removal.ask(request, frame, removed)


def _find(request, frame: StudioFrame, pk: int) -> Reflection | None:
    """One's own or the team's, any for staff to read; None for a POST to what is gone."""
    of_design = Reflection.objects.filter(implementation__community=frame.community)
    told = removal.part_if_there(request, of_design.select_related("author", "updated_by"), pk)
    if told and frame.is_editable and not rules.may_speak_for(request.user, told):
        raise Http404
    return told


def _of_run(user, frame: StudioFrame, run: Implementation) -> RunReflections:
    rows = (_row(user, frame, told) for told in run.reflections.all())
    return RunReflections(run, run_name(run), tuple(rows))


def _row(user, frame: StudioFrame, told: Reflection) -> ReflectionRow:
    prompts = tuple(
        PromptLine(
            label=field.label,
            anchor=f"id_{name}",
            text=getattr(told, name),
            words=len(getattr(told, name).split()),
        )
        for name, field in ReflectionForm.base_fields.items()
        if name in Reflection.PROMPTS
    )
    is_editable = frame.is_editable and rules.may_speak_for(user, told)
    return ReflectionRow(told, prompts, is_editable)


def _gone_form(data, runs: list[Implementation]) -> NewReflectionForm:
    only = str(runs[0].pk) if len(runs) == 1 else ""
    return _new_form(removal.as_new(data, implementation=only, voice=Voice.TEAM), runs)


def _new_form(data, runs, *, asked: str = "") -> NewReflectionForm:
    """`asked` is the run that the link came from; the only one needs no asking."""
    choices = [(str(run.pk), run_name(run)) for run in runs]
    keys = [key for key, _ in choices]
    chosen = asked if asked in keys else keys[0] if len(keys) == 1 else ""
    return NewReflectionForm(data, runs=choices, initial={"implementation": chosen})
