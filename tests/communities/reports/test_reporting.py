"""Anybody can ask staff to look at something; a picture of a child is hidden first."""

import pytest
from django.core import mail

from accounts.spam import stamp
from communities.models import Community, Photo, Report, ReportEvent
from communities.snapshot import Snapshot
from communities.subjects import insight_key
from tests.html import assert_valid


def deeds() -> list[str]:
    return list(ReportEvent.objects.values_list("deed", flat=True))


def key_of_insight(made) -> str:
    snapshot = Snapshot.from_json(made.published_version.snapshot)
    return insight_key(made.catalogue_number, snapshot.insights[0])


def test_the_form_is_one_page_without_cookie_and_account(client, photo):
    answer = client.get(f"/report/photo/{photo.key.hex}/")
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    body = answer.content.decode()
    assert_valid(body)
    assert "I am in it, and I do not want to be shown" in body
    assert "Open Yard" in body


@pytest.mark.parametrize("problem", ["pictures-me", "pictures-minor"])
def test_a_picture_of_oneself_or_a_child_is_hidden_at_once(client, send, photo, cast, problem):
    answer = send("photo", photo.key.hex, problem=problem, words="That is my son.")
    assert (answer.status_code, answer.url) == (302, "/report/thanks/?hidden=1")
    assert "It is hidden" in client.get(answer.url).content.decode()
    photo.refresh_from_db()
    assert photo.is_hidden
    assert deeds() == ["received", "hidden-at-once"]
    report = Report.objects.get()
    assert (report.problem, report.words, report.reporter) == (problem, "That is my son.", None)
    letters = {letter.to[0]: letter.body for letter in mail.outbox}
    assert letters.keys() == {cast.staff.email, cast.author.email}
    assert "That is my son." in letters[cast.staff.email]
    assert "That is my son." not in letters[cast.author.email]


@pytest.mark.parametrize("problem", ["copied", "harmful", "private", "untrue", "other"])
def test_other_reasons_wait_for_staff(send, photo, problem):
    answer = send("photo", photo.key.hex, problem=problem)
    assert answer.url == "/report/thanks/"
    photo.refresh_from_db()
    assert not photo.is_hidden
    assert deeds() == ["received"]


def test_several_independent_reports_hide_until_staff_decide(send, photo, settings, cast):
    settings.REPORTS_BEFORE_HIDING = 3
    for address in ("10.0.0.1", "10.0.0.1", "10.0.0.2"):
        send("photo", photo.key.hex, address=address)
    # Signing in makes no second person of one address.
    send("photo", photo.key.hex, address="10.0.0.2", by=cast.classmate)
    photo.refresh_from_db()
    assert not photo.is_hidden
    answer = send("photo", photo.key.hex, address="10.0.0.3")
    assert answer.url == "/report/thanks/?hidden=1"
    photo.refresh_from_db()
    assert photo.is_hidden
    assert deeds().count("hidden-by-number") == 1


def test_one_member_on_three_networks_is_one_person(send, photo, settings, cast):
    settings.REPORTS_BEFORE_HIDING = 2
    for address in ("10.0.0.1", "10.0.0.2", "10.0.0.3"):
        send("photo", photo.key.hex, address=address, by=cast.classmate)
    photo.refresh_from_db()
    assert not photo.is_hidden


def test_policy_may_say_never(send, photo, settings):
    settings.REPORTS_BEFORE_HIDING = 0
    for number in range(1, 6):
        send("photo", photo.key.hex, address=f"10.0.0.{number}")
    photo.refresh_from_db()
    assert not photo.is_hidden


def test_an_insight_is_hidden_by_its_words(client, send, made, settings):
    settings.REPORTS_BEFORE_HIDING = 1
    page = f"/designs/{made.slug}/"
    key = key_of_insight(made)
    assert f"/report/insight/{key}/" in client.get(page).content.decode()
    send("insight", key, problem="untrue")
    assert "Teach it tomorrow" not in client.get(page).content.decode()
    assert "Teach it tomorrow" not in client.get(f"{page}export.json").content.decode()
    assert client.get(f"/report/insight/{key}/").status_code == 404
    assert Community.objects.get(pk=made.pk).hidden_insights == [key.partition("-")[2]]


