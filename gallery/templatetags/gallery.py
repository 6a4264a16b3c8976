"""What the page of results draws many times over."""

from html import escape

from django import template
from django.utils.safestring import SafeString

from ..cards import Card
from ..filters import Filter, Option
from ..models import EntryInsight
from ..results import DesignsPage, InsightsPage, ResultsPage
from ..stencils import Stencil, drawn, stencil
from ..text import Passage

register = template.Library()


@register.simple_tag
def filters(page: ResultsPage) -> SafeString:
    """All filters of the page with their options."""
    return _joined(_filter(found, page) for found in page.filters)


@register.simple_tag
def result_cards(page: DesignsPage) -> SafeString:
    """The component "design_card" for each design on the page. At most two queries.

    A card is drawn once for each publication and each choice of values, and once more as the first
    of a page, whose picture does not wait until it comes into sight.
    """
    chosen, first = page.state.of("value"), next(iter(page.numbers), None)
    keys = {
        number: ("card", number == first, *key, *chosen) for number, key in page.card_keys.items()
    }
    cards = drawn(
        keys, lambda missing: [_card(card, card.number == first) for card in page.cards_of(missing)]
    )
    return _joined(
        cards[number].fill(matched=passage(page.passages.get(number)))
        for number in page.numbers
        if number in cards
    )


@register.simple_tag
def result_insights(page: InsightsPage) -> SafeString:
    """The component "insight_row" for each lesson on the page, drawn once for each generation."""
    keys = {number: ("insight", number, page.catalogue.key) for number in page.numbers}
    rows = drawn(keys, lambda missing: map(_row, page.insights_of(missing)))
    return _joined(rows[number].fill() for number in page.numbers if number in rows)


@register.simple_tag
def passage(found: Passage | None) -> SafeString:
    """What was found, its words marked; nothing for None."""
    if not found:
        return SafeString("")
    pieces = (f"<mark>{escape(text)}</mark>" if hit else escape(text) for text, hit in found.pieces)
    return SafeString(f'<p class="matched"><b>{escape(found.part)}:</b> {"".join(pieces)}</p>')


def _card(card: Card, is_first: bool) -> tuple[int, Stencil]:
    context = {"card": card, "sizes": "", "is_eager": "1" if is_first else ""}
    return card.number, Stencil.of("components/design_card.html", ("matched",), context)


def _row(insight: EntryInsight) -> tuple[int, Stencil]:
    context = {"insight": insight}
    return insight.number, Stencil.of("components/insight_row.html", (), context)


def _joined(pieces) -> SafeString:
    return SafeString("".join(pieces))


def _filter(found: Filter, page: ResultsPage) -> SafeString:
    frame = stencil(
        "gallery/search/_filter.html",
        ("shown", "more", "meanings"),
        facet=found.facet,
        number_of_more=len(found.more),
        is_open=found.is_open,
        is_more_open=found.is_more_open,
        match=page.state.match,
        suggests=page.suggests,
    )
    return frame.fill(
        shown=_options(found.shown, found, page),
        more=_options(found.more, found, page),
        meanings=_meanings(found, page),
    )


def _options(options: tuple[Option, ...], found: Filter, page: ResultsPage) -> SafeString:
    """Those of this generation differ from page to page in little but their counts."""
    known, name = page.catalogue.remembered.setdefault("options", {}), found.facet.name
    pieces = []
    for option in options:
        key = (name, option.choice, option.is_chosen, option.is_quiet, option.count == 1)
        if key not in known:
            known[key] = _option(option, found, page).pieces
        before, _, after = known[key]
        pieces += (before, str(option.count), after)
    return _joined(pieces)


def _option(option: Option, found: Filter, page: ResultsPage) -> Stencil:
    noun = page.corpus.noun
    return stencil(
        "gallery/search/_option.html",
        ("count",),
        name=found.facet.name,
        choice=option.choice,
        label=option.label,
        mark=option.mark,
        is_chosen=option.is_chosen,
        is_quiet=option.is_quiet,
        counted=noun if option.count == 1 else f"{noun}s",
    )


def _meanings(found: Filter, page: ResultsPage) -> SafeString:
    known, name = page.catalogue.remembered.setdefault("meanings", {}), found.facet.name
    if name not in known:
        known[name] = _draw_meanings(name, page)
    return known[name]


def _draw_meanings(name: str, page: ResultsPage) -> SafeString:
    if name == "value":
        return stencil("gallery/search/_meanings_of_values.html", words=page.definitions).fill()
    if name == "kind":
        meanings = page.kind_meanings
        return stencil("gallery/search/_meanings_of_kinds.html", meanings=meanings).fill()
    return SafeString("")
