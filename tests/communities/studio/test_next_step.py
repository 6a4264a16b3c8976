"""The one next step, at every station of the way from an idea to what others build on."""

from datetime import date

import pytest
import time_machine

from communities.enums import Action, Kind, Outcome
from communities.models import Community, SectionTemplate, Value
from communities.services.about import save_about
from communities.services.document import save_section
from communities.services.implementations import (
    add_implementation,
    add_reflection,
    announce,
    save_implementation,
)
from communities.services.starting import start_community
from communities.services.submitting import submit_for_review
from communities.services.values import save_values
from tests import factories
from tests.html import text_of

FIRST, LAST = date(2027, 1, 4), date(2027, 1, 8)
LEADING = {
    "layout": "roles",
    "roles": [{"id": "1", "role": "Host", "does": "Opens", "leads": True}],
}
WHOLE = {
    "kind": Kind.CAMP,
    "mode": "in-person",
    "audience": "anyone",
    "summary": "A camp.",
    "purpose_who": "we",
    "purpose_what": "meet",
    "purpose_so_that": "we know each other",
}


@pytest.fixture(autouse=True)
def _before_it_begins():
    with time_machine.travel(date(2026, 12, 1), tick=False):
        yield


@pytest.fixture
def step(sign_in, cast):
    """step(made) is the next step on its page: heading, button, address. The studio says it too."""

    def read(made) -> tuple[str, str, str]:
        client = sign_in(cast.author)
        html = client.get(f"/studio/{made.slug}/").content.decode()
        box = html.split('class="next-step"')[1].split("</section>")[0]
        heading = box.split('<h2 id="next">')[1].split("</h2>")[0]
        address, _, label = box.split('<a class="button" href="')[1].partition('">')
        label = label.split("</a>")[0]
        [card] = text_of(client.get("/studio/").content.decode(), "next")
        assert heading in card
        assert f"{label}: {made.title}" in card
        return heading, label, address.removeprefix(f"/studio/{made.slug}/")

    return read


def settle(run, *, by):
    facts = {"starts_on": FIRST, "ends_on": LAST, "mode": "in-person", "place": "A hall"}
    sessions = [{"date": FIRST, "title": "First"}]
    run.refresh_from_db()
    return save_implementation(
        run, by=by, revision=run.revision, capacity=12, sessions=sessions, **facts
    )


def test_the_whole_way(step, cast):
    by = cast.author
    made = start_community(by=by, title="Slowly")
    assert step(made) == ("Eight things left before you can submit", "Choose a kind", "about/")
    save_about(made, by=by, revision=made.revision, topics=[], **WHOLE)
    assert step(made) == (
        "Three things left before you can submit",
        "Choose at least one value",
        "values/",
    )
    made.refresh_from_db()
    reasons = [{"value": Value.objects.get(slug="care"), "rationale": "Because."}]
    save_values(made, by=by, revision=made.values_revision, reasons=reasons)
    assert step(made) == (
        "Two things left before you can submit",
        "Write at least one section of the document",
        "document/",
    )
    for key in ("big-purpose", "is-and-is-not", "value-questions", "structure"):
        template = SectionTemplate.objects.get(key=key)
        save_section(made, template, by=by, revision=0, body="Written.")
    assert step(made) == (
        "One thing left before you can submit",
        "Say when and where it ran, or is to run",
        "runs/",
    )
    run = add_implementation(made, by=by)
    announcing = f"runs/{run.pk}/announce/"
    assert step(made) == (
        "Six things to settle before you announce it",
        "See what is open",
        announcing,
    )
    settle(run, by=by)
    template = SectionTemplate.objects.get(key="people")
    save_section(made, template, by=by, revision=0, structure=LEADING)
    assert step(made) == ("It can be announced", "Announce it", announcing)
    run.refresh_from_db()
    announce(run, by=by, revision=run.revision)
    assert step(made) == (
        "Announced. It begins on 4 January 2027",
        "Look at the run once more",
        f"runs/{run.pk}/",
    )
    with time_machine.travel(FIRST, tick=False):
        new = f"reflections/new/?run={run.pk}"
        assert step(made) == ("It runs now", "Write a reflection", new)
    with time_machine.travel(date(2027, 1, 9), tick=False):
        assert step(made) == ("What came of it?", "Say how it went", f"runs/{run.pk}/")
        _from_looking_back_to_building_on(step, cast, made, run)


def _from_looking_back_to_building_on(step, cast, made, run):
    by = cast.author
    run.refresh_from_db()
    facts = {"outcome": Outcome.RAN, "participants_within": 3}
    save_implementation(run, by=by, revision=run.revision, **facts)
    assert step(made) == (
        "One thing left before you can submit",
        "Write a reflection on what happened",
        "reflections/",
    )
    add_reflection(run, by=by, differently="Begin at three.")
    made.refresh_from_db()
    Community.objects.filter(pk=made.pk).update(licence="cc-by-4.0")
    assert step(made) == ("It has all it needs", "Submit it", "submit/")
    submission = submit_for_review(made, by=by)
    assert step(made) == ("It is with the reviewers", "See what they read", "submit/")
    factories.move(submission, Action.REQUEST_CHANGES, by=cast.staff)
    assert step(made) == ("A reviewer asks for changes", "Read what they ask", "submit/")
    factories.approve(submit_for_review(made, by=by), by=cast.staff)
    assert step(made) == (
        "It is in the catalogue",
        "See the public page",
        f"/designs/{made.slug}/",
    )
    # The next iteration begins again where a run is planned.
    again = add_implementation(made, by=by)
    heading, label, address = step(made)
    assert (heading, label) == ("Five things to settle before you announce it", "See what is open")
    assert address == f"runs/{again.pk}/announce/"


def test_what_can_be_announced_comes_before_what_a_submission_needs(step, cast, made):
    """The pictures are for the reader; the people who are to come need to know of it now."""
    run = made.implementations.get()
    run.reflections.all().delete()
    save_implementation(run, by=cast.author, revision=run.revision, outcome=Outcome.NOT_YET_RUN)
    settle(run, by=cast.author)
    template = SectionTemplate.objects.get(key="people")
    save_section(made, template, by=cast.author, revision=0, structure=LEADING)
    factories.photo(made, by=cast.author, alt="", consent="")
    assert step(made) == ("It can be announced", "Announce it", f"runs/{run.pk}/announce/")
    run.refresh_from_db()
    announce(run, by=cast.author, revision=run.revision)
    heading, label, _ = step(made)
    assert (heading, label) == (
        "Two things left before you can submit",
        "Describe picture 1, or call it decorative",
    )
