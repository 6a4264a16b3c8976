"""What the values and kinds are called, by us and by the people who look for them."""

import hashlib
from dataclasses import dataclass

from communities.enums import Kind
from communities.models import Value

# Words for a kind that its own name does not contain.
KIND_ALIASES = {
    Kind.SCHOOL: ("academy", "college"),
    Kind.AFTERSCHOOL: ("after-school club",),
    Kind.MICRO_SCHOOL: ("microschool", "learning pod", "small school"),
    Kind.ALTERNATIVE_SCHOOL: ("free school", "democratic school"),
    Kind.WORKSHOP: ("maker space", "fab lab", "hackerspace", "class", "course"),
    Kind.INCUBATOR: ("startup programme", "venture lab"),
    Kind.CONFERENCE: ("symposium", "summit", "congress"),
    Kind.UNCONFERENCE: ("open space", "barcamp"),
    Kind.HACKATHON: ("hack day", "hackday", "jam"),
    Kind.BOOK_CLUB: ("reading group", "reading circle"),
    Kind.DISCUSSION_GROUP: ("seminar", "salon", "study group"),
    Kind.TEAM: ("crew", "ensemble", "squad"),
    Kind.CAMP: ("summer school", "retreat"),
    Kind.LIBRARY: ("archive", "reading room"),
    Kind.UNSCHOOL: ("unschooling", "self-directed learning", "home education"),
    Kind.TUTORING: ("tutor", "mentoring", "coaching", "peer teaching"),
}


# What is meant by each kind, for visitors who meet the word for the first time.
KIND_MEANINGS = {
    Kind.SCHOOL: "A whole school, with its own timetable and people who stay for years.",
    Kind.AFTERSCHOOL: "Hours after the school day, for whoever chooses to come.",
    Kind.MICRO_SCHOOL: "A school of a few families, small enough for one room.",
    Kind.ALTERNATIVE_SCHOOL: "A school that does without lessons, marks or classes by age.",
    Kind.WORKSHOP: "A place with tools, where people make things side by side.",
    Kind.INCUBATOR: "Some months of help for people who are building something of their own.",
    Kind.CONFERENCE: "Days of talks and meetings, planned beforehand.",
    Kind.UNCONFERENCE: "Days of meetings whose plan is made in the morning by those who came.",
    Kind.HACKATHON: "A short time in which teams make a first version of something.",
    Kind.BOOK_CLUB: "People who read the same text and meet to talk about it.",
    Kind.DISCUSSION_GROUP: "People who meet to think aloud about one question.",
    Kind.TEAM: "A small group with one task that they finish together.",
    Kind.CAMP: "Days spent living and learning together, away from home.",
    Kind.LIBRARY: "A collection that is open to all, and the people who look after it.",
    Kind.UNSCHOOL: "Learning that follows what each person wants to know, without a curriculum.",
    Kind.TUTORING: "One person helps one other, or a few, to learn.",
}


@dataclass(frozen=True)
class Word:
    """A value of the vocabulary. Definitions are those of today, not of a version."""

    slug: str
    name: str
    mark: str
    short: str
    aliases: tuple[str, ...]
    alias_slugs: tuple[str, ...]
    is_retired: bool


def value_words() -> dict[str, Word]:
    """The vocabulary by slug, in its order. Two queries."""
    rows = Value.objects.prefetch_related("aliases").only(
        "slug", "name", "mark", "short", "is_retired"
    )
    return {
        row.slug: Word(
            slug=row.slug,
            name=row.name,
            mark=row.mark,
            short=row.short,
            aliases=tuple(alias.name for alias in row.aliases.all()),
            alias_slugs=tuple(alias.slug for alias in row.aliases.all()),
            is_retired=row.is_retired,
        )
        for row in rows
    }


def fingerprint(words: dict[str, Word]) -> str:
    """Changes with what the index takes over from the vocabulary."""
    text = repr([(word.slug, word.name, word.mark, word.aliases) for word in words.values()])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