def test_a_whole_design_waits_for_staff_however_many_report_it(send, made, settings):
    settings.REPORTS_BEFORE_HIDING = 1
    send("design", str(made.catalogue_number), problem="harmful")
    send("design", str(made.catalogue_number), problem="harmful", address="10.0.0.2")
    assert Community.objects.get(pk=made.pk).is_published
    assert deeds() == ["received", "received"]


@pytest.mark.parametrize("kind", ["design", "insight"])
def test_only_pictures_show_people(client, send, made, kind):
    key = str(made.catalogue_number) if kind == "design" else key_of_insight(made)
    answer = send(kind, key, problem="pictures-me")
    assert answer.status_code == 422
    assert not Report.objects.exists()


def test_nothing_typed_is_lost_when_something_is_wrong(send, photo):
    answer = send("photo", photo.key.hex, problem="", words="<b>Look</b>", email="not an address")
    body = answer.content.decode()
    assert answer.status_code == 422
    assert_valid(body)
    for kept in ("&lt;b&gt;Look&lt;/b&gt;", 'value="not an address"', "Choose what is wrong."):
        assert kept in body
    assert not Report.objects.exists()


def test_one_address_may_report_so_often_and_keeps_its_words(send, photo, settings):
    settings.REPORTS_PER_HOUR = 2
    for words in ("The first time", "The second time"):
        assert send("photo", photo.key.hex, words=words).status_code == 302
    answer = send("photo", photo.key.hex, words="The third time", problem="copied")
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "The third time" in answer.content.decode()
    assert send("photo", photo.key.hex, address="10.0.0.2").status_code == 302
    assert Report.objects.count() == 3


def test_a_second_click_is_no_second_report(send, photo, cast):
    for _ in range(2):
        assert send("photo", photo.key.hex, words="Look.").url == "/report/thanks/"
    assert Report.objects.count() == 1
    assert [letter.to for letter in mail.outbox] == [[cast.staff.email]]


def test_a_machine_that_fills_in_everything_learns_nothing(send, photo):
    answer = send("photo", photo.key.hex, problem="pictures-me", website="http://example.org")
    assert (answer.status_code, answer.url) == (302, "/report/thanks/")
    assert not Report.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize("drawn", ["", "forged", "W10:1:x", None])
def test_without_a_good_stamp_the_button_is_asked_for_once_more(send, photo, drawn):
    drawn = stamp() if drawn is None else drawn
    answer = send("photo", photo.key.hex, drawn=drawn, words="Kept")
    assert answer.status_code == 422
    assert "Kept" in answer.content.decode()
    assert not Report.objects.exists()
    fresh = answer.context["form"]["drawn"].value()
    assert fresh
    assert (fresh == drawn) is (drawn not in ("", "forged", "W10:1:x"))


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
def test_other_sites_report_nothing_in_a_visitors_name(send, photo, origin):
    assert send("photo", photo.key.hex, origin=origin, problem="pictures-me").status_code == 403
    assert not Report.objects.exists()


def test_what_is_not_public_cannot_be_reported_and_is_not_betrayed(client, send, made, cast, photo):
    from tests import factories

    draft = factories.photo(factories.community(cast.author, "Draft"), by=cast.author)
    keys = [("photo", draft.key.hex), ("photo", "0" * 32), ("design", "999"), ("design", "0")]
    keys += [("insight", "1-000000000000"), ("insight", "x"), ("comment", "1"), ("photo", "%00")]
    keys += [("design", "9" * 80), ("design", "1" * 9)]
    for kind, key in keys:
        assert client.get(f"/report/{kind}/{key}/").status_code == 404, (kind, key)
        assert send(kind, key).status_code == 404, (kind, key)
    Photo.objects.filter(pk=photo.pk).update(is_hidden=True)
    assert client.get(f"/report/photo/{photo.key.hex}/").status_code == 404


def test_who_writes_while_another_hides_it_is_heard(send, photo):
    Photo.objects.filter(pk=photo.pk).update(is_hidden=True)
    answer = send("photo", photo.key.hex, problem="pictures-me", words="Me too")
    assert answer.url == "/report/thanks/?hidden=1"
    assert Report.objects.get().words == "Me too"
