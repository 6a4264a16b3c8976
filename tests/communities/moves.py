"""How a submission comes into each status, for the tests of the workflow."""

from communities import workflow
from communities.enums import Action, Status
from communities.models import Submission
from communities.moves import READING
from tests import factories

# How a submission comes into each status: the moves and who makes them.
WAYS = {
    Status.SUBMITTED: [],
    Status.CHANGES_REQUESTED: [("staff", Action.REQUEST_CHANGES)],
    Status.PUBLISHED: [("staff", Action.APPROVE)],
    Status.DECLINED: [("staff", Action.DECLINE)],
    Status.WITHDRAWN: [("author", Action.WITHDRAW)],
    Status.UNPUBLISHED: [("staff", Action.APPROVE), ("staff", Action.UNPUBLISH)],
}
# A status in which each action can be done, and by whom.
STARTS = {
    action: next(status for status in WAYS if status in move.from_statuses)
    for action, move in workflow.MOVES.items()
    # What is put back was taken before.
    if action not in (Action.SUBMIT, Action.RELEASE)
}
ABLE = {
    action: "author" if action in (Action.WITHDRAW, Action.RESUBMIT) else "staff"
    for action in STARTS
}


def submission_in(status, people, title="The Mending Circle") -> Submission:
    made = factories.community(people["author"], title)
    factories.team(people["teammate"], people["staff_in_team"], made=made)
    row = factories.submit_for_review(made, by=people["author"])
    for who, action in WAYS[status]:
        move(row, action, by=people[who])
    assert row.status == status
    return row


def move(row, action, *, by, note="So that you know.", to=None, **options):
    """Any action of the table, with what it needs."""
    if action in READING:
        return workflow.take(row, action, by=by, to=to or by, note=note)
    if action == Action.APPROVE and by.is_authenticated:
        factories.tick(row, by=by)
    return workflow.move(row, action, by=by, revision=row.revision, note=note, **options)
