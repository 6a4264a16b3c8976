"""Who reads a submission, taking decisions back, as it stands in the log."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from communities import workflow
from communities.enums import Action, Status
from communities.models import Community, Submission
from tests import factories
from tests.communities.moves import move, submission_in

SAID = "So that you know."


def fresh(row) -> Submission:
    return Submission.objects.select_related("community", "version", "reader").get(pk=row.pk)


def reading(people, row) -> dict[str, set]:
    found = {who: workflow.allowed_actions(user, row) for who, user in people.items()}
    return {who: set(actions) & set(workflow.READING) for who, actions in found.items()}


def test_a_submission_is_taken_handed_over_and_put_back(people):
    row = submission_in(Status.SUBMITTED, people)
    move(row, Action.CLAIM, by=people["staff"], note=SAID)
    assert fresh(row).current_reader == people["staff"]
    assert {who: actions for who, actions in reading(people, row).items() if actions} == {
        "staff": {Action.RELEASE, Action.HAND_OVER},
        "superuser": {Action.HAND_OVER},
    }
    move(row, Action.HAND_OVER, by=people["staff"], to=people["superuser"], note="I know them.")
    assert fresh(row).current_reader == people["superuser"]
    move(row, Action.RELEASE, by=people["superuser"], note="")
    assert fresh(row).current_reader is None
    told = [(e.action, e.actor, e.reader, e.note) for e in row.events.all()[1:]]
    assert told == [
        ("claim", people["staff"], people["staff"], ""),
        ("hand-over", people["staff"], people["superuser"], ""),
        ("release", people["superuser"], None, ""),
    ]
    assert [note.text for note in row.staff_notes.all()] == [SAID, "I know them."]


@pytest.mark.parametrize("who", ["author", "staff_in_team", "classmate", "former_staff", None])
def test_nothing_is_handed_to_somebody_who_may_not_decide(people, who):
    row = submission_in(Status.SUBMITTED, people)
    to = people[who] if who else None
    with pytest.raises(workflow.MoveRefused):
        workflow.take(row, Action.HAND_OVER, by=people["staff"], to=to)
    assert fresh(row).reader is None


def test_a_reader_who_does_nothing_for_a_day_gives_the_place_free(people, settings):
    settings.REVIEW_CLAIM_HOURS = 24
    row = submission_in(Status.SUBMITTED, people)
    move(row, Action.CLAIM, by=people["staff"])
    with time_machine.travel(timezone.now() + timedelta(hours=23), tick=False):
        workflow.stay(row, by=people["staff"])
        workflow.stay(row, by=people["superuser"])
    with time_machine.travel(timezone.now() + timedelta(hours=46), tick=False):
        assert fresh(row).current_reader == people["staff"]
    with time_machine.travel(timezone.now() + timedelta(hours=48), tick=False):
        assert fresh(row).current_reader is None
        workflow.take(fresh(row), Action.CLAIM, by=people["superuser"])
        assert fresh(row).current_reader == people["superuser"]


def test_who_reads_it_costs_nobody_a_decision_and_ends_with_one(people):
    row = submission_in(Status.SUBMITTED, people)
    seen = fresh(row)
    move(row, Action.CLAIM, by=people["staff"])
    move(seen, Action.DECLINE, by=people["superuser"])
    assert (fresh(row).status, fresh(row).reader) == (Status.DECLINED, None)


def test_nobody_approves_before_every_point_is_ticked_for_this_version(people):
    row = submission_in(Status.SUBMITTED, people)
    staff, other = people["staff"], people["superuser"]
    with pytest.raises(workflow.ChecklistUnfinished):
        workflow.move(row, Action.APPROVE, by=staff, revision=1)
    factories.keep_checklist(row, by=staff, ticked=["purpose", "tone"])
    factories.tick(row, by=other)
    with pytest.raises(workflow.ChecklistUnfinished):
        workflow.move(row, Action.APPROVE, by=staff, revision=1)
    factories.tick(row, by=staff)
    move(row, Action.REQUEST_CHANGES, by=other)
    row = factories.submit_for_review(row.community, by=people["author"])
    with pytest.raises(workflow.ChecklistUnfinished):
        workflow.move(row, Action.APPROVE, by=staff, revision=row.revision)
    assert fresh(row).status == Status.SUBMITTED
    factories.approve(row, by=staff)
    assert fresh(row).status == Status.PUBLISHED


# --- Undo ---------------------------------------------------------------------------------------


def test_an_approval_is_undone_to_what_was_public_before(people):
    author, staff = people["author"], people["staff"]
    first = submission_in(Status.PUBLISHED, people)
    shown = Community.objects.get(pk=first.community_id)
    second = factories.submit_for_review(shown, by=author)
    factories.approve(second, by=staff)
    move(second, Action.UNDO_APPROVE, by=staff)
    now = Community.objects.get(pk=shown.pk)
    assert now.published_version_id == first.version_id
    assert (now.catalogue_number, now.published_at) == (1, shown.published_at)
    assert (fresh(first).status, fresh(second).status) == (Status.PUBLISHED, Status.SUBMITTED)
    factories.approve(second, by=people["superuser"])
    assert Community.objects.get(pk=shown.pk).published_version_id == second.version_id


def test_a_first_approval_is_undone_to_nothing_and_the_number_is_kept_for_it(people):
    row = submission_in(Status.PUBLISHED, people)
    move(row, Action.UNDO_APPROVE, by=people["staff"])
    made = Community.objects.get()
    assert (made.published_version, made.published_at, made.catalogue_number) == (None, None, 1)
    factories.approve(row, by=people["staff"])
    made.refresh_from_db()
    assert (made.is_published, made.catalogue_number) == (True, 1)
    actions = [event.action for event in row.events.all()]
    assert actions == ["submit", "approve", "undo-approve", "approve"]


def test_a_decline_goes_back_to_where_it_was(people):
    row = submission_in(Status.CHANGES_REQUESTED, people)
    move(row, Action.DECLINE, by=people["staff"])
    move(row, Action.UNDO_DECLINE, by=people["staff"])
    assert fresh(row).status == Status.CHANGES_REQUESTED


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.DECLINED])
def test_after_ten_minutes_a_decision_stands(people, settings, status):
    settings.REVIEW_UNDO_MINUTES = 10
    row = submission_in(status, people)
    undo = Action.UNDO_APPROVE if status == Status.PUBLISHED else Action.UNDO_DECLINE
    with time_machine.travel(timezone.now() + timedelta(minutes=9)):
        assert workflow.is_allowed(people["staff"], row, undo)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert not workflow.is_allowed(people["staff"], row, undo)
    assert fresh(row).status == status


def test_a_decline_stands_once_the_team_has_put_another_version_forward(people):
    row = submission_in(Status.DECLINED, people)
    factories.submit_for_review(row.community, by=people["author"])
    with pytest.raises(workflow.MoveRefused):
        move(row, Action.UNDO_DECLINE, by=people["staff"])
    assert fresh(row).status == Status.DECLINED
    assert row.events.count() == 2
