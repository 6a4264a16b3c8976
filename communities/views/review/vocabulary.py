"""The vocabulary: what is proposed, what is used, and making two words one."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...access import part_to_edit
from ...enums import ProposalStatus
from ...forms.vocabulary import AnswerForm, MergeForm
from ...models import Topic, Value, ValueProposal, VocabularyEvent
from ...queries import vocabulary as queries
from ...services import merging
from ...services import vocabulary as services
from ..studio.answers import status_of
from ..studio.guard import form_data
from .guard import staff_view

KINDS = {"value": Value, "topic": Topic}
MERGE = {"value": merging.merge_value, "topic": merging.merge_topic}
EFFECTS = {"value": queries.effects_of_value, "topic": queries.effects_of_topic}


@dataclass(frozen=True, kw_only=True)
class VocabularyPage:
    proposals: list[ValueProposal]
    values: list[Value]
    topics: queries.TopicReport
    asked: str
    events: list[VocabularyEvent]


@dataclass(frozen=True, kw_only=True)
class WordPage:
    """One value or topic, `kind` says which."""

    kind: str
    what: Value | Topic
    events: list[VocabularyEvent]
    effects: queries.Effects | None = None
    into: Value | Topic | None = None


@staff_view
@require_safe
def vocabulary(request):
    asked = "".join(c for c in request.GET.get("q", "")[:80] if c.isprintable()).strip()
    waiting = ValueProposal.objects.filter(status=ProposalStatus.WAITING)
    page = VocabularyPage(
        proposals=list(waiting.select_related("proposed_by")),
        values=list(queries.values_in_use()),
        topics=queries.topic_report(asked),
        asked=asked,
        events=queries.recent_history(),
    )
    return render(request, "communities/review/vocabulary.html", {"page": page})


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request, pk):
    """One proposal with the form that answers it; 409 when somebody has answered it."""
    row = part_to_edit(ValueProposal.objects.select_related("proposed_by", "value"), pk)
    drawn = {"name": row.name, "short": row.short, "answer": ""}
    form = AnswerForm(form_data(request), initial=drawn)
    if request.method == "POST" and form.is_valid():
        try:
            answer(row, form.cleaned_data, by=request.user)
        except services.Answered as answered:
            context = {"row": answered.proposal, "form": form, "is_late": True}
            return render(request, "communities/review/proposal.html", context, status=409)
        messages.success(request, f"“{row.name}” is answered, and its author has been told.")
        return redirect("review_vocabulary")
    context, status = {"row": row, "form": form}, status_of(request, form)
    return render(request, "communities/review/proposal.html", context, status=status)


def answer(row: ValueProposal, said: dict, *, by) -> None:
    """What the form says, done."""
    if said["status"] == ProposalStatus.ACCEPTED:
        names = ("name", "short", "definition", "not_confused_with", "mark", "answer")
        services.accept_proposal(row, by=by, **{name: said[name] for name in names})
    elif said["status"] == ProposalStatus.ALIAS:
        services.accept_as_alias(row, by=by, value=said["value"], answer=said["answer"])
    else:
        services.decline_proposal(row, by=by, answer=said["answer"])


@staff_view
@require_safe
def word(request, kind, slug):
    """What was done to a value or a topic; also of one that is gone."""
    what, events = _what(kind, slug), queries.history_of(kind, slug)
    if what is None and not events:
        raise Http404
    page = WordPage(kind=kind, what=what, events=events)
    return render(request, "communities/review/word.html", {"page": page, "slug": slug})


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request, kind, slug):
    """First into which; then what that changes; then, confirmed, it is done."""
    what = _what(kind, slug)
    if what is None:
        raise Http404
    data = request.POST if request.method == "POST" else request.GET if request.GET else None
    form = MergeForm(data, what=what)
    into = form.cleaned_data["into"] if form.is_bound and form.is_valid() else None
    if request.method == "POST" and into is not None and form.cleaned_data["confirm"]:
        MERGE[kind](what, into=into, by=request.user)
        messages.success(request, f"“{what.name}” is “{into.name}” now, everywhere.")
        return redirect("review_word", kind, into.slug)
    effects = EFFECTS[kind](what, into) if into else None
    page = WordPage(kind=kind, what=what, events=[], effects=effects, into=into)
    context = {"page": page, "form": form}
    status = 200 if into else status_of(request, form)
    return render(request, "communities/review/merge.html", context, status=status)


@staff_view
@require_POST
def retire(request, slug):
    value = _what("value", slug)
    if value is None:
        raise Http404
    is_retired = request.POST.get("retire") == "1"
    services.retire_value(value, by=request.user, is_retired=is_retired)
    words = "is retired: designs that hold it keep it" if is_retired else "is offered again"
    messages.success(request, f"“{value.name}” {words}.")
    return redirect("review_word", "value", slug)


def _what(kind: str, slug: str) -> Value | Topic | None:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind].objects.filter(slug=slug).first()
