"""Lessons of others, for somebody who writes about the same values."""

from django.http import QueryDict

from .catalogue import current_catalogue
from .corpora import INSIGHTS
from .forms import SearchForm
from .models import EntryInsight
from .search import Search

SHOWN = 5
# Some may be of the design that is being written.
LOOKED_AT = 40


def lessons_for(query: QueryDict, *, but: str) -> list[EntryInsight]:
    """Up to five that match a value and the kind of `query`, then those that match a value only.

    None of the design with the slug `but`. At most three queries.
    """
    catalogue = current_catalogue(INSIGHTS)
    asked = SearchForm(query, catalogue=catalogue).state
    wide = asked.without_facet("kind") if asked.of("value") else asked
    if not wide.chosen:
        return []
    numbers = [n for state in (asked, wide) for n in Search(state, catalogue).numbers(0, LOOKED_AT)]
    rows = EntryInsight.objects.filter(number__in=numbers).exclude(entry__slug=but)
    rows = rows.select_related("entry")
    rows = rows.defer("entry__card", "entry__excerpts", "entry__found_under").order_by()
    found = {row.number: row for row in rows}
    ordered = [found[number] for number in dict.fromkeys(numbers) if number in found]
    return ordered[:SHOWN]
