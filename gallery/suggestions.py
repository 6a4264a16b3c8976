"""What a visitor may mean while typing: values, kinds and topics by any name, and titles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.urls import reverse

from .catalogue import Catalogue
from .corpora import DESIGNS
from .models import Entry
from .names import KIND_NAMES, Name, squeezed, topic_names, value_names
from .search import Search, SearchState
from .text.query import QUOTES

MOST_OF_EACH = 5
TITLE_ONLY = 1  # as a depth of the text
# A name has rarely more words; before them stands what is searched for as text.
MOST_WORDS = 4
SHORTEST_TITLE = 2
MOST_TRIED = 12


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A place to go; `note` says why it is offered, `total` what it finds where that is known."""

    label: str
    url: str
    mark: str = ""
    note: str = ""
    total: int | None = None


@dataclass(frozen=True, kw_only=True)
class Group:
    title: str
    suggestions: list[Suggestion]


class Suggestions:
    """For what is typed as the words of `state`. At most two queries.

    The end of what is typed may be a name; choosing it adds that filter and leaves the rest as
    words. A choice that is known to find nothing with the present search is not offered.
    """

    def __init__(self, state: SearchState, catalogue: Catalogue):
        self.state = state
        self.catalogue = catalogue
        self.words = catalogue.words

    def of_search(self) -> list[Group]:
        choices = {title: [] for title in ("Values", "Kinds", "Topics")}
        for typed, rest in _endings(self.state.q):
            state = replace(self.state, q=rest, page=1)
            choices = {
                "Values": self._choices("value", self._value_names, typed, state),
                "Kinds": self._choices("kind", KIND_NAMES, typed, state),
                "Topics": self._choices("topic", topic_names(self.catalogue), typed, state),
            }
            if any(choices.values()):
                break
        return _filled({**choices, "Designs": self._titles()})

    def of_topics(self, typed: str) -> list[Group]:
        """For a field of its own: all that is typed there is the name, and the words stay."""
        wanted = squeezed(typed)
        names = topic_names(self.catalogue) if wanted else ()
        return _filled({"Topics": self._choices("topic", names, wanted, self.state)})

    @property
    def _value_names(self) -> Iterator[Name]:
        return value_names({s: word for s, word in self.words.items() if not word.is_retired})

    def _choices(self, facet: str, names: Iterable[Name], typed: str, state: SearchState):
        """The best first: called so, then holding the word, each by the number of designs."""
        sets = self.catalogue.choices.get(facet, {})
        best: dict[str, tuple] = {}
        for name in names:
            place = name.place_of(typed)
            if place is None or name.choice in state.of(facet):
                continue
            rank = (place > 0, -len(sets.get(name.choice, ())), name.text != name.label, name.label)
            if name.choice not in best or rank < best[name.choice][0]:
                best[name.choice] = rank, name
        ranked = [name for _, name in sorted(best.values(), key=lambda row: row[0])]
        tried = (self._choice(facet, name, state) for name in ranked[:MOST_TRIED])
        return [one for one in tried if one.total != 0][:MOST_OF_EACH]

    def _choice(self, facet: str, name: Name, state: SearchState) -> Suggestion:
        wider = state.with_(facet, name.choice)
        is_own = squeezed(name.text) in squeezed(name.label)
        return Suggestion(
            label=name.label,
            url=wider.url,
            mark=self.words[name.choice].mark if facet == "value" else "",
            note="" if is_own else f"also called {name.text}",
            total=None if wider.words else Search(wider, self.catalogue).total,
        )

    def _titles(self) -> list[Suggestion]:
        terms = self.state.words.terms if self.state.corpus is DESIGNS else ()
        if sum(len(word) for term in terms for word in term.words) < SHORTEST_TITLE:
            return []
        newest = self.catalogue.holding(terms, TITLE_ONLY)[-MOST_OF_EACH:]
        entries = Entry.objects.filter(number__in=list(newest))
        return [
            Suggestion(label=title, url=reverse("design", args=[slug]))
            for title, slug in entries.values_list("title", "slug")
        ]


def _endings(q: str) -> Iterator[tuple[str, str]]:
    """What may be a name, squeezed, and the words before it; the longest first."""
    pieces = q.split()
    for start in range(max(0, len(pieces) - MOST_WORDS), len(pieces)):
        ending = " ".join(pieces[start:])
        typed = squeezed(ending)
        # What is quoted or left out is meant as words.
        if typed and not ending.startswith("-") and '"' not in ending.translate(QUOTES):
            yield typed, " ".join(pieces[:start])


def _filled(suggestions: dict[str, list[Suggestion]]) -> list[Group]:
    return [Group(title=title, suggestions=some) for title, some in suggestions.items() if some]
