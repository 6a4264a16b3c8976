from allauth.account.models import EmailAddress
from django.db import transaction

from .models import Cohort, Enrolment, User


class CohortFull(Exception):
    """Every place of the cohort is taken."""


@transaction.atomic
def enrol(user, *, cohort) -> Enrolment:
    """Give `user` a place in `cohort`; the place they have already counts. Raises CohortFull."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if enrolment := cohort.enrolments.filter(user=user).first():
        return enrolment
    if cohort.enrolments.count() >= cohort.capacity:
        raise CohortFull(cohort.name)
    return Enrolment.objects.create(user=user, cohort=cohort)


@transaction.atomic
def verified_person(email: str, password: str, *, name: str, **fields) -> User:
    """A person whose address counts as confirmed, so that they can sign in at once."""
    person = User.objects.create_user(email, password, name=name, **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person
