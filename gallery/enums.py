from django.db.models import TextChoices


class Match(TextChoices):
    ANY = "any", "Any of these"
    ALL = "all", "All of these"


class Sort(TextChoices):
    RELEVANCE = "relevance", "Relevance"
    NEWEST = "newest", "Newest"
    PARTICIPANTS = "participants", "People reached"
    BUILT_ON = "built-on", "Most built on"


class Order(TextChoices):
    """In which order the choices of a filter stand."""

    MOST = "most", "Most first, of all that is published"
    DECLARED = "declared", "As declared"
    LATEST = "latest", "Latest design first"
    DESCENDING = "descending", "Highest first"
