"""The demo's people: four can sign in, the others are names beside their designs."""

from django.db import transaction

from accounts.demo_people import DEMO_PASSWORD, DEMO_PEOPLE
from accounts.models import Cohort, User
from accounts.services import enrol, verified_person

from ..tagging import slug_for
from .content import COHORTS

_SIGN_IN = {person.name: person for person in DEMO_PEOPLE}


@transaction.atomic
def everybody(names: set[str]) -> dict[str, User]:
    """A person for each name, made if they are not here yet."""
    return {name: _person(name) for name in sorted(names | _SIGN_IN.keys())}


def _person(name: str) -> User:
    demo = _SIGN_IN.get(name)
    email = demo.email if demo else f"{slug_for(name)}@demo.example.org"
    if found := User.objects.filter(email=email).first():
        return found
    if demo is None:
        return User.objects.create_user(email, None, name=name)
    return verified_person(email, DEMO_PASSWORD, name=name, is_staff=demo.is_staff)


def cohorts() -> dict[str, Cohort]:
    found = {}
    for slug, (name, starts_on, ends_on, capacity) in COHORTS.items():
        facts = {"name": name, "starts_on": starts_on, "ends_on": ends_on, "capacity": capacity}
        found[slug], _ = Cohort.objects.get_or_create(slug=slug, defaults=facts)
    return found


def seat(team: list[User], cohort: Cohort | None) -> None:
    for person in team if cohort else ():
        enrol(person, cohort=cohort)
