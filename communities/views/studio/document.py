from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from ...busy import doubts_of
from ...forms.section import TEXTS, SectionForm
from ...markdown import to_html
from ...models import Community, Section, SectionTemplate, Suggestion, Value
from ...pages import purpose_sentence
from ...services.document import save_section
from ...snapshot import Purpose
from ...structure import Shown, Structure, shown_of
from .answers import is_saved, returned, saved
from .frame import StudioFrame, open_frame
from .guard import form_data, studio_view


@dataclass(frozen=True)
class SectionLine:
    """One section in the list: `state` is done, part or todo."""

    template: SectionTemplate
    section: Section | None

    @property
    def words(self) -> int:
        return self.section.word_count if self.section else 0

    @property
    def state(self) -> str:
        if not self.words:
            return "todo"
        return "done" if self.words >= self.template.words_from else "part"


@dataclass(frozen=True)
class Preview:
    body: SafeString
    is_text: SafeString
    is_not_text: SafeString
    structure: Shown


@dataclass(frozen=True)
class EditorPage:
    """`notes` and `doubts` are what follows from the rows, and what does not add up in them."""

    line: SectionLine
    lines: tuple[SectionLine, ...]
    before: SectionTemplate | None
    after: SectionTemplate | None
    questions: tuple[Value, ...]
    suggestions: tuple[Suggestion, ...]
    notes: tuple[str, ...]
    doubts: tuple[str, ...]
    preview: Preview | None
    examples_url: str
    purpose: str
    # Whether the form shows something that is not saved, though nothing is wrong with it.
    is_unsaved: bool


@require_safe
@studio_view
def document(request: HttpRequest, slug: str):
    frame = open_frame(request, slug)
    lines = _lines(frame)
    context = {"frame": frame, "lines": lines, "words": sum(line.words for line in lines)}
    return render(request, "communities/studio/document.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def section(request: HttpRequest, slug: str, key: str):
    """Without script the buttons save, save and go to a neighbour, preview without saving, or ask
    for another row."""
    frame = open_frame(request, slug)
    lines = _lines(frame)
    line = _chosen(lines, key)
    data = form_data(request)
    form = SectionForm(data, template=line.template, instance=line.section, by=request.user)
    form, is_unsaved = frame.shown(form), form.is_redrawn
    preview = None
    if request.method == "POST" and not is_unsaved and form.is_valid():
        if "preview" in request.POST:
            preview, is_unsaved = _preview(form), form.has_changes
        elif is_saved(request, form, save_section, frame.community, line.template, line.section):
            return _onward(request, form, slug, key, lines)
    page = _page(frame, lines, line, form, preview, is_unsaved)
    context = {"frame": frame, "form": form, "page": page}
    status = 200 if preview or is_unsaved else 0
    return returned(request, "communities/studio/section.html", context, form, status=status)


def _onward(request, form: SectionForm, slug: str, key: str, lines: tuple[SectionLine, ...]):
    then = request.POST.get("then", "")
    if then in {line.template.key for line in lines}:
        return saved(request, form, "studio_section", slug, then)
    return saved(request, form, "studio_section", slug, key)


def _lines(frame: StudioFrame) -> tuple[SectionLine, ...]:
    """Every section that is offered or was written, in order. 2 queries."""
    written = {s.template_id: s for s in frame.community.sections.select_related("updated_by")}
    return tuple(
        SectionLine(template, written.get(template.pk))
        for template in SectionTemplate.objects.all()
        if template.is_active or (template.pk in written and not written[template.pk].is_empty)
    )


def _chosen(lines: tuple[SectionLine, ...], key: str) -> SectionLine:
    for line in lines:
        if line.template.key == key:
            return line
    raise Http404


def _page(frame, lines, line: SectionLine, form: SectionForm, preview, is_unsaved) -> EditorPage:
    templates = [other.template for other in lines]
    place = templates.index(line.template)
    plan = _plan(form, line)
    return EditorPage(
        line=line,
        lines=lines,
        before=templates[place - 1] if place else None,
        after=templates[place + 1] if place + 1 < len(templates) else None,
        questions=_questions(frame) if line.template.key == BY_VALUE else (),
        suggestions=_suggestions(form),
        notes=tuple(plan.notes()) if plan else (),
        doubts=(*plan.doubts(), *doubts_of(plan)) if plan else (),
        preview=preview,
        examples_url=_examples_url(frame, line.template.key),
        purpose=_purpose(frame.community),
        is_unsaved=is_unsaved,
    )


def _examples_url(frame: StudioFrame, key: str) -> str:
    """Where the same section of published designs stands, those of the same values first."""
    asked = [("value", link.tag.slug) for link in frame.values]
    if frame.community.catalogue_number:
        asked.append(("without", frame.community.catalogue_number))
    return f"{reverse('section', args=[key])}?{urlencode(asked)}".rstrip("?")


def _purpose(community: Community) -> str:
    """The sentence of the About page; empty until it is whole."""
    parts = (community.purpose_who, community.purpose_what, community.purpose_so_that)
    return purpose_sentence(Purpose(who=parts[0], what=parts[1], so_that=parts[2]))


def _plan(form: SectionForm, line: SectionLine) -> Structure | None:
    """What the form says, or while that makes no sense what is saved."""
    if form.is_bound and form.is_valid():
        return form.plan
    return line.section.plan if line.section else None


def _suggestions(form: SectionForm) -> tuple[Suggestion, ...]:
    """Those that are not in the form yet. At most one query."""
    if not (form.layout and form.layout.suggests):
        return ()
    here = {str(field.value()) for group in form.groups for r in group.rows for field in r.cells}
    offered = form.template.suggestions.filter(is_active=True)
    return tuple(suggestion for suggestion in offered if suggestion.text not in here)


# The section in which a team answers the questions of the values it holds.
BY_VALUE = "value-questions"


def _questions(frame: StudioFrame) -> tuple[Value, ...]:
    held = [link.tag_id for link in frame.values]
    return tuple(Value.objects.filter(pk__in=held).prefetch_related("questions"))


def _preview(form: SectionForm) -> Preview:
    texts = {name: form.changes.get(name, "") for name in TEXTS}
    html = {name: to_html(text, prefix=name) for name, text in texts.items()}
    return Preview(**html, structure=shown_of(form.plan))
