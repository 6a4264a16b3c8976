"""Places in a cohort. Whoever comes when all are taken waits; a freed place goes to the first.

Each function locks the cohort first, so that two people never take the last place together.
"""

from django.db import transaction

from ..letters import tell_of_place
from ..models import Cohort, Enrolment, Invitation, User, Waiting
from .invitations import accept

# /review/cohorts/new/ would hide a cohort with this address.
RESERVED = ("new",)


class CohortFull(Exception):
    """Every place of the cohort is taken, or promised to those who wait."""


class CohortChanged(Exception):
    """Somebody saved other facts first; `cohort` is as it is now."""

    def __init__(self, cohort: Cohort):
        super().__init__(cohort.name)
        self.cohort = cohort


@transaction.atomic
def make_cohort(*, slug: str, **facts) -> Cohort:
    """A new cohort at the address `slug`, or at the next one that is free."""
    free, number = slug, 1
    while free in RESERVED or Cohort.objects.filter(slug=free).exists():
        number += 1
        free = f"{slug[:70]}-{number}"
    return Cohort.objects.create(slug=free, **facts)


@transaction.atomic
def change_cohort(cohort: Cohort, **facts) -> int:
    """Write `facts`; more places go to those who wait. Returns how many got one.

    The address stays: published designs and saved searches name a cohort by it. Raises
    CohortChanged where the facts are no longer those that `cohort` was read with.
    """
    locked = _locked(cohort)
    if any(getattr(locked, name) != getattr(cohort, name) for name in facts):
        raise CohortChanged(locked)
    for name, value in facts.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(facts))
    return _fill(locked)


@transaction.atomic
def enrol(user: User, *, cohort: Cohort) -> Enrolment:
    """Give `user` a place, by staff; the place they have already counts. Raises CohortFull.

    Whoever waits may be called out of turn: staff know why.
    """
    cohort = _locked(cohort)
    if enrolment := cohort.enrolments.filter(user=user).first():
        return enrolment
    if _free(cohort) < 1:
        raise CohortFull(cohort.name)
    return _seat(user, cohort)


@transaction.atomic
def take_place(user: User, *, cohort: Cohort) -> Enrolment | Waiting:
    """The place that `user` takes, or theirs in the line when none is free."""
    cohort = _locked(cohort)
    if enrolment := cohort.enrolments.filter(user=user).first():
        return enrolment
    if _free(cohort) > 0 and not cohort.waiting.exclude(user=user).exists():
        return _seat(user, cohort)
    waiting, _ = Waiting.objects.get_or_create(cohort=cohort, user=user)
    return waiting


@transaction.atomic
def accept_place(invitation: Invitation, *, user: User) -> Enrolment | Waiting:
    """As `take_place`, by an invitation; whoever has a place or waits already spends nothing.

    Raises InvitationClosed or OtherAddress.
    """
    cohort = _locked(invitation.cohort)
    for rows in (cohort.enrolments, cohort.waiting):
        if place := rows.filter(user=user).first():
            return place
    accept(invitation, user=user)
    return take_place(user, cohort=cohort)


@transaction.atomic
def give_up_place(user: User, *, cohort: Cohort) -> None:
    """Take `user` out of the cohort or out of the line; who is first in the line gets the place."""
    cohort = _locked(cohort)
    cohort.enrolments.filter(user=user).delete()
    cohort.waiting.filter(user=user).delete()
    _fill(cohort)


@transaction.atomic
def give_place(user: User, *, cohort: Cohort) -> Enrolment:
    """As `enrol`, for somebody who waits; they are told. Raises CohortFull."""
    waited = Waiting.objects.filter(cohort=cohort, user=user).exists()
    enrolment = enrol(user, cohort=cohort)
    if waited:
        tell_of_place(enrolment)
    return enrolment


@transaction.atomic
def move_to(user: User, *, out_of: Cohort, into: Cohort) -> Enrolment:
    """From one cohort to another; the freed place goes to the first in the line there.

    Raises CohortFull, with nothing changed.
    """
    # Always in the same order, so that two moves across each other do not wait for ever.
    locked = {
        cohort.pk: cohort
        for cohort in Cohort.objects.select_for_update()
        .filter(pk__in=[out_of.pk, into.pk])
        .order_by("pk")
    }
    enrolment = enrol(user, cohort=locked[into.pk])
    if out_of.pk != into.pk:
        give_up_place(user, cohort=locked[out_of.pk])
    return enrolment


@transaction.atomic
def fill_places(cohort: Cohort) -> int:
    """After the capacity was raised: places for the first in the line. Returns how many."""
    return _fill(_locked(cohort))


def _locked(cohort: Cohort) -> Cohort:
    return Cohort.objects.select_for_update().get(pk=cohort.pk)


def _free(cohort: Cohort) -> int:
    return cohort.capacity - cohort.enrolments.count()


def _seat(user: User, cohort: Cohort) -> Enrolment:
    cohort.waiting.filter(user=user).delete()
    return Enrolment.objects.create(user=user, cohort=cohort)


def _fill(cohort: Cohort) -> int:
    free = max(_free(cohort), 0)
    called = [place.user for place in cohort.waiting.select_related("user")[:free]]
    for user in called:
        tell_of_place(_seat(user, cohort))
    return len(called)
