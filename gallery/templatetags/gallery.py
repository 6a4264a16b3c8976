"""What the page of results draws many times over."""

from django import template
from django.core.cache import caches
from django.core.cache.utils import make_template_fragment_key
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ..cards import Card
from ..filters import Filter, Option
from ..models import EntryInsight
from ..results import DesignsPage, InsightsPage, ResultsPage
from ..stencils import Stencil, stencil
from ..text import Passage

register = template.Library()


@register.simple_tag
def filters(page: ResultsPage) -> SafeString:
    """All filters of the page with their options."""
    return _joined(_filter(found, page) for found in page.filters)


@register.simple_tag
def result_cards(page: DesignsPage) -> SafeString:
    """The component "design_card" for each design on the page. At most two queries.

    A card is drawn once for each publication and each choice of values.
    """
    chosen = page.state.of("value")
    varies = {number: (*key, *chosen) for number, key in page.card_keys.items()}
    drawn = _drawn("card", varies, lambda missing: map(_card, page.cards_of(missing)))
    return _joined(
        drawn[number].fill(matched=passage(page.passages.get(number)))
        for number in page.numbers
        if number in drawn
    )


@register.simple_tag
def result_insights(page: InsightsPage) -> SafeString:
    """The component "insight_row" for each lesson on the page, drawn once for each generation."""
    varies = {number: (number, page.catalogue.key) for number in page.numbers}
    drawn = _drawn("insight", varies, lambda missing: map(_row, page.insights_of(missing)))
    return _joined(drawn[number].fill() for number in page.numbers if number in drawn)


@register.simple_tag
def passage(found: Passage | None) -> SafeString:
    """What was found, its words marked; nothing for None."""
    if not found:
        return mark_safe("")
    pieces = (format_html("<mark>{}</mark>" if hit else "{}", text) for text, hit in found.pieces)
    return format_html('<p class="matched"><b>{}:</b> {}</p>', found.part, _joined(pieces))


def _drawn(name: str, varies: dict[int, tuple], draw) -> dict[int, Stencil]:
    """From memory, or where it is not there drawn as (number, stencil) and kept."""
    keys = {number: make_template_fragment_key(name, vary) for number, vary in varies.items()}
    kept = caches["drawn"].get_many(keys.values())
    missing = [number for number, key in keys.items() if key not in kept]
    if missing:
        fresh = {keys[number]: drawn for number, drawn in draw(missing)}
        caches["drawn"].set_many(fresh)
        kept |= fresh
    return {number: kept[key] for number, key in keys.items() if key in kept}


def _card(card: Card) -> tuple[int, Stencil]:
    context = {"card": card, "sizes": "", "is_eager": ""}
    return card.number, Stencil.of("components/design_card.html", ("matched",), context)


def _row(insight: EntryInsight) -> tuple[int, Stencil]:
    context = {"insight": insight}
    return insight.number, Stencil.of("components/insight_row.html", (), context)


def _joined(pieces) -> SafeString:
    return mark_safe("".join(pieces))


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
    name, noun = found.facet.name, page.corpus.noun
    return _joined(
        stencil(
            "gallery/search/_option.html",
            ("count",),
            name=name,
            choice=option.choice,
            label=option.label,
            mark=option.mark,
            is_chosen=option.is_chosen,
            is_quiet=option.is_quiet,
            counted=noun if option.count == 1 else f"{noun}s",
        ).fill(count=option.count)
        for option in options
    )


def _meanings(found: Filter, page: ResultsPage) -> SafeString:
    if found.facet.name == "value":
        drawn = stencil("gallery/search/_meanings_of_values.html", words=page.definitions)
    elif found.facet.name == "kind":
        drawn = stencil("gallery/search/_meanings_of_kinds.html", meanings=page.kind_meanings)
    else:
        return mark_safe("")
    return drawn.fill()
