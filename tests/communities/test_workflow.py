"""The status of a submission: who may do what when, and the log that tells it."""

from itertools import product

import pytest

from communities import workflow
from communities.enums import Action, Status
from communities.models import Community, Submission, SubmissionEvent
from communities.moves import READING
from communities.services.versions import freeze
from tests import factories
from tests.communities.moves import WAYS, move, submission_in

# The whole truth: what each side may do in each status.
TEAM = {
    Status.SUBMITTED: {Action.WITHDRAW},
    Status.CHANGES_REQUESTED: {Action.RESUBMIT, Action.WITHDRAW},
}
REVIEWER = {
    Status.SUBMITTED: {
        Action.APPROVE,
        Action.REQUEST_CHANGES,
        Action.DECLINE,
        Action.CLAIM,
        Action.HAND_OVER,
    },
    Status.CHANGES_REQUESTED: {Action.DECLINE},
    Status.PUBLISHED: {Action.UNPUBLISH},
    Status.UNPUBLISHED: {Action.RESTORE},
}
# Whoever has just decided may take it back as well.
DECIDER = REVIEWER | {
    Status.PUBLISHED: {Action.UNPUBLISH, Action.UNDO_APPROVE},
    Status.DECLINED: {Action.UNDO_DECLINE},
}
RIGHTS = {
    "author": TEAM,
    "teammate": TEAM,
    "staff_in_team": TEAM,
    "staff": DECIDER,
    "superuser": REVIEWER,
    "classmate": {},
    "former_staff": {},
    "visitor": {},
}
LEADS_TO = {
    Action.RESUBMIT: Status.SUBMITTED,
    Action.WITHDRAW: Status.WITHDRAWN,
    Action.APPROVE: Status.PUBLISHED,
    Action.REQUEST_CHANGES: Status.CHANGES_REQUESTED,
    Action.DECLINE: Status.DECLINED,
    Action.UNPUBLISH: Status.UNPUBLISHED,
    Action.RESTORE: Status.PUBLISHED,
    Action.UNDO_APPROVE: Status.SUBMITTED,
    Action.UNDO_DECLINE: Status.SUBMITTED,
    **dict.fromkeys(READING, Status.SUBMITTED),
}
SAID = "So that you know."
NEEDS_NOTE = {Action.REQUEST_CHANGES, Action.DECLINE, Action.UNPUBLISH}


def test_everybody_and_every_status_is_tried(people):
    assert people.keys() == RIGHTS.keys()
    assert set(WAYS) == set(Status) - {Status.DRAFT}
    assert set(LEADS_TO) == set(Action) - {Action.SUBMIT, Action.REDACT}


@pytest.mark.parametrize("status", WAYS)
def test_who_may_do_what(people, status):
    row = submission_in(status, people)
    found = {who: set(workflow.allowed_actions(user, row)) for who, user in people.items()}
    assert found == {who: rights.get(status, set()) for who, rights in RIGHTS.items()}


@pytest.mark.parametrize(("status", "action"), list(product(WAYS, Action)))
def test_a_move_does_what_the_buttons_promise_and_nothing_else(people, status, action):
    row = submission_in(status, people)
    before = row.events.count()
    for who, user in people.items():
        row = Submission.objects.select_related("community", "version").get(pk=row.pk)
        if action in RIGHTS[who].get(status, set()):
            continue
        with pytest.raises(workflow.MoveRefused):
            move(row, action, by=user)
        row.refresh_from_db()
        assert (row.status, row.events.count()) == (status, before)
    able = next((w for w, rights in RIGHTS.items() if action in rights.get(status, set())), None)
    if able is None:
        return
    move(row, action, by=people[able])
    row.refresh_from_db()
    assert row.status == LEADS_TO[action]
    last = row.events.last()
    assert (last.action, last.from_status, last.to_status) == (action, status, LEADS_TO[action])
    # What is said at a hand-over stays among staff.
    assert (last.actor, last.note) == (people[able], "" if action in READING else SAID)
    assert row.events.count() == before + 1


