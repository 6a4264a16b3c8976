from datetime import date

import pytest
import time_machine

from accounts.models import Cohort
from communities import workflow
from communities.checklist import with_parts
from communities.cycle import present, steps_of
from communities.enums import Action, Kind, Outcome
from communities.models import Community, Implementation, SectionTemplate, Value
from communities.services.document import save_section
from communities.services.implementations import add_implementation, add_reflection
from communities.services.starting import start_community
from communities.services.values import save_values
from tests import factories
from tests.html import assert_valid, text_of


def states(community) -> str:
    return " ".join(step.state for step in steps_of(with_parts(community)))


def test_the_arc_follows_what_is_there(cast):
    made = start_community(by=cast.author, title="Slowly", kind=Kind.CAMP, summary="A camp.")
    assert states(made) == "now todo todo todo todo todo todo"
    purpose = {f"purpose_{part}": part for part in ("who", "what", "so_that")}
    Community.objects.filter(pk=made.pk).update(**purpose)
    made.refresh_from_db()
    reasons = [{"value": Value.objects.get(slug="care")}]
    save_values(made, by=cast.author, revision=1, reasons=reasons)
    assert states(made) == "done now todo todo todo todo todo"
    made.community_values.update(rationale="Because.")
    for template in SectionTemplate.objects.all()[:5]:
        save_section(made, template, by=cast.author, revision=0, body="Written.")
    assert states(made) == "done done now todo todo todo todo"
    run = add_implementation(made, by=cast.author, starts_on=date(2027, 1, 4), place="The yard")
    assert states(made) == "done done done now todo todo todo"
    Implementation.objects.filter(pk=run.pk).update(outcome=Outcome.DID_NOT_HAPPEN)
    assert states(made) == "done done done done now todo todo"
    add_reflection(run, by=cast.author, did_not_work="Nobody came.")
    assert states(made) == "done done done done done now todo"


def test_who_has_run_it_was_ready_to(cast, made):
    assert states(made) == "done done done done done now todo"


def test_the_published_go_on_to_be_built_on(cast):
    made = factories.published(cast.author, cast.staff)
    steps = steps_of(with_parts(made))
    assert present(steps) == "build-on"
    assert states(made) == "done done done done done done now"


def test_the_overview_names_the_next_step(sign_in, cast):
    made = start_community(by=cast.author, title="Fresh")
    page = sign_in(cast.author).get(f"/studio/{made.slug}/").content.decode()
    assert text_of(page, "next-step")[0].startswith(
        "Eight things left before you can submit A stranger should be able to say in one breath"
        " what it is and for whom. Choose a kind"
    )
    assert '<a class="button" href="/studio/fresh/about/">Choose a kind</a>' in page
    assert_valid(page)


def test_nothing_missing_leads_to_submitting(sign_in, cast, made):
    page = sign_in(cast.author).get(f"/studio/{made.slug}/").content.decode()
    assert text_of(page, "next-step")[0].startswith("It has all it needs")
    assert f'<a class="button" href="/studio/{made.slug}/submit/">Submit it</a>' in page


def test_the_parts_tell_how_far_each_has_come(sign_in, cast, made):
    factories.photo(made, by=cast.author, alt="", consent="")
    page = sign_in(cast.author).get(f"/studio/{made.slug}/").content.decode()
    assert text_of(page, "parts") == [
        "Parts of the entry and their state"
        " About Describe it in a paragraph. Edit: about"
        " Values Care, Mastery, each with its reason. Edit: values"
        " Document 1 of 13 sections, 5 words. Write: document"
        " Photographs 1 in all. 1 has no description, 1 needs consent. Put right: photographs"
        " Runs 1 in all, 46 people. View: runs"
        " Reflections 2 of 5 prompts answered. Write: reflections"
        " Insights One written; most designs have two or three. Add: insights"
    ]
    assert "One picture needs consent" in text_of(page, "needs")[0]
    assert_valid(page)


def test_a_reviewers_answer_comes_first(sign_in, cast):
    submission = factories.submitted(cast.author)
    workflow.move(
        submission,
        Action.REQUEST_CHANGES,
        by=cast.staff,
        revision=submission.revision,
        note="Where is <i>play</i>?",
    )
    page = sign_in(cast.author).get("/studio/the-mending-circle/").content.decode()
    assert text_of(page, "badge") == ["Changes asked for"]
    assert text_of(page, "next-step")[0].startswith("A reviewer asks for changes")
    assert "Robin S. answered: “Where is <i>play</i>?”" in text_of(page, "needs")[0]
    assert_valid(page)


def test_waiting_for_review_and_published_are_said(sign_in, cast):
    submission = factories.submitted(cast.author)
    client = sign_in(cast.author)
    page = client.get("/studio/the-mending-circle/").content.decode()
    assert text_of(page, "badge")[0].startswith("With the reviewers since ")
    factories.approve(submission, by=cast.staff)
    page = client.get("/studio/the-mending-circle/").content.decode()
    assert text_of(page, "badge") == ["Published"]


@pytest.mark.parametrize(("today", "is_said"), [("2027-06-13", True), ("2027-06-14", False)])
def test_the_end_of_the_cohort_is_said_while_it_lies_ahead(sign_in, cast, made, today, is_said):
    cohort = Cohort.objects.create(
        name="Spring", slug="spring", starts_on="2027-02-01", ends_on="2027-06-13", capacity=9
    )
    Community.objects.filter(pk=made.pk).update(cohort=cohort)
    with time_machine.travel(today):
        page = sign_in(cast.author).get(f"/studio/{made.slug}/").content.decode()
    assert ("Spring ends on Sunday 13 June 2027." in text_of(page, "needs")[0]) is is_said


def test_what_it_builds_on_is_named_as_the_catalogue_has_it(sign_in, cast, made):
    parent = factories.published(cast.classmate, cast.staff)
    Community.objects.filter(pk=parent.pk).update(title="Secretly renamed")
    Community.objects.filter(pk=made.pk).update(parent=parent)
    page = sign_in(cast.author).get(f"/studio/{made.slug}/").content.decode()
    assert 'Built on <a href="/designs/the-mending-circle/">The Mending Circle</a>.' in page
    assert "Secretly renamed" not in page


def test_an_unpublished_parent_is_not_named(sign_in, cast, made):
    parent = factories.community(cast.classmate, "Hidden Parent")
    Community.objects.filter(pk=made.pk).update(parent=parent)
    assert "Hidden Parent" not in sign_in(cast.author).get(f"/studio/{made.slug}/").content.decode()


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "{{ user }}", "‮ odd", "a" * 120])
def test_any_title_is_inert(sign_in, cast, title):
    made = start_community(by=cast.author, title=title)
    page = sign_in(cast.author).get(f"/studio/{made.slug}/").content.decode()
    assert "<script>alert" not in page
    assert_valid(page)
