"""What the team is told after each move."""

import pytest
from django.core import mail

from communities.enums import Action, Status
from communities.models import Community
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


@pytest.mark.parametrize("action", STARTS)
def test_the_team_hears_what_happens_next_and_whoever_acted_does_not(
    people, action, django_capture_on_commit_callbacks
):
    row = submission_in(STARTS[action], people)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        move(row, action, by=people[ABLE[action]])
    team = {people[who].email for who in ("author", "teammate", "staff_in_team")}
    assert sorted(letter.to for letter in mail.outbox) == sorted(
        [email] for email in team - {people[ABLE[action]].email}
    )
    for letter in mail.outbox:
        assert NEXT[action] in letter.body
        assert "So that you know." in letter.body
        assert letter.subject.startswith("[Gatherings] The Mending Circle: ")


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
