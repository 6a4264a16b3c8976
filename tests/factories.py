"""Rows for tests, made through the product's own services."""

import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import Cohort, User
from accounts.services import verified_person
from communities import workflow
from communities.enums import Action, Audience, Check, Consent, Kind, Mode, Outcome
from communities.models import Community, SectionTemplate, Value
from communities.services.attachments import add_attachment
from communities.services.document import save_section
from communities.services.implementations import add_implementation, add_reflection
from communities.services.insights import add_insight
from communities.services.photos import add_photo
from communities.services.reviewing import keep_checklist
from communities.services.starting import start_community
from communities.services.submitting import submit_for_review
from communities.services.team import add_teammate
from communities.services.values import save_values
from gallery.index import index_community

PASSWORD = "a long enough password"


def person(name: str, **fields) -> User:
    box = name.lower().strip(".").replace(" ", ".").encode("ascii", "ignore").decode()
    return verified_person(f"{box}@example.org", PASSWORD, name=name, **fields)


def cohort(name="Spring 2027", *, capacity=40, **details) -> Cohort:
    details = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 5, 28), **details}
    slug = name.lower().replace(" ", "-")
    return Cohort.objects.create(name=name, slug=slug, capacity=capacity, **details)


def picture_file(name="picture.png", color="#336699", size=(64, 48)) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", size, color).save(buffer, "PNG")
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/png")


def community(by: User, title="The Mending Circle", *, values=("care", "mastery"), **details):
    """A complete draft that lacks nothing for submission. `details` are Community fields."""
    details = {
        "kind": Kind.WORKSHOP,
        "mode": Mode.IN_PERSON,
        "audience": Audience.ANYONE,
        "summary": "Nobody should own a thing they are afraid to open.",
        "purpose_who": "neighbours",
        "purpose_what": "mend what they own",
        "purpose_so_that": "they are no longer afraid of it",
        **details,
    }
    made = start_community(by=by, title=title, **details)
    rows = [Value.objects.get(slug=slug) for slug in values]
    reasons = [
        {"value": row, "rationale": f"{row.name} in {title}", "evidence": f"Seen: {row.name}"}
        for row in rows
    ]
    save_values(made, by=by, revision=1, reasons=reasons)
    template = SectionTemplate.objects.get(key="big-purpose")
    save_section(made, template, by=by, revision=0, body=f"Why we made {title}.")
    run = add_implementation(
        made,
        by=by,
        outcome=Outcome.RAN,
        mode=details["mode"],
        place="A bicycle shop",
        starts_on=date(2025, 3, 3),
        ends_on=date(2025, 3, 7),
        participants_within=19,
        participants_beyond=27,
    )
    add_reflection(run, by=by, worked_well="The relay held.", did_not_work="The queue.")
    insight(made, by=by)
    return made


def insight(made: Community, *, by: User, headline="Teach it tomorrow", values=("mastery",)):
    rows = Value.objects.filter(slug__in=values)
    return add_insight(
        made, by=by, type="worked", headline=headline, body="Counted.", basis="counted", values=rows
    )


def photo(made: Community, *, by: User, upload=None, **words):
    words = {"alt": "A long table", "consent": Consent.NO_PEOPLE, **words}
    return add_photo(made, by=by, upload=upload or picture_file(), **words)


def attachment(made: Community, *, by: User, name="tools.csv", data=b"tool,price\n", **words):
    return add_attachment(made, by=by, upload=SimpleUploadedFile(name, data), **words)


def submitted(by: User, title="The Mending Circle", **details):
    """A submission that waits for review."""
    return submit_for_review(community(by, title, **details), by=by)


def published(by: User, staff: User, title="The Mending Circle", **details) -> Community:
    """A design in the gallery."""
    return publish(community(by, title, **details), by=by, staff=staff)


def publish(made: Community, *, by: User, staff: User) -> Community:
    """Its working copy as it is now: submitted, approved and found by search."""
    submission = submit_for_review(made, by=by)
    move(submission, Action.APPROVE, by=staff)
    return Community.objects.get(pk=made.pk)


def unpublish(made: Community, *, by: User) -> None:
    move(made.submissions.latest("pk"), Action.UNPUBLISH, by=by)


def move(submission, action: Action, *, by: User) -> None:
    """A move with what follows its commit for the gallery, which tests roll back."""
    if action is Action.APPROVE:
        tick(submission, by=by)
    workflow.move(submission, action, by=by, revision=submission.revision, note="Because.")
    index_community(submission.community_id)


def team(*people: User, made: Community) -> Community:
    for person_ in people:
        add_teammate(made, user=person_)
    return made


def tick(submission, *, by: User) -> None:
    """Every point of the reviewer's checklist, which an approval needs."""
    keep_checklist(submission, by=by, ticked=Check.values)


def approve(submission, *, by: User):
    tick(submission, by=by)
    return workflow.move(submission, Action.APPROVE, by=by, revision=submission.revision)
