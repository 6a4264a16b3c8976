"""Importing designs in the browser: choose a file, look at what it would do, confirm, undo."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ... import access
from ...forms.importing import ImportForm
from ...importing import (
    Changed,
    Checked,
    Fate,
    Gone,
    UnknownColumn,
    Unreadable,
    column_map,
    confirm,
    look_again,
    preview_of,
    receive,
    undo,
    what_stays,
)
from ...media import Refused
from ...models import DesignImport
from ...services.photo_files import told_when_full
from .guard import staff_view

ROWS_A_PAGE = 25
SHOWN_ROWS = 200
SHOWN_COMPLAINTS = 200
GONE = "This preview is over: it is kept for two hours. Choose the file again."


@dataclass(frozen=True)
class Complaint:
    line: int
    column: str
    words: str
    is_error: bool


@dataclass(frozen=True)
class Preview:
    """What a file would do."""

    made: DesignImport
    checked: Checked

    @property
    def rows(self) -> list:
        return self.checked.rows[:SHOWN_ROWS]

    @property
    def hidden_rows(self) -> int:
        return len(self.checked.rows) - len(self.rows)

    @property
    def known(self) -> int:
        return sum(fate is Fate.KNOWN for _, fate in self.checked.rows)

    @property
    def is_of_use(self) -> bool:
        """Whether confirming would write anything."""
        plan = self.checked.plan
        return not self.checked.broken and bool(plan.new or plan.grown)

    @property
    def complaints(self) -> list[Complaint]:
        found = [
            _complaint(line, words, is_error=kind == "errors")
            for kind in ("errors", "warnings")
            for line, words in self.checked.complaints(kind)
        ]
        return found[:SHOWN_COMPLAINTS]

    @property
    def unread(self) -> list[str]:
        return sorted(name[:80] for name in self.checked.unread)[:20]


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request):
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("review_import", _receive(request, form).pk)
        except Refused as refusal:
            form.add_error("file", refusal.message)
        except Unreadable as error:
            form.add_error("columns" if isinstance(error, UnknownColumn) else "file", str(error))
    done = DesignImport.objects.exclude(confirmed_at=None).select_related("by", "undone_by")
    page = Paginator(done.defer("content"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "communities/review/imports.html", context, status=status)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def design_import(request, pk):
    """The preview for whoever sent the file, then what came of it, for all staff."""
    found = access.import_to_see(request.user, pk)
    if found.is_done:
        return render(request, "communities/review/imported.html", {"made": found})
    try:
        if request.method == "POST" and (done := _confirm(request, found)):
            return redirect("review_import", done.pk)
        checked = preview_of(found)
    except (Gone, Unreadable):
        messages.warning(request, GONE)
        return redirect("review_imports")
    status = 200
    if request.method == "POST":
        look_again(found, checked)
        status = 409
    context = {"preview": Preview(found, checked), "is_changed": status == 409}
    return render(request, "communities/review/import_preview.html", context, status=status)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def import_undo(request, pk):
    found = access.import_to_see(request.user, pk)
    if not found.can_be_undone:
        return redirect("review_import", pk)
    if request.method == "POST":
        undo(found, by=request.user)
        messages.success(request, "Undone.")
        return redirect("review_import", pk)
    context = {"made": found, "stays": what_stays(found)}
    return render(request, "communities/review/import_undo.html", context)


@told_when_full()
def _receive(request, form: ImportForm) -> DesignImport:
    file = form.cleaned_data["file"]
    made, _ = receive(
        file.read(),
        by=request.user,
        name=file.name,
        columns=column_map(form.pairs),
        publish=form.cleaned_data["publish"],
    )
    return made


def _confirm(request, found: DesignImport) -> DesignImport | None:
    """The import when it was done; None when it would no longer do what was previewed."""
    try:
        done = confirm(found, by=request.user)
    except Changed:
        return None
    messages.success(request, "Imported.")
    return done


def _complaint(line: int, words: str, *, is_error: bool) -> Complaint:
    """Rows say "column: what is wrong" where it is about one column."""
    column, colon, rest = words.partition(": ")
    if colon and " " not in column:
        return Complaint(line, column, rest[:1].upper() + rest[1:], is_error)
    return Complaint(line, "", words, is_error)
