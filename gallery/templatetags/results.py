"""What stands around the results: how many, what was asked, and the other pages.

Drawn from stencils, because each of them holds a dozen addresses and little else that changes.
"""

from django import template
from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from ..filters import Clause
from ..results import ResultsPage
from ..stencils import stencil

register = template.Library()


@register.simple_tag
def results_bar(page: ResultsPage) -> SafeString:
    """How many were found, in which order, and the button for the filters."""
    frame = stencil(
        "gallery/search/_results_bar.html",
        ("found",),
        chosen=page.state.number_chosen,
        sorts=tuple(page.sorts),
    )
    return frame.fill(found=conditional_escape(page.heading))


@register.simple_tag
def sentence(page: ResultsPage) -> SafeString:
    """What was asked in words; each choice is a link to the search without it."""
    if not page.clauses:
        return stencil("gallery/search/_sentence.html", lead="").fill()
    corpus = page.corpus
    frame = stencil(
        "gallery/search/_sentence.html",
        ("chips",),
        lead=page.clauses[0].lead,
        noun=corpus.noun,
        everything=corpus.url,
    )
    chips = "".join(
        _chips(clause, is_first=place == 0) for place, clause in enumerate(page.clauses)
    )
    return frame.fill(chips=chips)


def _chips(clause: Clause, *, is_first: bool) -> str:
    drawn = []
    for place, chip in enumerate(clause.chips):
        lead = clause.joint if place else "" if is_first else clause.lead
        one = stencil("gallery/search/_chip.html", ("label", "url"), lead=lead, mark=chip.mark)
        drawn.append(
            one.fill(label=conditional_escape(chip.label), url=conditional_escape(chip.without.url))
        )
    return "".join(drawn)


@register.simple_tag
def results_pages(page: ResultsPage) -> SafeString | str:
    """Links to the other pages of results; nothing where there is one."""
    if page.last_page == 1:
        return ""
    following = page.next
    frame = stencil(
        "gallery/search/_pages.html", ("numbers", "next", "size"), is_last=not following
    )
    return frame.fill(
        numbers="".join(_number(number, state, page) for number, state in page.pages),
        next=conditional_escape(following.url) if following else "",
        size=apnumber(page.next_size) if following else "",
    )


def _number(number: int, state, page: ResultsPage) -> str:
    kind = "gap" if not number else "here" if number == page.state.page else "link"
    one = stencil("gallery/search/_page_number.html", ("number", "url"), kind=kind)
    return one.fill(number=number, url=conditional_escape(state.url) if kind == "link" else "")
