"""The search form: reads any query string, keeps what it knows and says what it left out."""

import re

from django import forms
from django.utils.text import Truncator

from . import insights
from .catalogue import Catalogue
from .enums import Match, Sort
from .facets import FACETS, Facet
from .insights import InsightNames, InsightState
from .search import SearchState
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
    """Those of the given choices that are known; `others` are names of known ones."""

    widget = forms.SelectMultiple

    def __init__(self, *, known, others):
        super().__init__(required=False)
        self.known, self.others = known, others
        self.unknown = []

    def clean(self, value):
        meant = [self.others.get(choice, choice) for choice in value or []]
        self.unknown = [choice for choice in meant if choice not in self.known]
        return tuple(sorted({choice for choice in meant if choice in self.known}))


class ForgivingForm(forms.Form):
    """Valid whatever comes in; `hints` say what could not be understood of it."""

    facets = ()

    q = WordsField(required=False)

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        self.full_clean()
        read = self.cleaned_data.get
        return {facet.name: read(facet.name) for facet in self.facets if read(facet.name)}

    @property
    def hints(self) -> list[str]:
        hints = []
        if len(self.data.get("q", "")) > LONGEST:
            hints.append(f"We searched for the first {LONGEST} characters only.")
        hints += [f"We don’t know the {name} {_quoted(self.data[name])}." for name in self.errors]
        for facet in self.facets:
            unknown = self.fields[facet.name].unknown
            hints += [f"We don’t know the {facet.name} {_quoted(choice)}." for choice in unknown]
        unread = [name for name in self.data if name not in self.fields]
        hints += [f"There is no filter called {_quoted(name)}." for name in unread]
        return hints[:MOST_HINTS]


class SearchForm(ForgivingForm):
    """What is asked of the gallery, as a `state`."""

    facets = FACETS

    match = forms.ChoiceField(choices=Match, required=False)
    sort = forms.ChoiceField(choices=Sort, required=False)
    page = PageField(min_value=1, required=False)

    def __init__(self, data, *, catalogue: Catalogue, words: dict[str, Word]):
        super().__init__(data)
        for facet in FACETS:
            known = {*catalogue.choices.get(facet.name, {}), *_declared(facet, words)}
            others = _other_names(words) if facet.name == "value" else {}
            self.fields[facet.name] = ChoicesField(known=known, others=others)

    @property
    def state(self) -> SearchState:
        chosen = self.chosen
        read = self.cleaned_data.get
        return SearchState(
            q=read("q") or "",
            chosen=chosen,
            match=read("match") or Match.ANY,
            sort=read("sort") or "",
            page=read("page") or 1,
        )


class InsightForm(ForgivingForm):
    """What is asked of the insights, as a `state`."""

    facets = insights.FACETS

    page = PageField(min_value=1, required=False)

    def __init__(self, data, *, names: InsightNames):
        super().__init__(data)
        for facet in self.facets:
            others = _other_names(names.words) if facet is insights.VALUE else {}
            self.fields[facet.name] = ChoicesField(known=names.choices(facet), others=others)

    @property
    def state(self) -> InsightState:
        chosen = self.chosen
        read = self.cleaned_data.get
        return InsightState(q=read("q") or "", chosen=chosen, page=read("page") or 1)


def _other_names(words: dict[str, Word]) -> dict[str, str]:
    return {alias: word.slug for word in words.values() for alias in word.alias_slugs}


def _declared(facet: Facet, words: dict[str, Word]):
    if facet.name == "value":
        return words
    return facet.choices.values if facet.choices else ()


def _quoted(text: str) -> str:
    return f"“{Truncator(CONTROL.sub(' ', text)).chars(40)}”"
