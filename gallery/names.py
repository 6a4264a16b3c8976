"""The names under which people know the choices of a filter: their own and all others."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from communities.enums import Kind
from communities.models import TopicAlias

from .catalogue import Catalogue
from .facets import Facet
from .vocabulary import KIND_ALIASES, Word

# No name is longer; what is typed beyond it cannot be one.
LONGEST_NAME = 100


def fold(text: str) -> str:
    """Without case and accents."""
    if text.isascii():
        return text.casefold()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def folded_words(text: str) -> list[str]:
    spaced = "".join(sign if sign.isalnum() else " " for sign in fold(text))
    return spaced.split()


@dataclass(frozen=True)
class Name:
    """One name of a choice; `label` is the one that pages use."""

    choice: str
    label: str
    text: str

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """From each of its words on, without spaces: "maker space" is found as "makerspace"."""
        words = folded_words(self.text)
        return tuple("".join(words[place:]) for place in range(len(words)))

    def place_of(self, typed: str) -> int | None:
        """Which of its words begins like this; `typed` is squeezed. None where none does."""
        return next((n for n, end in enumerate(self.beginnings) if end.startswith(typed)), None)


def squeezed(text: str) -> str:
    return "".join(folded_words(text[:LONGEST_NAME]))


def by_name(names: Iterable[Name]) -> dict[str, str]:
    """The choice that each name stands for; of two choices of one name the first."""
    found: dict[str, str] = {}
    for name in names:
        if name.beginnings:
            found.setdefault(name.beginnings[0], name.choice)
    return found


def value_names(words: dict[str, Word]) -> Iterator[Name]:
    for word in words.values():
        for text in (word.name, *word.aliases, *word.alias_slugs):
            yield Name(word.slug, word.name, text)


def names_of(facet: Facet, catalogue: Catalogue) -> Iterable[Name]:
    """Of all choices of this filter."""
    if facet.name == "value":
        return value_names(catalogue.words)
    if facet.name == "kind":
        return KIND_NAMES
    if facet.name == "topic":
        return topic_names(catalogue)
    published = catalogue.labels.get(facet.name, {})
    labels = facet.names or published
    return [Name(choice, label or choice, label or choice) for choice, label in labels.items()]


def topic_names(catalogue: Catalogue) -> tuple[Name, ...]:
    """Made once for each catalogue, with one query: there may be thousands.

    Merged topics are known by their old names and addresses.
    """
    if "topic names" not in catalogue.remembered:
        labels = catalogue.labels.get("topic", {})
        names = [Name(slug, label, label) for slug, label in labels.items()]
        for slug, name, old in TopicAlias.objects.values_list("topic__slug", "name", "slug"):
            if slug in labels:
                names += [Name(slug, labels[slug], text) for text in (name, old)]
        catalogue.remembered["topic names"] = tuple(names)
    return catalogue.remembered["topic names"]


def _kind_names() -> Iterator[Name]:
    for kind in Kind:
        for text in (kind.label, *kind.label.split(" or "), *KIND_ALIASES.get(kind, ())):
            yield Name(kind.value, kind.label, text)


KIND_NAMES = tuple(_kind_names())
