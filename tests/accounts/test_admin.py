"""People and cohorts in the admin."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Cohort, Enrolment, User
from accounts.services import enrol
from tests import factories

PEOPLE = reverse("admin:accounts_user_changelist")
COHORTS = reverse("admin:accounts_cohort_changelist")


@pytest.fixture
def office(cast, sign_in):
    return sign_in(cast.staff)


@pytest.fixture
def cohort(db):
    return Cohort.objects.create(
        name="Spring 2026",
        slug="spring-2026",
        starts_on=date(2026, 2, 1),
        ends_on=date(2026, 5, 1),
        capacity=2,
    )


def page_of(row):
    return reverse(f"admin:accounts_{row._meta.model_name}_change", args=[row.pk])


def enrolments(*people, before=(), removed=()):
    """The rows of the form below a cohort."""
    rows = [*before, *people]
    form = {"enrolments-TOTAL_FORMS": len(rows), "enrolments-INITIAL_FORMS": len(before)}
    for index, row in enumerate(rows):
        if index < len(before):
            form |= {f"enrolments-{index}-id": row.pk, f"enrolments-{index}-cohort": row.cohort_id}
            form |= {f"enrolments-{index}-DELETE": "on"} if row in removed else {}
        else:
            form[f"enrolments-{index}-user"] = row.pk
    return form


def cohort_form(cohort, **changes):
    names = ("name", "starts_on", "ends_on", "capacity")
    return {name: getattr(cohort, name) for name in names} | changes


def new_person(**changes):
    return {
        "email": "New@Example.org",
        "name": "New N.",
        "usable_password": "false",
        "password1": "",
        "password2": "",
        **changes,
    }


@pytest.mark.parametrize("address", [PEOPLE, COHORTS, "/admin/", "/admin/nothing/here/"])
def test_only_staff_come_in_and_others_learn_nothing(client, cast, sign_in, address):
    answer = client.get(address, follow=True)
    assert answer.request["PATH_INFO"] == reverse("account_login")
    client = sign_in(cast.author)
    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)


@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_however_long(office, django_assert_num_queries, cohort, number):
    for n in range(number):
        enrol(factories.person(f"Person {n}"), cohort=cohort) if n < 2 else None
        Cohort.objects.create(
            name=f"C{n}", slug=f"c{n}", starts_on="2026-01-01", ends_on="2026-01-02", capacity=1
        )
    with django_assert_num_queries(7):
        assert office.get(COHORTS).status_code == 200
    with django_assert_num_queries(8):
        assert office.get(PEOPLE).status_code == 200


def test_staff_add_a_person_who_sets_the_password_themselves(office):
    answer = office.post(reverse("admin:accounts_user_add"), new_person())
    assert answer.status_code == 302
    made = User.objects.get(email="new@example.org")
    assert (made.name, made.is_staff, made.has_usable_password()) == ("New N.", False, False)


def test_staff_add_a_person_with_a_password(office):
    word = "quite a long one"
    words = {
        "usable_password": "true",
        "password1": word,
        "password2": word,
    }
    office.post(reverse("admin:accounts_user_add"), new_person(**words))
    assert User.objects.get(email="new@example.org").check_password(word)


def test_an_address_that_is_taken_is_refused_in_any_spelling(office, cast):
    answer = office.post(
        reverse("admin:accounts_user_add"), new_person(email=cast.author.email.upper())
    )
    assert "Somebody signs in with this address already." in answer.content.decode()
    assert User.objects.count() == 4


def test_staff_rename_and_close_accounts_but_give_no_rights_and_move_no_address(office, cast):
    email = cast.author.email
    form = {"name": "Amara", "email": "x@example.org", "is_staff": "on", "is_superuser": "on"}
    assert office.post(page_of(cast.author), form).status_code == 302
    cast.author.refresh_from_db()
    found = cast.author
    assert (found.name, found.email) == ("Amara", email)
    assert (found.is_active, found.is_staff, found.is_superuser) == (False, False, False)


def test_staff_do_not_change_each_other_and_delete_nobody(office, cast):
    other = factories.person("Ada L.", is_staff=True)
    password = reverse("admin:auth_user_password_change", args=[other.pk])
    assert office.post(page_of(other), {"name": "X"}).status_code == 403
    assert office.post(password, {"password1": "x" * 12, "password2": "x" * 12}).status_code == 403
    delete = reverse("admin:accounts_user_delete", args=[cast.author.pk])
    assert office.post(delete, {"post": "yes"}).status_code == 403
    other.refresh_from_db()
    assert other.check_password(factories.PASSWORD)


def test_a_superuser_makes_somebody_staff(cast, sign_in):
    root = factories.person("Root R.", is_staff=True, is_superuser=True)
    form = {"name": "Amara T.", "is_active": "on", "is_staff": "on"}
    assert sign_in(root).post(page_of(cast.author), form).status_code == 302
    cast.author.refresh_from_db()
    assert (cast.author.is_staff, cast.author.is_superuser) == (True, False)


def test_places_are_given_as_long_as_there_are_some(office, cast, cohort):
    form = cohort_form(cohort) | enrolments(cast.author, cast.teammate)
    assert office.post(page_of(cohort), form).status_code == 302
    assert set(cohort.people.all()) == {cast.author, cast.teammate}
    assert "2 of 2" in office.get(COHORTS).content.decode()


def test_a_full_cohort_says_so_and_keeps_everybody(office, cast, cohort):
    held = [enrol(person, cohort=cohort) for person in (cast.author, cast.teammate)]
    form = cohort_form(cohort) | enrolments(cast.classmate, before=held)
    answer = office.post(page_of(cohort), form)
    assert "There are 2 places, and this would fill 3." in answer.content.decode()
    assert set(cohort.people.all()) == {cast.author, cast.teammate}


def test_a_place_can_be_freed_and_given_in_one_go_or_the_capacity_raised(office, cast, cohort):
    held = [enrol(person, cohort=cohort) for person in (cast.author, cast.teammate)]
    form = cohort_form(cohort) | enrolments(cast.classmate, before=held, removed=held[:1])
    assert office.post(page_of(cohort), form).status_code == 302
    assert set(cohort.people.all()) == {cast.teammate, cast.classmate}
    held = list(cohort.enrolments.all())
    form = cohort_form(cohort, capacity=3) | enrolments(cast.author, before=held)
    assert office.post(page_of(cohort), form).status_code == 302
    assert cohort.people.count() == 3


def test_the_capacity_does_not_sink_below_those_enrolled(office, cast, cohort):
    held = [enrol(person, cohort=cohort) for person in (cast.author, cast.teammate)]
    answer = office.post(page_of(cohort), cohort_form(cohort, capacity=1) | enrolments(before=held))
    assert "There are 1 places, and this would fill 2." in answer.content.decode()


def test_a_place_is_not_handed_on(office, cast, cohort):
    held = [enrol(cast.author, cohort=cohort)]
    form = cohort_form(cohort) | enrolments(before=held)
    form["enrolments-0-user"] = cast.classmate.pk
    office.post(page_of(cohort), form)
    assert Enrolment.objects.get().user == cast.author
