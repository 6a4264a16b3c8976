"""The cohort pages of staff, as staff use them."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from django.core import mail

from accounts.models import Cohort, Invitation
from accounts.services import enrol, take_place
from communities.models import Community
from communities.views.review.roster import harmless
from tests import factories
from tests.html import assert_valid, text_of

BASE = "/review/cohorts/"
FACTS = {"name": "Autumn 2027", "starts_on": "2027-09-01", "ends_on": "2027-12-10", "capacity": "2"}


@pytest.fixture
def staff(sign_in, cast):
    return sign_in(cast.staff)


@pytest.fixture
def cohort(db):
    return factories.cohort(capacity=2)


def design(cohort, *people, title="Bench Swap"):
    made = factories.community(people[0], title)
    Community.objects.filter(pk=made.pk).update(cohort=cohort)
    return factories.team(*people[1:], made=made)


def test_a_cohort_is_made_and_changed(staff):
    assert "No cohort yet" in staff.get(BASE).content.decode()
    answer = staff.post(f"{BASE}new/", FACTS)
    assert answer.url == f"{BASE}autumn-2027/invite/"
    made = Cohort.objects.get()
    assert (made.slug, made.capacity, str(made.ends_on)) == ("autumn-2027", 2, "2027-12-10")
    page = staff.get(f"{BASE}autumn-2027/edit/").content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    assert_valid(page)
    changed = FACTS | {"name": "Autumn", "capacity": "3", "seen": seen}
    assert staff.post(f"{BASE}autumn-2027/edit/", changed).url == f"{BASE}autumn-2027/"
    made.refresh_from_db()
    assert (made.name, made.slug, made.capacity) == ("Autumn", "autumn-2027", 3)
    page = staff.get(BASE).content.decode()
    assert "0 of 3 places" in text_of(page, "queue")[0]
    assert_valid(page)


def test_a_colleague_was_quicker(staff, cohort):
    page = staff.get(f"{BASE}{cohort.slug}/edit/").content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    Cohort.objects.update(capacity=9)
    answer = staff.post(f"{BASE}{cohort.slug}/edit/", FACTS | {"seen": seen})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "1 February 2027 to 28 May 2027, 9 places" in text
    assert 'value="Autumn 2027"' in text
    fresh = re.search(r'name="seen" value="(\w+)"', text)[1]
    assert staff.post(f"{BASE}{cohort.slug}/edit/", FACTS | {"seen": fresh}).status_code == 302


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"name": " "}, "Give it a name."),
        ({"name": "SPRING 2027"}, "Another cohort has this name."),
        ({"ends_on": "2027-01-01"}, "The last day is before the first."),
        ({"starts_on": "yesterday"}, "Enter a valid date."),
        ({"capacity": "0"}, "greater than or equal to 1"),
        ({"capacity": "9" * 30}, "less than or equal to 5000"),
        ({"name": "x" * 5_000}, "Shorten this to 80 characters"),
    ],
)
def test_what_no_cohort_can_be_is_refused_and_kept(staff, cohort, data, words):
    answer = staff.post(f"{BASE}new/", FACTS | data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert_valid(page)
    assert Cohort.objects.count() == 1


def test_fewer_places_than_people_are_refused(staff, cast, cohort):
    enrol(cast.author, cohort=cohort)
    enrol(cast.teammate, cohort=cohort)
    page = staff.get(f"{BASE}{cohort.slug}/edit/").content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    answer = staff.post(f"{BASE}{cohort.slug}/edit/", FACTS | {"capacity": "1", "seen": seen})
    assert "2 people have a place already" in answer.content.decode()


def test_a_cohort_called_new_is_reachable(staff):
    assert staff.post(f"{BASE}new/", FACTS | {"name": "New"}).url == f"{BASE}new-2/invite/"
    assert staff.get(f"{BASE}new-2/").status_code == 200


def test_a_pasted_list_is_answered_line_by_line(staff, cast, cohort):
    enrol(cast.author, cohort=cohort)
    enrol(cast.teammate, cohort=cohort)
    take_place(cast.classmate, cohort=cohort)
    listed = (
        f"{cast.author.email.upper()}\nJun-ho <{cast.teammate.email}>; {cast.classmate.email},"
        "new@example.org\tNEW@example.org\nnot-an@address\nJohn Smith\n\n,\n"
    )
    answer = staff.post(f"{BASE}{cohort.slug}/invite/", {"addresses": listed})
    page = answer.content.decode()
    rows = text_of(page, "queue")[0]
    assert "amara.t@example.orgIn already" in rows
    assert "jun-ho.p@example.orgIn already" in rows
    assert f"{cast.classmate.email}In the line already" in rows
    assert "new@example.orgInvited" in rows
    assert "John SmithNot an address" in rows
    assert "not-an@addressNot an address" in rows
    assert_valid(page)
    assert [letter.to for letter in mail.outbox] == [["new@example.org"]]
    again = staff.post(f"{BASE}{cohort.slug}/invite/", {"addresses": "new@example.org"})
    assert "Invited before; the letter was not sent again" in again.content.decode()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "text", ["", " ", "x" * 30_000, " ".join(f"a{n}@e.org" for n in range(201))]
)
def test_a_list_that_is_none_is_refused_and_kept(staff, cohort, text):
    answer = staff.post(f"{BASE}{cohort.slug}/invite/", {"addresses": text})
    assert answer.status_code == 422
    assert text.strip() in answer.content.decode()
    assert not Invitation.objects.exists()


def test_who_is_invited_joins_or_waits(staff, sign_in, cast, cohort):
    people = [cast.author, cast.teammate, cast.classmate]
    listed = "\n".join(person.email for person in people)
    staff.post(f"{BASE}{cohort.slug}/invite/", {"addresses": listed})
    for person in people:
        [letter] = [letter for letter in mail.outbox if letter.to == [person.email]]
        path = letter.body.split("http://testserver")[1].split()[0]
        client = sign_in(person)
        page = client.get(path).content.decode()
        assert "Into the cohort “Spring 2027”, 1 February to 28 May 2027." in page
        assert_valid(page)
        answer = client.post(path, follow=True).content.decode()
    assert "All places in Spring 2027 are taken. You are in the line" in answer
    assert cohort.enrolments.count() == 2
    assert cohort.waiting.get().user == cast.classmate


def test_a_code_is_told_once_counts_its_uses_and_is_replaced_by_the_next(
    staff, sign_in, cast, cohort
):
    address = f"{BASE}{cohort.slug}/code/"
    page = staff.post(address, {"uses": "1", "days": "14"}).content.decode()
    code = re.search(r'id="join-code">([2-9A-Z]{4}-[2-9A-Z]{4})<', page)[1]
    assert_valid(page)
    assert code not in staff.get(f"{BASE}{cohort.slug}/invite/").content.decode()
    typed = code.lower().replace("-", " ")
    answer = sign_in(cast.author).get("/invitations/", {"code": typed})
    assert sign_in(cast.author).post(answer.url).url == "/studio/"
    assert sign_in(cast.teammate).post(f"/invitations/{code}/").status_code == 409
    first = sign_in(cast.staff).post(address, {"uses": "5", "days": "14"}).content.decode()
    first = re.search(r'id="join-code">([\w-]+)<', first)[1]
    sign_in(cast.staff).post(address, {"uses": "5", "days": "14"})
    answer = sign_in(cast.teammate).get(f"/invitations/{first}/")
    assert "This invitation was taken back" in answer.content.decode()
    assert list(cohort.enrolments.values_list("user", flat=True)) == [cast.author.pk]


@pytest.mark.parametrize("data", [{}, {"uses": "0", "days": "14"}, {"uses": "5", "days": "9"}])
def test_a_code_for_nobody_is_refused(staff, cohort, data):
    assert staff.post(f"{BASE}{cohort.slug}/code/", data).status_code == 422
    assert not Invitation.objects.exists()


def test_an_invitation_of_another_cohort_is_not_taken_back_here(staff, cohort):
    other = factories.cohort("Other")
    staff.post(f"{BASE}{other.slug}/invite/", {"addresses": "new@example.org"})
    made = Invitation.objects.get()
    assert staff.post(f"{BASE}{cohort.slug}/invitations/{made.pk}/revoke/").status_code == 404
    assert staff.post(f"{BASE}{other.slug}/invitations/{made.pk}/revoke/").status_code == 302
    made.refresh_from_db()
    assert made.state == "revoked"


def test_a_person_is_moved_given_a_place_and_taken_out(staff, cast, cohort):
    other = factories.cohort("Other", capacity=1)
    for person in (cast.author, cast.teammate, cast.classmate):
        take_place(person, cohort=cohort)
    page = staff.get(f"{BASE}{cohort.slug}/people/{cast.classmate.pk}/").content.decode()
    assert "Waits for a place in Spring 2027" in page
    assert_valid(page)
    address = f"{BASE}{cohort.slug}/people/{{}}/".format
    answer = staff.post(address(cast.classmate.pk), {"deed": "give"})
    assert answer.status_code == 409
    assert "No place is free in Spring 2027" in answer.content.decode()
    assert staff.post(address(cast.author.pk), {"deed": "move"}).status_code == 422
    assert staff.post(address(cast.author.pk), {"deed": "move", "into": "other"}).status_code == 302
    assert other.enrolments.get().user == cast.author
    # The freed place went to the one who waited.
    assert set(cohort.enrolments.values_list("user", flat=True)) == {
        cast.teammate.pk,
        cast.classmate.pk,
    }
    full = staff.post(address(cast.teammate.pk), {"deed": "move", "into": "other"})
    assert full.status_code == 409
    staff.post(address(cast.teammate.pk), {"deed": "remove"})
    assert cohort.enrolments.get().user == cast.classmate
    assert staff.get(address(cast.author.pk)).status_code == 404
    assert staff.get(address(2**70)).status_code == 404


def test_the_pages_say_where_each_team_stands(staff, cast, cohort):
    enrol(cast.author, cohort=cohort)
    enrol(cast.classmate, cohort=cohort)
    design(cohort, cast.author, cast.teammate)
    for page in ("", "teams/"):
        html = staff.get(f"{BASE}{cohort.slug}/{page}").content.decode()
        assert "Publish" in text_of(html, "queue")[0]
        assert_valid(html)
    assert "Amara T., Jun-ho P." in text_of(html, "queue")[0]


def test_the_roster_is_safe_to_open_in_a_spreadsheet(sign_in, cast, cohort, time_machine):
    time_machine.move_to(datetime(2027, 3, 2, 9, tzinfo=UTC), tick=False)
    cast.author.name = "=HYPERLINK(1)"
    cast.author.save()
    enrol(cast.author, cohort=cohort)
    enrol(cast.teammate, cohort=cohort)
    take_place(cast.classmate, cohort=cohort)
    design(cohort, cast.author, cast.teammate, title='@SUM, "quoted"')
    answer = sign_in(cast.staff).get(f"{BASE}{cohort.slug}/roster.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="spring-2027-2027-03-02.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    seated, design_cell = ("place", "2027-03-02 09:00"), '\'@SUM, "quoted"'
    assert [row[:7] for row in rows] == [
        ["name", "e-mail", "place", "since", "team", "role", "station"],
        ["'=HYPERLINK(1)", "amara.t@example.org", *seated, design_cell, "Lead", "Publish"],
        ["Jun-ho P.", "jun-ho.p@example.org", *seated, design_cell, "Designer", "Publish"],
        ["Lucía V.", cast.classmate.email, "waiting", "2027-03-02 09:00", "", "", ""],
    ]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_no_cell_begins_a_formula(sign):
    assert harmless(f"{sign}1") == f"'{sign}1"
    assert harmless(f"1{sign}") == f"1{sign}"


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("", 13), ("teams/", 12), ("invite/", 6)])
def test_the_number_of_people_costs_no_query(
    staff, cohort, page, queries, people, django_assert_num_queries
):
    Cohort.objects.update(capacity=people)
    cohort.refresh_from_db()
    for number in range(people * 2):
        person = factories.person(f"Person {number}")
        take_place(person, cohort=cohort)
        design(cohort, person, title=f"Design {number}")
    staff.post(f"{BASE}{cohort.slug}/invite/", {"addresses": f"x@e.org y{people}@e.org"})
    with django_assert_num_queries(queries):
        staff.get(f"{BASE}{cohort.slug}/{page}")


@pytest.mark.parametrize("cohorts", [1, 3])
def test_the_number_of_cohorts_costs_no_query(staff, cohorts, django_assert_num_queries):
    for number in range(cohorts):
        factories.cohort(f"Cohort {number}")
    with django_assert_num_queries(5):
        staff.get(BASE)
