"""What the tests of the review desk share."""

from django.urls import reverse

from communities import workflow
from communities.enums import Action, Check
from communities.models import Section
from communities.services.document import save_section
from tests import factories


def address(submission, name="review_submission"):
    return reverse(name, args=[submission.pk])


def decision(submission, action, note="", **more):
    revision = more.pop("revision", submission.revision)
    if action == Action.APPROVE:
        more = {"checked": Check.values} | more
    return {"action": action, "note": note, "revision": revision, **more}


def resubmitted(cast, *, body="Benches are 62 centimetres high.", **values):
    """Sent, asked for changes, changed in one section, and sent again."""
    first = factories.submitted(cast.author)
    workflow.move(first, Action.REQUEST_CHANGES, by=cast.staff, revision=1, note="How high?")
    made = first.community
    section = Section.objects.get(community=made)
    save_section(made, section.template, by=cast.author, revision=1, body=body)
    return factories.submit_for_review(made, by=cast.author, note="62, we measured.")
