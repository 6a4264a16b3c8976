"""The table of moves: which leads from where to where, for whom, and what it needs."""

from dataclasses import dataclass

from .enums import Action, Side, Status


@dataclass(frozen=True)
class Move:
    """`to_status` is None where the status stays, and where it goes back to what it was."""

    from_statuses: tuple[Status, ...]
    to_status: Status | None
    who: Side
    needs_note: bool = False
    needs_checklist: bool = False
    # Takes back this move of one's own, within REVIEW_UNDO_MINUTES.
    undoes: Action | None = None


MOVES: dict[Action, Move] = {
    Action.SUBMIT: Move((Status.DRAFT,), Status.SUBMITTED, Side.TEAM),
    Action.RESUBMIT: Move((Status.CHANGES_REQUESTED,), Status.SUBMITTED, Side.TEAM),
    Action.WITHDRAW: Move(Status.open(), Status.WITHDRAWN, Side.TEAM),
    Action.APPROVE: Move(
        (Status.SUBMITTED,), Status.PUBLISHED, Side.REVIEWER, needs_checklist=True
    ),
    Action.REQUEST_CHANGES: Move(
        (Status.SUBMITTED,), Status.CHANGES_REQUESTED, Side.REVIEWER, needs_note=True
    ),
    Action.DECLINE: Move(Status.open(), Status.DECLINED, Side.REVIEWER, needs_note=True),
    Action.UNPUBLISH: Move((Status.PUBLISHED,), Status.UNPUBLISHED, Side.REVIEWER, needs_note=True),
    Action.RESTORE: Move((Status.UNPUBLISHED,), Status.PUBLISHED, Side.REVIEWER),
    Action.UNDO_APPROVE: Move((Status.PUBLISHED,), None, Side.REVIEWER, undoes=Action.APPROVE),
    Action.UNDO_DECLINE: Move((Status.DECLINED,), None, Side.REVIEWER, undoes=Action.DECLINE),
    Action.CLAIM: Move((Status.SUBMITTED,), None, Side.REVIEWER),
    Action.RELEASE: Move((Status.SUBMITTED,), None, Side.REVIEWER),
    Action.HAND_OVER: Move((Status.SUBMITTED,), None, Side.REVIEWER),
}
# Who reads a submission is no status, and changes by `take`.
READING = (Action.CLAIM, Action.RELEASE, Action.HAND_OVER)
