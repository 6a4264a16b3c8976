"""Anybody may say something about a published design; what visitors write waits for staff."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from accounts.models import Notice
from communities.enums import CommentDoubt, CommentState
from communities.models import Comment, Community, ReportEvent
from communities.services.unsaved import drawn_for
from gallery.models import Generation
from tests import factories
from tests.html import assert_valid


def states() -> list[tuple]:
    return list(Comment.objects.order_by("pk").values_list("state", "doubt"))


def test_a_members_comment_is_shown_at_once_on_both_pages(client, say, read, cast, made):
    before = Generation.current()
    answer = say("We tried it with ten-year-olds.", by=cast.classmate, kind="tried")
    comment = Comment.objects.get()
    assert answer.url == f"/designs/{made.slug}/comments/#comment-{comment.pk}"
    for page in read():
        assert_valid(page)
        assert "We tried it with ten-year-olds." in page
        assert "Lucía V." in page
    # Whatever is kept by the state of the index is drawn anew.
    assert Generation.current() != before
    [notice] = Notice.objects.filter(user=cast.author, kind="comments")
    assert notice.path == answer.url
    assert [letter.to for letter in mail.outbox] == [[cast.author.email]]


def test_a_visitors_comment_waits_and_its_address_is_never_shown(client, say, read, cast, made):
    answer = say("Who came?", email="kim@example.org")
    assert answer.url == f"/designs/{made.slug}/comments/?sent=waiting#sent"
    assert "Staff read it before anybody else does" in client.get(answer.url).content.decode()
    assert dict(answer.cookies) == {}
    assert states() == [(CommentState.WAITING, CommentDoubt.VISITOR)]
    assert not any("Who came?" in page for page in read())
    # The team hears of it when it is shown; staff once a day.
    assert [letter.to for letter in mail.outbox] == [[cast.staff.email]]
    say("And who stayed away?", address="10.0.0.2")
    assert len(mail.outbox) == 1


def test_approved_it_is_shown_and_its_writer_hears_once(say, moderate, read, cast):
    say("Who came?", email="kim@example.org")
    mail.outbox.clear()
    moderate("approve", Comment.objects.get())
    for page in read():
        assert "Who came?" in page
        assert "Kim" in page
        assert "kim@example.org" not in page
    assert sorted(to for letter in mail.outbox for to in letter.to) == [
        cast.author.email,
        "kim@example.org",
    ]
    comment = Comment.objects.get()
    assert (comment.email, comment.source) == ("", "")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<b>bold</b> & <img src=x>"])
def test_what_is_typed_is_shown_as_typed(say, read, cast, text):
    say(f"{text} https://example.org/a?b=1&c=(2).", by=cast.classmate)
    page, _ = read()
    assert text not in page
    link = '<a href="https://example.org/a?b=1&amp;c=(2)" rel="nofollow ugc noopener">'
    assert link in page


@pytest.mark.parametrize(
    ("doubt", "text"),
    [
        (CommentDoubt.LINKS, "http://a.example http://b.example http://c.example"),
        (CommentDoubt.UNCONFIRMED, "A plain question."),
    ],
)
def test_what_is_in_doubt_is_held_and_not_refused(client, say, cast, made, doubt, text):
    if doubt == CommentDoubt.UNCONFIRMED:
        EmailAddress.objects.filter(user=cast.classmate).update(verified=False)
    answer = say(text, by=cast.classmate)
    assert answer.url.endswith("?sent=waiting#sent")
    assert states() == [(CommentState.WAITING, doubt)]
    assert "Yours waits to be read by staff" in client.get(answer.url).content.decode()


def test_the_same_words_elsewhere_are_held_and_a_second_click_is_no_second_one(say, cast):
    words = "What a lovely design, do come and see my own page soon."
    other = factories.published(cast.author, cast.staff, "Other Yard")
    for _ in range(2):
        say(words, by=cast.classmate)
    say(words, by=cast.classmate, on=other)
    assert states() == [(CommentState.SHOWN, ""), (CommentState.WAITING, CommentDoubt.TWICE)]


def test_nothing_typed_is_lost_when_something_is_wrong(client, say):
    answer = say("<i>Mine</i>", kind="", name="", email="no address")
    body = answer.content.decode()
    assert answer.status_code == 422
    assert_valid(body)
    for kept in ("&lt;i&gt;Mine&lt;/i&gt;", 'value="no address"', "Choose what it is."):
        assert kept in body
    assert not Comment.objects.exists()


def test_who_sends_too_many_keeps_the_words(say, settings):
    settings.COMMENTS_PER_HOUR = 1
    say("One.")
    answer = say("Two, which I thought about for long.")
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "Two, which I thought about for long." in answer.content.decode()
    assert say("Three.", address="10.9.0.1").status_code == 302
    assert Comment.objects.count() == 2


def test_quick_machines_press_once_more_and_trapped_ones_learn_nothing(say):
    assert say(drawn="forged").status_code == 422
    answer = say(website="http://example.org")
    assert (answer.status_code, "sent=waiting" in answer.url) == (302, True)
    assert not Comment.objects.exists()


def test_words_outlive_the_session_they_were_written_in(client, say, cast, made):
    answer = say("Not lost.", drawn_for=drawn_for(cast.classmate))
    assert answer.url.startswith("/accounts/login/")
    client.force_login(cast.classmate)
    page = client.get(f"/designs/{made.slug}/comments/").content.decode()
    assert "Not lost." in page
    assert "Not saved yet." in page
    say("Not lost.", by=cast.classmate)
    assert "Not saved yet." not in client.get(f"/designs/{made.slug}/comments/").content.decode()


def test_the_team_answers_and_whoever_asked_is_told(
    client, say, read, cast, sign_in, made, django_capture_on_commit_callbacks
):
    say("Why so small?", by=cast.classmate)
    comment = Comment.objects.get()
    mail.outbox.clear()
    page = f"/designs/{made.slug}/comments/{comment.pk}/answer/"
    assert sign_in(cast.classmate).get(page).status_code == 404
    assert sign_in(cast.staff).get(page).status_code == 404
    author = sign_in(cast.author)
    empty = author.post(page, {"text": " "})
    assert empty.status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            author.post(page, {"text": "Because the room was."})
    assert comment.replies.count() == 1
    body, _ = read()
    assert "Because the room was." in body
    assert "Team" in body
    assert [letter.to for letter in mail.outbox] == [[cast.classmate.email]]


def test_an_author_takes_it_back_within_a_day(client, say, read, cast, sign_in, made):
    say("A slip.", by=cast.classmate)
    comment = Comment.objects.get()
    page = f"/designs/{made.slug}/comments/{comment.pk}/take-back/"
    assert sign_in(cast.author).post(page).status_code == 404
    mine = sign_in(cast.classmate)
    assert "A slip." in mine.get(page).content.decode()
    assert mine.post(page).status_code == 302
    comment.refresh_from_db()
    assert (comment.state, comment.text) == (CommentState.REMOVED, "")
    assert not any("A slip." in text for text in read())
    assert list(ReportEvent.objects.values_list("deed", "actor__name")) == [
        ("written", "Lucía V."),
        ("taken-back", "Lucía V."),
    ]
    say("Another.", by=cast.classmate)
    old = Comment.objects.latest("pk")
    Comment.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=25))
    page = f"/designs/{made.slug}/comments/{old.pk}/take-back/"
    assert sign_in(cast.classmate).post(page).status_code == 404


@pytest.mark.parametrize(
    ("who", "by"), [("author", "closed-by-team"), ("staff", "closed-by-staff")]
)
def test_comments_are_closed_and_opened(client, say, sign_in, cast, made, who, by):
    say("Before.", by=cast.classmate)
    page = f"/designs/{made.slug}/comments/"
    assert sign_in(cast.classmate).post(f"{page}switch/", {"to": "closed"}).status_code == 404
    sign_in(getattr(cast, who)).post(f"{page}switch/", {"to": "closed"})
    assert Community.objects.get(pk=made.pk).comments_are == by
    late = say("After.", by=cast.classmate)
    assert late.status_code == 409
    assert "After." in late.content.decode()
    client.logout()
    body = client.get(page).content.decode()
    assert "Before." in body
    assert "No comments are taken here." in body
    # What staff closed, the team does not open.
    opened = sign_in(cast.author).post(f"{page}switch/", {"to": "open"})
    assert opened.status_code == (302 if who == "author" else 404)


def test_a_site_may_take_none_at_all(say, settings, cast):
    settings.COMMENTS = False
    assert say("Hello?", by=cast.classmate).status_code == 409


def test_comments_go_with_their_design(client, say, cast, made):
    say("Here.", by=cast.classmate)
    factories.unpublish(made, by=cast.staff)
    assert client.get(f"/designs/{made.slug}/comments/").status_code == 404
    comment = Comment.objects.get()
    assert client.get(f"/report/comment/{comment.pk}/").status_code == 404


def test_whoever_wants_no_letters_gets_none_of_comments(say, cast):
    cast.author.unwanted_letters.create(kind="comments")
    say("Hello.", by=cast.classmate)
    assert mail.outbox == []
    assert Notice.objects.filter(user=cast.author, kind="comments").count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_however_many_there_are(
    client, say, cast, made, sign_in, django_assert_num_queries, number
):
    for n in range(number):
        say(f"Question {n}", by=cast.classmate)
    for comment in list(Comment.objects.all()):
        sign_in(cast.author).post(
            f"/designs/{made.slug}/comments/{comment.pk}/answer/", {"text": "Yes."}
        )
    client.logout()
    with django_assert_num_queries(5):
        client.get(f"/designs/{made.slug}/comments/")
    with django_assert_num_queries(7):
        client.get(f"/designs/{made.slug}/")
    sign_in(cast.author)
    with django_assert_num_queries(11):
        client.get(f"/designs/{made.slug}/comments/")
