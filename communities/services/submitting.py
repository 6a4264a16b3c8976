"""What people do with versions on purpose: keep one, and put one forward."""

from django.db import transaction

from .. import workflow
from ..checklist import missing_for_submission
from ..enums import Action, VersionReason
from ..models import Community, Submission, Version
from .editing import create_once, write_revised
from .versions import freeze


class NotReady(Exception):
    """Something that a submission needs is missing; `missing` says what and where."""

    def __init__(self, missing: list):
        super().__init__(len(missing))
        self.missing = missing


def save_version(community: Community, *, by, note="", key=None) -> Version:
    """A version by hand; the form's one-time `key` keeps a second click from making another."""
    return create_once(key, by=by, make=lambda: freeze(community, by=by, note=note))


@transaction.atomic
def submit_for_review(
    community: Community, *, by, note="", licence: str = "", revision: int = 0, at=None
) -> Submission:
    """Freeze and put forward, or again after changes were requested.

    A `licence` other than the present one is saved first, if the community is still at
    `revision`. Raises Stale, NotReady, workflow.MoveRefused or workflow.MoveLost; then nothing is
    saved and no version made.
    """
    if licence and licence != community.licence:
        write_revised(community, by=by, revision=revision, licence=licence)
    if missing := [item for item in missing_for_submission(community) if item.is_needed]:
        raise NotReady(missing)
    version = freeze(community, by=by, reason=VersionReason.SUBMITTED)
    submission = community.submissions.open().select_related("community").first()
    if submission is None:
        return workflow.submit(version, by=by, note=note, at=at)
    return workflow.move(
        submission,
        Action.RESUBMIT,
        by=by,
        revision=submission.revision,
        note=note,
        version=version,
        at=at,
    )
