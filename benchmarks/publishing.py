"""One publication through the services that the site uses, and its way back."""

import random
import time
from datetime import date

from accounts.models import User
from benchmarks.worker import timed
from communities import workflow
from communities.enums import Action, Audience, Check, Kind, Mode
from communities.models import (
    Community,
    SectionTemplate,
    Submission,
    SubmissionEvent,
    Value,
    log_opened,
)
from communities.services.document import save_section
from communities.services.implementations import add_implementation, add_reflection
from communities.services.insights import add_insight
from communities.services.reviewing import keep_checklist
from communities.services.starting import start_community
from communities.services.submitting import submit_for_review
from communities.services.values import save_values
from communities.synthetic.words import Words
from gallery.catalogue import current_catalogue

TEMPLATES = ("big-purpose", "people", "structure", "inquiry-cycle", "barriers")


def measured(count: int) -> list[dict]:
    """Milliseconds of each approval, and of the next search in this process."""
    words, rng = Words(99), random.Random(int(time.time()))
    author, staff = _person("author", False), _person("staff", True)
    return [_publication(words, rng, author, staff) for _ in range(count)]


def _publication(words: Words, rng: random.Random, author: User, staff: User) -> dict:
    made = _draft(words, rng, author)
    submission = submit_for_review(made, by=author)
    current_catalogue()
    keep_checklist(submission, by=staff, ticked=Check.values)
    submission, publishing = timed(
        lambda: workflow.move(submission, Action.APPROVE, by=staff, revision=submission.revision)
    )
    catalogue, following = timed(current_catalogue)
    number = Community.objects.get(pk=made.pk).catalogue_number
    assert number in catalogue.everything, "published and not found"
    _, unpublishing = timed(
        lambda: workflow.move(
            submission, Action.UNPUBLISH, by=staff, revision=submission.revision, note="Bench."
        )
    )
    assert number not in current_catalogue().everything, "unpublished and still found"
    with log_opened():
        SubmissionEvent._base_manager.filter(submission__community=made).delete()
    Submission.objects.filter(community=made).delete()
    made.delete()
    return {
        "publish": publishing["ms"],
        "publish_cpu": publishing["cpu"],
        "follow": following["ms"],
        "unpublish": unpublishing["ms"],
    }


def _draft(words: Words, rng: random.Random, author: User) -> Community:
    """As long as a synthetic one."""
    made = start_community(
        by=author,
        title=f"Bench {words.name(rng, first=40, last=8_000)}",
        kind=Kind.WORKSHOP,
        mode=Mode.HYBRID,
        audience=Audience.ANYONE,
        summary=words.line(rng, 200),
        description=words.text(rng, 5),
        purpose_who=words.line(rng, 90),
        purpose_what=words.line(rng, 90),
        purpose_so_that=words.line(rng, 90),
    )
    values = list(Value.objects.all()[:3])
    reasons = [
        {"value": v, "rationale": words.text(rng, 3), "evidence": words.text(rng, 2)}
        for v in values
    ]
    save_values(made, by=author, revision=1, reasons=reasons)
    for template in SectionTemplate.objects.filter(key__in=TEMPLATES):
        save_section(made, template, by=author, revision=0, body=words.own_text(rng, 7))
    run = add_implementation(
        made,
        by=author,
        outcome="ran",
        mode=Mode.ONLINE,
        place="A hall",
        starts_on=date(2025, 3, 3),
        ends_on=date(2025, 3, 7),
        participants_within=19,
    )
    add_reflection(run, by=author, worked_well=words.text(rng, 2))
    add_insight(
        made,
        by=author,
        type="worked",
        headline=words.line(rng, 200),
        body="",
        basis="",
        values=values[:1],
    )
    return made


def _person(part: str, is_staff: bool) -> User:
    email = f"{part}@bench.invalid"
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, None, name=part, is_staff=is_staff)
