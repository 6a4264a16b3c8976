from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import Cohort, Enrolment, User
from accounts.queries import cohorts_of, running_cohorts
from accounts.services import CohortFull, enrol, verified_person
from tests.accounts.door import sign_in


def cohort(name="IAP 2027", starts=(2027, 1, 4), ends=(2027, 1, 29), capacity=2):
    slug = name.lower().replace(" ", "-")
    return Cohort.objects.create(
        name=name, slug=slug, starts_on=date(*starts), ends_on=date(*ends), capacity=capacity
    )


def test_a_place_is_given_once(cast):
    iap = cohort()
    first = enrol(cast.author, cohort=iap)
    assert enrol(cast.author, cohort=iap) == first
    enrol(cast.teammate, cohort=iap)
    with pytest.raises(CohortFull, match="IAP 2027"):
        enrol(cast.classmate, cohort=iap)
    assert enrol(cast.author, cohort=iap) == first
    assert list(cohorts_of(cast.author)) == [iap]
    assert list(cohorts_of(cast.classmate)) == []


# Only this app's tables are emptied afterwards: the vocabulary of the others is seeded once.
@pytest.mark.django_db(transaction=True, available_apps=["accounts", "allauth.account"])
def test_the_last_places_are_not_given_twice():
    iap = cohort(capacity=3)
    people = [
        User.objects.create_user(f"p{number}@example.org", name=f"P{number}") for number in range(8)
    ]
    together = Barrier(len(people))

    def hurry(person):
        together.wait()
        try:
            return enrol(person, cohort=iap) is not None
        except CohortFull:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        placed = list(pool.map(hurry, people))
    assert sorted(placed) == [False] * 5 + [True] * 3
    assert Enrolment.objects.filter(cohort=iap).count() == 3


def test_running_cohorts_include_their_first_and_last_day(db, time_machine):
    cohort("Autumn 2026", (2026, 9, 1), (2026, 12, 18))
    iap = cohort("IAP 2027", (2027, 1, 4), (2027, 1, 29))
    spring = cohort("Spring 2027", (2027, 1, 29), (2027, 5, 20))
    for day, running in [
        (date(2027, 1, 3), []),
        (date(2027, 1, 4), [iap]),
        (date(2027, 1, 29), [spring, iap]),
        (date(2027, 1, 30), [spring]),
    ]:
        time_machine.move_to(day, tick=False)
        assert list(running_cohorts()) == running


def test_a_verified_person_signs_in_at_once(client, db):
    person = verified_person("New@Example.org", "a sentence of mine", name="N", is_staff=True)
    assert (person.email, person.is_staff) == ("new@example.org", True)
    assert sign_in(client, "new@example.org", "a sentence of mine").url == "/studio/"
