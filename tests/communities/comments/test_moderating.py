"""What staff decide about comments, one or many; and what many reports do."""

import pytest
from django.core import mail

from accounts.spam import stamp
from communities.enums import CommentState
from communities.models import Comment, LogIsKept, Report, ReportEvent
from communities.services.team import add_teammate
from tests.html import assert_valid


def log() -> list[tuple]:
    return list(ReportEvent.objects.values_list("deed", "actor__name", "reason"))


@pytest.fixture
def waiting(say) -> list[Comment]:
    for n in range(3):
        say(f"Question {n}")
    return list(Comment.objects.order_by("pk"))


def test_many_are_decided_at_once_and_each_stands_in_the_log(
    client, moderate, waiting, sign_in, cast
):
    page = sign_in(cast.staff).get("/review/comments/")
    body = page.content.decode()
    assert_valid(body)
    assert body.index("Question 0") < body.index("Question 2")
    assert moderate("approve", *waiting[:2]).url == "/review/comments/?tab=waiting"
    moderate("refuse", waiting[2], reason="An advertisement.")
    found = Comment.objects.order_by("pk").values_list("state", flat=True)
    assert list(found) == ["shown", "shown", "refused"]
    assert log()[3:] == [
        ("approve", "Robin S.", ""),
        ("approve", "Robin S.", ""),
        ("refuse", "Robin S.", "An advertisement."),
    ]
    again = moderate("refuse", waiting[0])
    assert "Left as it is: 1" in client.get(again.url).content.decode()
    assert Comment.objects.get(pk=waiting[0].pk).state == CommentState.SHOWN


def test_hiding_needs_a_reason_and_tells_the_author(say, moderate, read, cast):
    say("Something rude.", by=cast.classmate)
    comment = Comment.objects.get()
    mail.outbox.clear()
    answer = moderate("hide", comment, tab="shown")
    assert answer.status_code == 422
    assert f'value="{comment.pk}" checked' in answer.content.decode()
    moderate("hide", comment, tab="shown", reason="It insults the team.")
    assert not any("Something rude." in page for page in read())
    [letter] = mail.outbox
    assert (letter.to, "It insults the team." in letter.body) == ([cast.classmate.email], True)
    moderate("restore", comment, tab="hidden", reason="On second thought.")
    assert all("Something rude." in page for page in read())


def test_nobody_decides_about_what_was_said_to_their_own_team(moderate, waiting, made, cast):
    add_teammate(made, user=cast.staff)
    moderate("approve", *waiting)
    assert set(Comment.objects.values_list("state", flat=True)) == {"waiting"}


def test_several_independent_reports_hide_it_until_staff_decide(
    client, say, read, cast, settings, sign_in
):
    settings.REPORTS_BEFORE_HIDING = 2
    say("Rude.", by=cast.classmate)
    comment = Comment.objects.get()
    data = {"problem": "harmful", "drawn": stamp(60)}
    client.logout()
    for address in ("10.0.0.1", "10.0.0.2"):
        client.post(
            f"/report/comment/{comment.pk}/",
            data,
            headers={"origin": "http://testserver"},
            REMOTE_ADDR=address,
        )
    comment.refresh_from_db()
    assert comment.state == CommentState.HIDDEN
    assert not any("Rude." in page for page in read())
    first = Report.objects.earliest("pk")
    staff = sign_in(cast.staff)
    page = staff.get(f"/review/reports/{first.pk}/")
    assert_valid(page.content.decode())
    assert "Rude." in page.content.decode()
    decision = {"deed": "restore", "step": "warn", "person": cast.classmate.pk, "reason": "Once."}
    staff.post(f"/review/reports/{first.pk}/", decision | {"seen": page.context["page"].seen})
    assert all("Rude." in text for text in read())
    assert ("warn", "Robin S.", "Once.") in log()
    assert not Report.objects.open().exists()


def test_the_log_is_only_ever_added_to(say):
    say("Once.")
    event = ReportEvent.objects.get()
    for change in (event.save, event.delete, ReportEvent.objects.all().delete):
        with pytest.raises(LogIsKept):
            change()
    with pytest.raises(LogIsKept):
        ReportEvent.objects.update(reason="Another")


@pytest.mark.parametrize("number", [1, 3])
def test_the_queue_costs_the_same_however_many_wait(
    say, sign_in, cast, django_assert_num_queries, number
):
    for n in range(number):
        say(f"Question {n}")
    staff = sign_in(cast.staff)
    with django_assert_num_queries(9):
        staff.get("/review/comments/")
