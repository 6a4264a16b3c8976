"""Places in a cohort: who gets them, who waits, and two people at the same moment."""

from collections import Counter as Tally

import pytest
from django.core import mail
from django.db import connection

from accounts.models import Enrolment, Waiting
from accounts.services import (
    CohortFull,
    change_cohort,
    enrol,
    give_place,
    give_up_place,
    move_to,
    take_place,
)
from tests import factories
from tests.communities.test_races import at_once


def seated(cohort) -> list[str]:
    return list(cohort.enrolments.order_by("pk").values_list("user__name", flat=True))


def line(cohort) -> list[str]:
    return list(cohort.waiting.values_list("user__name", flat=True))


@pytest.fixture
def people(db):
    return [factories.person(f"Person {n}") for n in range(4)]


def test_beyond_the_capacity_people_wait_in_the_order_of_coming(people):
    cohort = factories.cohort(capacity=2)
    for person in (*people, people[0], people[3]):
        take_place(person, cohort=cohort)
    assert seated(cohort) == ["Person 0", "Person 1"]
    assert line(cohort) == ["Person 2", "Person 3"]


def test_a_freed_place_goes_to_the_first_who_is_told(people, django_capture_on_commit_callbacks):
    cohort = factories.cohort(capacity=1)
    for person in people:
        take_place(person, cohort=cohort)
    with django_capture_on_commit_callbacks(execute=True):
        give_up_place(people[0], cohort=cohort)
    assert seated(cohort) == ["Person 1"]
    assert line(cohort) == ["Person 2", "Person 3"]
    [letter] = mail.outbox
    assert letter.to == [people[1].email]
    assert letter.subject == "[Gatherings] A place in Spring 2027 is yours"
    assert letter.body.startswith("Hello Person 1,")
    give_up_place(people[2], cohort=cohort)
    assert line(cohort) == ["Person 3"]


def test_more_places_go_to_those_who_wait(people, django_capture_on_commit_callbacks):
    cohort = factories.cohort(capacity=1)
    for person in people:
        take_place(person, cohort=cohort)
    with django_capture_on_commit_callbacks(execute=True):
        assert change_cohort(cohort, capacity=3) == 2
    cohort.refresh_from_db()
    assert cohort.capacity == 3
    assert seated(cohort) == ["Person 0", "Person 1", "Person 2"]
    assert [letter.to[0] for letter in mail.outbox] == [people[1].email, people[2].email]


def test_staff_give_a_place_out_of_turn_but_never_one_too_many(
    people, django_capture_on_commit_callbacks
):
    cohort = factories.cohort(capacity=1)
    for person in people[:3]:
        take_place(person, cohort=cohort)
    with pytest.raises(CohortFull):
        give_place(people[2], cohort=cohort)
    cohort.enrolments.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        give_place(people[2], cohort=cohort)
    assert (seated(cohort), line(cohort)) == (["Person 2"], ["Person 1"])
    assert [letter.to[0] for letter in mail.outbox] == [people[2].email]
    with pytest.raises(CohortFull):
        enrol(people[3], cohort=cohort)


def test_a_person_is_moved_and_the_place_left_behind_is_filled(people):
    spring, autumn = factories.cohort("Spring", capacity=1), factories.cohort("Autumn", capacity=1)
    for person in people[:2]:
        take_place(person, cohort=spring)
    move_to(people[0], out_of=spring, into=autumn)
    assert (seated(spring), seated(autumn)) == (["Person 1"], ["Person 0"])
    with pytest.raises(CohortFull):
        move_to(people[1], out_of=spring, into=autumn)
    assert (seated(spring), seated(autumn)) == (["Person 1"], ["Person 0"])


@pytest.mark.django_db(transaction=True)
def test_of_two_who_join_the_last_place_at_once_one_is_in_and_one_waits():
    for number in range(3):
        cohort = factories.cohort(f"Cohort {number}", capacity=2)
        take_place(factories.person(f"First {number}"), cohort=cohort)
        pair = [factories.person(f"Late {number} {n}") for n in range(2)]
        answers = at_once(
            lambda cohort=cohort, pair=pair: take_place(pair[0], cohort=cohort),
            lambda cohort=cohort, pair=pair: take_place(pair[1], cohort=cohort),
        )
        assert Tally(type(answer) for answer in answers) == {Enrolment: 1, Waiting: 1}
        assert cohort.enrolments.count() == 2
        assert cohort.waiting.count() == 1
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_moves_across_each_other_at_once_lose_nobody():
    one, two = factories.cohort("One", capacity=3), factories.cohort("Two", capacity=3)
    left, right = factories.person("Left"), factories.person("Right")
    take_place(left, cohort=one)
    take_place(right, cohort=two)
    at_once(
        lambda: move_to(left, out_of=one, into=two), lambda: move_to(right, out_of=two, into=one)
    )
    assert (seated(one), seated(two)) == (["Right"], ["Left"])
