"""The one next good step of a design: a heading, a sentence why, and a place to take it."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from .checklist import Missing
from .cycle import Station, Step, present
from .enums import Status
from .models import Community, Implementation, Submission
from .pages.dates import day
from .readiness import Remark

SHOWN = 6


@dataclass(frozen=True)
class NextStep:
    heading: str
    why: str
    label: str
    url: str
    items: tuple[Missing, ...] = ()


WHY = {
    Station.IMAGINE: "A stranger should be able to say in one breath what it is and for whom.",
    Station.DESIGN: "Say what each value changes, then write the sections in any order you like.",
    Station.READY: "Settle a day and a place, and the rest of the plan becomes real.",
    Station.RUN: "When it has run, or did not, say so: how many came, and what happened.",
    Station.REFLECT: (
        "Write while it is fresh. Readers learn most from what did not go to plan, and reviewers"
        " look for a moment, a number or a sentence somebody said."
    ),
    Station.PUBLISH: "What is left is small. Then it can be read by a reviewer.",
    Station.BUILD_ON: "You can go on changing it. Readers see the change once it is approved.",
}

WHILE_IT_RUNS = (
    "Note down today what surprises you; next week it will seem as if you had always known it."
)
ANNOUNCING = (
    "Days, place, room and leaders are settled, and nothing is open. Tell people, and say here that"
    " you did."
)
UNTIL_THEN = (
    "Until then go on writing. What people ask you twice belongs into the document; and you can"
    " submit the design before it has run."
)


def next_step(
    community: Community,
    submission: Submission | None,
    missing: list[Missing],
    steps: tuple[Step, ...],
    run: Implementation | None,
    remarks: tuple[Remark, ...],
) -> NextStep:
    """No query. `run` is the next one, and `remarks` what is open before it is announced.

    The reviewers' answer comes first, then what a day asks for or allows, then what is needed
    before submitting, what is open before the run, and what is advised.
    """
    return (
        _under_review(community, submission)
        or _today(community, run, remarks)
        or _needed(missing, steps)
        or _until_it_runs(community, run, remarks)
        or _ready(community, missing)
    )


def _under_review(community: Community, submission: Submission | None) -> NextStep | None:
    place = reverse("studio_submit", args=[community.slug])
    if submission is not None and submission.status == Status.CHANGES_REQUESTED:
        return NextStep(
            "A reviewer asks for changes",
            "Nothing is lost. Change what you agree with, answer the rest, and submit again.",
            "Read what they ask",
            place,
        )
    if submission is not None and submission.status == Status.SUBMITTED:
        return NextStep(
            "It is with the reviewers",
            f"You will hear within {settings.REVIEW_PROMISE_DAYS} days. You can go on writing: they"
            " read the version that was submitted.",
            "See what they read",
            place,
        )
    return None


def _today(
    community: Community, run: Implementation | None, remarks: tuple[Remark, ...]
) -> NextStep | None:
    """A run that is over, that goes on, or that can be announced."""
    if run is None:
        return None
    today, first, last = timezone.localdate(), run.starts_on, run.ends_on or run.starts_on
    if last is not None and last < today:
        url = reverse("studio_implementation", args=[community.slug, run.pk])
        return NextStep("What came of it?", WHY[Station.RUN], "Say how it went", url)
    if first is not None and first <= today:
        url = reverse("studio_reflection_new", args=[community.slug])
        return NextStep("It runs now", WHILE_IT_RUNS, "Write a reflection", f"{url}?run={run.pk}")
    if remarks or run.is_announced:
        return None
    return NextStep("It can be announced", ANNOUNCING, "Announce it", _announcing(community, run))


def _until_it_runs(
    community: Community, run: Implementation | None, remarks: tuple[Remark, ...]
) -> NextStep | None:
    if run is None:
        return None
    if not run.is_announced:
        return NextStep(
            f"{_counted(len(remarks))} to settle before you announce it",
            WHY[Station.READY],
            "See what is open",
            _announcing(community, run),
            tuple(Missing(r.text, r.url, is_needed=False) for r in remarks[:SHOWN]),
        )
    url = reverse("studio_implementation", args=[community.slug, run.pk])
    begins = f"It begins on {day(run.starts_on)}" if run.starts_on else "It has no day yet"
    return NextStep(f"Announced. {begins}", UNTIL_THEN, "Look at the run once more", url)


def _announcing(community: Community, run: Implementation) -> str:
    return reverse("studio_announcement", args=[community.slug, run.pk])


def _needed(missing: list[Missing], steps: tuple[Step, ...]) -> NextStep | None:
    needed = [item for item in missing if item.is_needed]
    if not needed:
        return None
    return NextStep(
        f"{_counted(len(needed))} left before you can submit",
        WHY[present(steps)],
        needed[0].text.rstrip("."),
        needed[0].url,
        tuple(needed[:SHOWN]),
    )


def _ready(community: Community, missing: list[Missing]) -> NextStep:
    if community.is_published:
        url = reverse("design", args=[community.slug])
        why = WHY[Station.BUILD_ON]
        return NextStep("It is in the catalogue", why, "See the public page", url)
    return NextStep(
        "It has all it needs",
        "Look at it once as visitors will see it. A reviewer reads it next and answers you here.",
        "Submit it",
        reverse("studio_submit", args=[community.slug]),
        tuple(missing[:SHOWN]),
    )


WORDS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def _counted(number: int) -> str:
    word = WORDS[number] if number < len(WORDS) else str(number)
    return f"{word} thing{'' if number == 1 else 's'}"
