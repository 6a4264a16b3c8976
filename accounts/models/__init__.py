"""People, and what belongs to an account."""

from .people import (
    Acceptance,
    Cohort,
    Enrolment,
    Invitation,
    Notice,
    Suspension,
    UnwantedLetters,
    User,
    UserManager,
    Waiting,
)
from .profile import Profile, TakenHandle
from .sending import Sending

__all__ = [
    "Acceptance",
    "Cohort",
    "Enrolment",
    "Invitation",
    "Notice",
    "Profile",
    "Sending",
    "Suspension",
    "TakenHandle",
    "UnwantedLetters",
    "User",
    "UserManager",
    "Waiting",
]
