"""Writes about people: accounts, places in a cohort, invitations. One transaction each."""

from .cohorts import (
    CohortChanged,
    CohortFull,
    accept_place,
    change_cohort,
    enrol,
    fill_places,
    give_place,
    give_up_place,
    make_cohort,
    move_to,
    take_place,
)
from .invitations import (
    InvitationClosed,
    Offer,
    OtherAddress,
    accept,
    offer,
    renew,
    renew_code,
    revoke,
    secret_of,
)
from .people import verified_person
from .suspending import NotSuspended, lift_suspension, suspend

__all__ = [
    "CohortChanged",
    "CohortFull",
    "InvitationClosed",
    "NotSuspended",
    "Offer",
    "OtherAddress",
    "accept",
    "accept_place",
    "change_cohort",
    "enrol",
    "fill_places",
    "give_place",
    "give_up_place",
    "lift_suspension",
    "make_cohort",
    "move_to",
    "offer",
    "renew",
    "renew_code",
    "revoke",
    "secret_of",
    "suspend",
    "take_place",
    "verified_person",
]
