"""The page of a member who wants to be found: what they say, and the designs that credit them."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString

from accounts.models import Profile, User
from communities.models import TeamMember
from communities.plain import to_paragraphs

from .cards import CARD_FIELDS, Card, card_of
from .models import Entry, EntryInsight

DESIGNS_A_PAGE = 12
INSIGHTS = 6
MOST_DESIGNS = 400


@dataclass(frozen=True, kw_only=True)
class PersonPage:
    profile: Profile
    about: SafeString
    page: Page
    cards: list[Card]
    insights: list[EntryInsight]

    @property
    def name(self) -> str:
        return self.profile.user.name


def person_page(profile: Profile, *, page) -> PersonPage:
    """At most 4 queries."""
    numbers = credited_numbers(profile.user)
    pages = Paginator(numbers, DESIGNS_A_PAGE).get_page(page)
    entries = Entry.objects.only(*CARD_FIELDS).in_bulk(list(pages))
    insights = EntryInsight.objects.filter(entry__in=numbers).select_related("entry")
    return PersonPage(
        profile=profile,
        about=to_paragraphs(profile.about),
        page=pages,
        cards=[card_of(entries[number]) for number in pages if number in entries],
        insights=list(insights[:INSIGHTS]) if numbers else [],
    )


def credited_numbers(person: User) -> list[int]:
    """Published designs whose team they are in and whose credits name them, the newest first.

    By their name of now: under another they do not want to be found. One query.
    """
    mine = TeamMember.objects.filter(user=person, community__entry__isnull=False)
    found = mine.order_by("-community__entry__number").values_list(
        "community__entry__number", "community__entry__version__snapshot__team"
    )
    return [
        number
        for number, team in found[:MOST_DESIGNS]
        if any(member["name"] == person.name for member in team or ())
    ]
