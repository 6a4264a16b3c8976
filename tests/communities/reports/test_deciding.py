"""What staff decide about what was reported, and whom it tells."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail

from accounts.models import Suspension
from communities.models import Community, Photo, Report, ReportEvent
from communities.services.team import add_teammate
from tests import factories


def log() -> list[tuple]:
    rows = ReportEvent.objects.values_list("deed", "actor__name", "person__name", "reason")
    return [row for row in rows if row[0] not in ("received", "hidden-at-once")]


def letters_to(person) -> list[str]:
    email = person if isinstance(person, str) else person.email
    return [letter.body for letter in mail.outbox if letter.to == [email]]


@pytest.fixture
def hidden(send, photo) -> Report:
    """A picture that was hidden at once, by somebody who wants to hear of it."""
    send("photo", photo.key.hex, problem="pictures-me", email="kim@example.org", words="Me.")
    mail.outbox.clear()
    return Report.objects.get()


def test_shown_again_after_a_mistake_and_everybody_is_told(client, decide, hidden, photo, cast):
    answer = decide(hidden, deed="restore", reason="It is a drawing.", to_reporter="It is drawn.")
    assert (answer.status_code, answer.url) == (302, "/review/reports/")
    photo.refresh_from_db()
    assert not photo.is_hidden
    assert log() == [("restore", "Robin S.", None, "It is a drawing.")]
    [to_team], [to_kim] = letters_to(cast.author), letters_to("kim@example.org")
    assert "it is shown again" in to_team
    assert "It is a drawing." in to_team
    assert "gallery@localhost" in to_team
    assert "It is drawn." in to_kim
    assert "It is a drawing." not in to_kim
    hidden.refresh_from_db()
    assert (hidden.decision, hidden.email, hidden.source) == ("restore", "", "")


def test_left_hidden(decide, hidden, photo, cast):
    decide(hidden, deed="hide", reason="Their face is plain to see.")
    photo.refresh_from_db()
    assert photo.is_hidden
    assert log() == [("hide", "Robin S.", None, "Their face is plain to see.")]
    [to_team] = letters_to(cast.author)
    assert "staff have hidden it" in to_team


def test_kept_as_it_is_troubles_the_team_with_no_letter(send, decide, photo, cast):
    send("photo", photo.key.hex, problem="copied", email="kim@example.org")
    mail.outbox.clear()
    decide(Report.objects.get(), deed="keep", reason="They took it themselves.")
    assert letters_to(cast.author) == []
    assert "left it as it is" in letters_to("kim@example.org")[0]
    assert log() == [("keep", "Robin S.", None, "They took it themselves.")]


def test_hiding_a_design_goes_through_the_one_door(client, send, decide, made, cast):
    send("design", str(made.catalogue_number), problem="harmful")
    mail.outbox.clear()
    decide(Report.objects.get(), deed="hide", reason="It names a pupil.")
    assert not Community.objects.get(pk=made.pk).is_published
    assert client.get(f"/designs/{made.slug}/").status_code == 404
    event = made.submissions.get().events.last()
    assert (event.action, event.note) == ("unpublish", "It names a pupil.")
    assert len(letters_to(cast.author)) == 1
    decide(Report.objects.get(), deed="restore", reason="Settled.")
    assert Community.objects.get(pk=made.pk).is_published


def test_an_author_is_warned(decide, hidden, cast):
    decide(hidden, deed="hide", step="warn", person=cast.author.pk, reason="Ask people first.")
    assert log()[1] == ("warn", "Robin S.", "Amara T.", "Ask people first.")
    warning = letters_to(cast.author)[-1]
    assert "this is a warning" in warning
    assert "Ask people first." in warning
    cast.author.refresh_from_db()
    assert cast.author.is_active


def test_a_suspended_account_is_closed_at_once_and_told_why(client, decide, hidden, cast):
    client.force_login(cast.author)
    session = client.cookies["sessionid"].value
    decide(hidden, deed="hide", step="suspend", person=cast.author.pk, reason="For the third time.")
    client.logout()
    client.cookies["sessionid"] = session
    assert client.get("/studio/").status_code == 302
    assert client.post("/studio/start/", {"title": "More"}).status_code == 302
    assert not Community.objects.filter(title="More").exists()
    del client.cookies["sessionid"]
    wrong = client.post("/accounts/login/", {"login": cast.author.email, "password": "guess guess"})
    assert "For the third time." not in wrong.content.decode()
    answer = client.post(
        "/accounts/login/", {"login": cast.author.email, "password": factories.PASSWORD}
    )
    body = answer.content.decode()
    assert (answer.status_code, SESSION_KEY in client.session) == (403, False)
    for words in ("For the third time.", "How to appeal", "gallery@localhost"):
        assert words in body
    assert "To appeal" in letters_to(cast.author)[-1]
    assert log()[1] == ("suspend", "Robin S.", "Amara T.", "For the third time.")


def test_let_in_again(client, decide, hidden, cast, sign_in, django_capture_on_commit_callbacks):
    decide(hidden, deed="hide", step="suspend", person=cast.author.pk, reason="Why.")
    one = Suspension.objects.get()
    staff = sign_in(cast.staff)
    assert "Amara T." in staff.get("/review/reports/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            staff.post(f"/review/suspensions/{one.pk}/", {"reason": "They apologised."})
    cast.author.refresh_from_db()
    one.refresh_from_db()
    assert (cast.author.is_active, one.lifted_by, one.lift_reason) == (
        True,
        cast.staff,
        "They apologised.",
    )
    assert log()[2:] == [("reinstate", "Robin S.", "Amara T.", "They apologised.")]
    assert len([body for body in letters_to(cast.author) if "open again" in body]) == 1


def test_staff_do_not_suspend_staff(decide, hidden, made, cast):
    other = factories.person("Ines B.", is_staff=True)
    add_teammate(made, user=other)
    answer = decide(hidden, deed="hide", step="suspend", person=other.pk, reason="Kept words.")
    assert answer.status_code == 422
    assert "Kept words." in answer.content.decode()
    other.refresh_from_db()
    hidden.refresh_from_db()
    assert (other.is_active, hidden.is_open, log()) == (True, True, [])


def test_nobody_decides_about_their_own_teams_work(decide, hidden, made, cast, sign_in):
    add_teammate(made, user=cast.staff)
    assert decide(hidden, deed="restore").status_code == 404
    page = sign_in(cast.staff).get("/review/reports/").content.decode()
    assert "Your own team’s" in page
    assert f"/review/reports/{hidden.pk}/" not in page


def test_a_decision_needs_a_reason_and_keeps_what_was_typed(decide, hidden):
    answer = decide(hidden, deed="restore", reason=" ", to_reporter="Kept.")
    assert answer.status_code == 422
    assert "Kept." in answer.content.decode()
    assert Photo.objects.get().is_hidden


def test_who_comes_second_is_shown_what_happened_and_loses_nothing(decide, hidden):
    ines = factories.person("Ines B.", is_staff=True)
    decide(hidden, deed="hide", reason="First.")
    answer = decide(hidden, by=ines, deed="restore", reason="Second thoughts.", seen=1)
    body = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Second thoughts.", "First.", "Something happened to it while you wrote."):
        assert words in body
    assert Photo.objects.get().is_hidden
    again = {"deed": "restore", "step": "nothing", "reason": "Second thoughts."}
    assert decide(hidden, by=ines, **again).status_code == 302
    assert not Photo.objects.get().is_hidden


@pytest.mark.parametrize("things", [1, 3])
def test_the_list_costs_the_same_however_long(
    sign_in, send, cast, things, django_assert_num_queries
):
    for number in range(things):
        made = factories.published(cast.author, cast.staff, f"Design {number}")
        send("design", str(made.catalogue_number))
        send("design", str(made.catalogue_number), address="10.0.0.2")
    client = sign_in(cast.staff)
    with django_assert_num_queries(8):
        page = client.get("/review/reports/")
    assert [row.count for row in page.context["rows"]] == [2] * things


def test_the_desk_says_how_many_wait(sign_in, hidden, cast):
    page = sign_in(cast.staff).get("/review/").content.decode()
    assert 'Reports <span class="count">1</span>' in page
