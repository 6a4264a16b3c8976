"""Looking back on a run, each person for themselves or the whole team together."""

import uuid
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
from . import answering, removal
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
    source: str = ""
    sentences: tuple[tuple[str, str], ...] = ()

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
    is_heard: bool = True

    @property
    def has_sentences(self) -> bool:
        return any(prompt.sentences for prompt in self.prompts)


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
    context["page_key"] = uuid.uuid4()
    return render(request, "communities/studio/reflections.html", context)


@require_http_methods(GET_OR_POST)
@studio_view
def reflection_new(request, slug):
    frame = open_frame_to_write(request, slug)
    runs = list(frame.community.implementations.all())
    if not runs and request.method == "GET":
        return redirect("studio_reflections", slug)
    asked, voice = request.GET.get("run", ""), request.GET.get("voice", Voice.TEAM)
    questions = answering.questions_for(frame)
    form = _new_form(form_data(request), runs, asked=asked, voice=voice, questions=questions)
    if is_sent(request, form):
        answers = form.answers(request.user)
        run = next(run for run in runs if str(run.pk) == form.run_key)
        add_reflection(run, by=request.user, key=form.once, **answers)
        return saved(request, form, "studio_reflections", slug)
    run = next((run for run in runs if str(run.pk) == form["implementation"].value()), None)
    return _show(request, frame, form, run=run)


def _show(request, frame: StudioFrame, form, *, run, told=None):
    """The form with what teammates wrote, when it is the team that speaks, and with lessons."""
    is_together = told.author_id is None if told else form["voice"].value() == Voice.TEAM
    beside = answering.voices_beside(request.user, frame, run) if is_together else {}
    context = {"frame": frame, "form": form, "reflection": told, "page_key": uuid.uuid4()}
    if told:
        for name, field in form.fields.items():
            field.widget.attrs["data-lesson"] = f"{told.pk}:{name}"
    context["prompts"] = [(field, (beside or {}).get(field.name, ())) for field in form.prompts]
    context["about_values"] = [
        (name, [(field, (beside or {}).get(field.name, ())) for field in fields])
        for name, fields in form.about_values
    ]
    context |= {"is_held_back": beside is None, "lessons": answering.lessons_beside(frame)}
    return returned(request, EDIT, context, form)


@require_http_methods(GET_OR_POST)
@studio_view
def reflection(request, slug, pk):
    frame = open_frame(request, slug)
    told = _find(request, frame, pk)
    if told is None:
        questions = answering.questions_for(frame)
        form = _gone_form(request.POST, list(frame.community.implementations.all()), questions)
        context = {"frame": frame, "form": form, "is_gone": True}
        context["prompts"] = [(field, ()) for field in form.prompts]
        context["about_values"] = [
            (name, [(field, ()) for field in fields]) for name, fields in form.about_values
        ]
        return returned(request, EDIT, context, form, status=409)
    questions = answering.questions_for(frame, told)
    form = ReflectionForm(form_data(request), instance=told, questions=questions)
    form = frame.shown(form)
    if is_saved(request, form, save_reflection, told):
        return saved(request, form, "studio_reflections", slug)
    return _show(request, frame, form, run=told.implementation, told=told)


@require_http_methods(GET_OR_POST)
@studio_view
def reflection_remove(request, slug, pk):
    frame = open_frame_to_write(request, slug)
    back = reverse("studio_reflections", args=[slug])
    told = _find(request, frame, pk)
    if told is None:
        return removal.gone_already(request, back)
    number = told.answered + len(told.value_answers)
    answers = "The answer to one prompt" if number == 1 else f"{number} answers"
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
    related = ("author", "updated_by", "implementation")
    told = removal.part_if_there(request, of_design.select_related(*related), pk)
    if told and frame.is_editable and not rules.may_speak_for(request.user, told):
        raise Http404
    return told


def _of_run(user, frame: StudioFrame, run: Implementation) -> RunReflections:
    all_told = run.reflections.all()
    is_heard = rules.may_hear(user, all_told)
    rows = (_row(user, frame, told, is_heard=is_heard) for told in all_told)
    return RunReflections(run, run_name(run), tuple(rows))


def _row(user, frame: StudioFrame, told: Reflection, *, is_heard: bool) -> ReflectionRow:
    if not is_heard and not rules.may_speak_for(user, told):
        return ReflectionRow(told, (), is_editable=False, is_heard=False)
    answers = answering.answers_of(told)
    prompts = tuple(
        PromptLine(
            label=label,
            anchor=f"id_{name}",
            text=(text := answers.get(name, "")),
            words=len(text.split()),
            source=(spoken := answering.voice(told, name, text)).source,
            sentences=spoken.sentences,
        )
        for name, label in answering.labels_of(told).items()
    )
    is_editable = frame.is_editable and rules.may_speak_for(user, told)
    return ReflectionRow(told, prompts, is_editable)


def _gone_form(data, runs: list[Implementation], questions) -> NewReflectionForm:
    only = str(runs[0].pk) if len(runs) == 1 else ""
    return _new_form(
        removal.as_new(data, implementation=only, voice=Voice.TEAM), runs, questions=questions
    )


def _new_form(data, runs, *, asked="", voice=Voice.TEAM, questions=()) -> NewReflectionForm:
    """`asked` and `voice` are of the link that led here; the only run needs no asking."""
    choices = [(str(run.pk), run_name(run)) for run in runs]
    keys = [key for key, _ in choices]
    chosen = asked if asked in keys else keys[0] if len(keys) == 1 else ""
    initial = {"implementation": chosen, "voice": voice if voice in Voice else Voice.TEAM}
    return NewReflectionForm(data, runs=choices, initial=initial, questions=questions)
