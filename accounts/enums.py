from enum import StrEnum

from django.db.models import TextChoices


class Role(StrEnum):
    """What a person is to the site, from least to most trusted."""

    VISITOR = "visitor"
    MEMBER = "member"
    STAFF = "staff"


class InvitationKind(TextChoices):
    """What an invitation leads into."""

    TEAM = "team", "A team"
    COHORT = "cohort", "A cohort"


class InvitationState(StrEnum):
    OPEN = "open"
    EXPIRED = "expired"
    REVOKED = "revoked"
    USED = "used"
