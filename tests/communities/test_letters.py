"""What the team is told after each move."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.models import Notice
from accounts.notices import choose_letters, deliver
from communities.enums import Action, Status
from communities.letters import CAN_BE_UNDONE
from communities.models import Community
from communities.services.reviewing import write_remark
from tests.communities.moves import ABLE, STARTS, move, submission_in

NEXT = {
    Action.SUBMIT: "You will hear within 5 days.",
    Action.RESUBMIT: "You will hear within 5 days.",
    Action.WITHDRAW: "Submit it again whenever you like.",
    Action.APPROVE: "It is in the catalogue for everybody to read and build on.",
    Action.REQUEST_CHANGES: "Change what you agree with, then submit again from the studio.",
    Action.DECLINE: "You can rework it and submit it as new.",
    Action.UNPUBLISH: "It is no longer public. Your draft is still in the studio.",
    Action.RESTORE: "It is in the catalogue for everybody to read and build on.",
}


def later(*, minutes) -> int:
    """So many minutes from now the letters that are due are sent."""
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        return deliver()


@pytest.mark.parametrize("action", [action for action in STARTS if action in NEXT])
def test_the_team_hears_what_happens_next_and_whoever_acted_does_not(
    people, action, django_capture_on_commit_callbacks
):
    row = submission_in(STARTS[action], people)
    Notice.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        move(row, action, by=people[ABLE[action]])
    assert bool(mail.outbox) == (action not in CAN_BE_UNDONE)
    later(minutes=12)
    team = {people[who].email for who in ("author", "teammate", "staff_in_team")}
    letters = [letter for letter in mail.outbox if letter.to != [people["staff"].email]]
    assert sorted(letter.to for letter in letters) == sorted(
        [email] for email in team - {people[ABLE[action]].email}
    )
    for letter in letters:
        assert NEXT[action] in letter.body
        assert "So that you know." in letter.body
        assert letter.subject.startswith("[Gatherings] The Mending Circle: ")
        assert "http://localhost:8000/studio/the-mending-circle/submit/" in letter.body


def test_a_submission_is_told_to_the_others_of_the_team(people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        submission_in(Status.SUBMITTED, people)
    assert {letter.to[0] for letter in mail.outbox} == {
        people["teammate"].email,
        people["staff_in_team"].email,
    }
    assert NEXT[Action.SUBMIT] in mail.outbox[0].body


def test_a_mail_server_that_fails_does_not_undo_a_decision(
    people, settings, django_capture_on_commit_callbacks
):
    row = submission_in(Status.SUBMITTED, people)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with django_capture_on_commit_callbacks(execute=True):
        move(row, Action.APPROVE, by=people["staff"])
    row.refresh_from_db()
    assert row.status == Status.PUBLISHED
    assert Community.objects.published().exists()


def test_whoever_asked_for_changes_hears_of_the_answer(people, django_capture_on_commit_callbacks):
    row = submission_in(Status.CHANGES_REQUESTED, people)
    Notice.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        move(row, Action.RESUBMIT, by=people["author"])
    [letter] = [letter for letter in mail.outbox if letter.to == [people["staff"].email]]
    assert letter.subject == "[Gatherings] The Mending Circle: answered, to be read again"
    assert f"/review/{row.pk}/" in letter.body


def test_a_hand_over_is_told_to_whoever_gets_it_without_its_note(
    people, django_capture_on_commit_callbacks
):
    row = submission_in(Status.SUBMITTED, people)
    Notice.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        move(row, Action.HAND_OVER, by=people["staff"], to=people["superuser"], note="Secret.")
    [letter] = mail.outbox
    assert (letter.to, "handed to you by Robin S." in letter.body) == (
        [people["superuser"].email],
        True,
    )
    assert "Secret." not in letter.body
    assert Notice.objects.get().text == ""


@pytest.mark.parametrize(
    ("action", "undo"),
    [(Action.APPROVE, Action.UNDO_APPROVE), (Action.DECLINE, Action.UNDO_DECLINE)],
)
def test_a_decision_that_is_undone_was_never_told(
    people, action, undo, django_capture_on_commit_callbacks
):
    row = submission_in(Status.SUBMITTED, people)
    Notice.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        move(row, action, by=people["staff"])
        assert Notice.objects.count() == 3
        move(row, undo, by=people["staff"])
    assert later(minutes=30) == 0
    assert (mail.outbox, Notice.objects.count()) == ([], 0)


def test_letters_are_sent_once_and_only_to_those_who_want_them(people):
    row = submission_in(Status.SUBMITTED, people)
    Notice.objects.all().delete()
    choose_letters(people["teammate"], wanted={"team"})
    move(row, Action.DECLINE, by=people["staff"])
    assert later(minutes=5) == 0
    assert later(minutes=12) == 2
    assert later(minutes=13) == 0
    assert {letter.to[0] for letter in mail.outbox} == {
        people["author"].email,
        people["staff_in_team"].email,
    }
    # On the site it stands for all of them.
    assert Notice.objects.filter(read_at=None).count() == 3
    assert not Notice.objects.exclude(letter="").exists()


def test_what_the_mail_server_refuses_is_tried_again_and_not_for_ever(people, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    submission_in(Status.SUBMITTED, people)
    tries = []
    for _ in range(7):
        assert deliver() == 0
        tries.append(set(Notice.objects.values_list("letter_tries", flat=True)))
    assert tries == [{1}, {2}, {3}, {4}, {5}, {5}, {5}]
    assert Notice.objects.filter(mailed_at=None).count() == 2


def test_a_letter_quotes_the_remarks_with_their_places(people, django_capture_on_commit_callbacks):
    row = submission_in(Status.SUBMITTED, people)
    place = {"target": "section", "target_key": "big-purpose", "label": "Big purpose"}
    write_remark(row, by=people["staff"], text="Who are they?", **place)
    write_remark(row, by=people["superuser"], text="Still a draft.", **place)
    with django_capture_on_commit_callbacks(execute=True):
        move(row, Action.REQUEST_CHANGES, by=people["staff"])
    letter = next(one for one in mail.outbox if "changes asked for" in one.subject)
    assert "Big purpose:\nWho are they?" in letter.body
    assert "Still a draft." not in letter.body
