"""The search form: reads any query string, keeps what it knows and says what it left out."""

import re
from collections.abc import Callable, Container, Iterable
from functools import partial

from django import forms
from django.utils.text import Truncator

from .catalogue import Catalogue
from .enums import Match
from .facets import Facet
from .names import Name, by_name, names_of, squeezed
from .search import SearchState
from .spelling import nearest_name
from .text.query import LONGEST
from .vocabulary import Word

CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
HIGHEST_PAGE = 1_000_000
MOST_HINTS = 4


class WordsField(forms.CharField):
    def to_python(self, value):
        return " ".join(CONTROL.sub(" ", value or "")[:LONGEST].split())


class PageField(forms.IntegerField):
    """A number too high means the last page."""

    def to_python(self, value):
        digits = (value or "").strip()
        if digits.isascii() and digits.isdigit():
            return int(digits[:7]) if len(digits) <= 7 else HIGHEST_PAGE
        return super().to_python(digits[:8])


class ChoicesField(forms.Field):
    """Those of the given choices that are known, by whatever name.

    `known` are tables of the choices; `names` gives all their names, and is asked only where a
    choice is not known by its own.
    """

    widget = forms.MultipleHiddenInput

    def __init__(self, *known: Container[str], names: Callable[[], Iterable[Name]]):
        super().__init__(required=False)
        self.known, self.names = known, names

    def is_known(self, choice: str | None) -> bool:
        return any(choice in table for table in self.known)

    def clean(self, value):
        return tuple(sorted({choice for choice in self._meant(value).values() if choice}))

    def unknown(self, value) -> list[str]:
        """What was typed and is no name of any choice."""
        return [typed for typed, choice in self._meant(value).items() if not choice]

    def _meant(self, value) -> dict[str, str | None]:
        """For each thing typed the choice of that name."""
        typed = [choice for choice in dict.fromkeys(value or []) if choice.strip()]
        if all(map(self.is_known, typed)):
            return {choice: choice for choice in typed}
        meant = by_name(self.names())
        found = {c: c if self.is_known(c) else meant.get(squeezed(c)) for c in typed}
        return {typed: c if self.is_known(c) else None for typed, c in found.items()}

    def hint(self, choice: str) -> str:
        """What to choose instead, where something is called nearly so."""
        label = nearest_name(choice, self.names())
        return f" Did you mean {_quoted(label)}?" if label else ""


class SearchForm(forms.Form):
    """What is asked of the catalogue's corpus, as a `state`.

    Valid whatever comes in; `hints` say what could not be understood of it.
    """

    q = WordsField(required=False)
    match = forms.ChoiceField(choices=Match, required=False)
    page = PageField(min_value=1, required=False)

    def __init__(self, data, *, catalogue: Catalogue):
        super().__init__(data)
        self.corpus = catalogue.corpus
        if "fields" not in catalogue.remembered:
            catalogue.remembered["fields"] = _fields(catalogue)
        # Shared by all forms of this generation: they keep nothing of what is typed.
        self.fields |= catalogue.remembered["fields"]

    @property
    def state(self) -> SearchState:
        self.full_clean()
        read = self.cleaned_data.get
        facets = self.corpus.facets
        return SearchState(
            corpus=self.corpus,
            q=read("q") or "",
            chosen={facet.name: read(facet.name) for facet in facets if read(facet.name)},
            match=read("match") or Match.ANY,
            sort=read("sort") or "",
            page=read("page") or 1,
        )

    @property
    def hints(self) -> list[str]:
        hints = []
        if len(self.data.get("q", "")) > LONGEST:
            hints.append(f"We searched for the first {LONGEST} characters only.")
        hints += [f"We don’t know the {name} {_quoted(self.data[name])}." for name in self.errors]
        for facet in self.corpus.facets:
            field, typed = self.fields[facet.name], self.data.getlist(facet.name)
            hints += [
                f"We don’t know the {facet.name} {_quoted(choice)}.{field.hint(choice)}"
                for choice in field.unknown(typed)[: max(0, MOST_HINTS - len(hints))]
            ]
        unread = [name for name in self.data if name not in self.fields]
        hints += [f"There is no filter called {_quoted(name)}." for name in unread]
        return hints[:MOST_HINTS]


def _fields(catalogue: Catalogue) -> dict[str, forms.Field]:
    """Those that depend on what is published."""
    sorts = [(sort.value, sort.label) for sort in catalogue.corpus.sorts]
    fields = {"sort": forms.ChoiceField(choices=sorts, required=False)}
    for facet in catalogue.corpus.facets:
        found = catalogue.choices.get(facet.name, {})
        names = partial(names_of, facet, catalogue)
        fields[facet.name] = ChoicesField(found, _declared(facet, catalogue.words), names=names)
    return fields


def _declared(facet: Facet, words: dict[str, Word]):
    if facet.name == "value":
        return words
    return facet.names


def _quoted(text: str) -> str:
    return f"“{Truncator(CONTROL.sub(' ', text)).chars(40)}”"