@pytest.mark.parametrize(("status", "action"), list(product(WAYS, Action)))
@pytest.mark.parametrize("note", ["", " \n\t"])
def test_moves_that_must_be_explained(people, status, action, note):
    row = submission_in(status, people)
    able = next((w for w, rights in RIGHTS.items() if action in rights.get(status, set())), None)
    if able is None:
        return
    if action in NEEDS_NOTE:
        with pytest.raises(workflow.NoteNeeded):
            move(row, action, by=people[able], note=note)
        row.refresh_from_db()
        assert row.status == status
    else:
        move(row, action, by=people[able], note=note)
        assert row.events.last().note == ""


@pytest.mark.parametrize("who", [who for who, rights in RIGHTS.items() if rights is not TEAM])
def test_only_the_team_puts_a_version_forward(people, who):
    made = factories.community(people["author"])
    version = freeze(made, by=people["author"])
    with pytest.raises(workflow.MoveRefused):
        workflow.submit(version, by=people[who])
    assert not Submission.objects.exists()


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.CHANGES_REQUESTED])
def test_one_submission_at_a_time(people, status):
    row = submission_in(status, people)
    with pytest.raises(workflow.MoveRefused):
        workflow.submit(freeze(row.community, by=people["author"]), by=people["author"])
    assert Submission.objects.count() == 1


def test_a_move_on_a_state_that_is_gone_is_lost_and_says_what_is(people):
    row = submission_in(Status.SUBMITTED, people)
    seen = Submission.objects.get(pk=row.pk)
    move(row, Action.DECLINE, by=people["staff"])
    factories.tick(seen, by=people["superuser"])
    with pytest.raises(workflow.MoveLost) as lost:
        workflow.move(seen, Action.APPROVE, by=people["superuser"], revision=1)
    assert lost.value.submission.status == Status.DECLINED
    with pytest.raises(workflow.MoveLost):
        workflow.move(row, Action.APPROVE, by=people["superuser"], revision=1)
    assert row.events.count() == 2
    assert not Community.objects.published().exists()


# --- The log ----------------------------------------------------------------------------------


def test_the_log_tells_the_whole_story_and_its_author_can_read_it(people):
    author, staff = people["author"], people["staff"]
    row = submission_in(Status.CHANGES_REQUESTED, people)
    factories.submit_for_review(row.community, by=author, note="Done.")
    row.refresh_from_db()
    move(row, Action.APPROVE, by=staff, note=" Lovely. ")
    move(row, Action.UNPUBLISH, by=staff, note="A face.")
    move(row, Action.RESTORE, by=staff, note="")
    readable = Submission.objects.visible_to(author).get(pk=row.pk)
    told = [
        (e.action, e.from_status, e.to_status, e.actor.name, e.version.number, e.note)
        for e in readable.events.all()
    ]
    assert told == [
        ("submit", "draft", "submitted", "Amara T.", 1, ""),
        ("request-changes", "submitted", "changes-requested", "Robin S.", 1, "So that you know."),
        ("resubmit", "changes-requested", "submitted", "Amara T.", 2, "Done."),
        ("approve", "submitted", "published", "Robin S.", 2, "Lovely."),
        ("unpublish", "published", "unpublished", "Robin S.", 2, "A face."),
        ("restore", "unpublished", "published", "Robin S.", 2, ""),
    ]
    assert readable.revision == len(told)
    assert not Submission.objects.visible_to(people["classmate"]).exists()


def test_a_log_outlives_the_account_of_whoever_decided(people):
    row = submission_in(Status.DECLINED, people)
    people["staff"].delete()
    assert list(row.events.values_list("action", "actor")) == [
        ("submit", people["author"].pk),
        ("decline", None),
    ]


def test_only_staff_publish_imported_designs_and_each_is_logged(people):
    made = factories.community(people["author"])
    version = freeze(made, by=people["author"])
    for who in RIGHTS:
        if not RIGHTS[who] or who in ("author", "teammate"):
            with pytest.raises(workflow.MoveRefused):
                workflow.publish_imported([version], by=people[who])
    assert not SubmissionEvent.objects.exists()
    workflow.publish_imported([version], by=people["staff"])
    [event] = SubmissionEvent.objects.all()
    assert (event.action, event.actor, event.note) == ("approve", people["staff"], "Imported.")
    assert Community.objects.published().get().catalogue_number == 1
