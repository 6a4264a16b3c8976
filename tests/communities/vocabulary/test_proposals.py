"""A value that somebody misses: proposed, answered once, and told."""

import pytest
from django.core import mail
from django.urls import reverse

from communities.enums import ProposalStatus
from communities.models import Value, ValueAlias, ValueProposal, VocabularyEvent
from communities.services.vocabulary import propose_value
from tests.html import assert_valid

PROPOSE = reverse("studio_propose")
DESK = reverse("review_vocabulary")
PATIENCE = {
    "name": "Patience",
    "short": "Waiting is part of the work.",
    "why": "Care is about people. We wait for dough.",
}


@pytest.fixture
def proposal(cast):
    return propose_value(by=cast.author, **PATIENCE)


def page_of(proposal) -> str:
    return reverse("review_proposal", args=[proposal.pk])


def accepted(**more) -> dict:
    return {
        "status": "accepted",
        "name": "Patience",
        "short": "Waiting is part of the work.",
        "definition": "Time is given where it is needed.",
        "not_confused_with": "Slowness.",
        "mark": "rest",
        "answer": "",
        **more,
    }


def test_a_student_proposes_and_staff_see_it_first(sign_in, cast):
    answer = sign_in(cast.author).post(PROPOSE, PATIENCE)
    assert (answer.status_code, answer.url) == (302, PROPOSE)
    row = ValueProposal.objects.get()
    assert (row.name, row.proposed_by, row.status) == ("Patience", cast.author, "waiting")
    html = sign_in(cast.staff).get(DESK).content.decode()
    assert_valid(html)
    assert "Patience</b></a>: Waiting is part of the work." in html


def test_a_second_click_proposes_once(sign_in, cast):
    client = sign_in(cast.author)
    key = str(client.get(PROPOSE).context["form"]["key"].value())
    for _ in range(2):
        client.post(PROPOSE, {**PATIENCE, "key": key})
    assert ValueProposal.objects.count() == 1


@pytest.mark.parametrize("name", ["Equity", "equity ", "Fairness"])
def test_what_leads_to_a_value_already_is_refused_with_everything_kept(sign_in, cast, name):
    answer = sign_in(cast.author).post(PROPOSE, {**PATIENCE, "name": name})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert_valid(html)
    assert "leads to a value already" in html
    assert PATIENCE["why"] in html
    assert not ValueProposal.objects.exists()


def test_accepted_it_is_a_value_for_everybody(
    sign_in, cast, proposal, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = sign_in(cast.staff).post(page_of(proposal), accepted())
    assert (answer.status_code, answer.url) == (302, DESK)
    value = Value.objects.get(slug="patience")
    assert (value.mark, value.is_retired) == ("rest", False)
    assert list(Value.objects.all())[-1] == value
    proposal.refresh_from_db()
    assert (proposal.status, proposal.value) == (ProposalStatus.ACCEPTED, value)
    [letter] = mail.outbox
    assert letter.to == [cast.author.email]
    assert "It is a value now" in letter.body
    assert [event.act for event in VocabularyEvent.objects.all()] == ["added"]
    assert "Patience" in sign_in(None).get(reverse("values")).content.decode()


def test_another_word_leads_to_the_value_it_is_another_word_for(sign_in, cast, proposal):
    said = {"status": "alias", "value": "care", "answer": "Care says it."}
    assert sign_in(cast.staff).post(page_of(proposal), said).status_code == 302
    assert ValueAlias.objects.get(slug="patience").value.slug == "care"
    answer = sign_in(None).get(reverse("value", args=["patience"]))
    assert (answer.status_code, answer.url) == (301, reverse("value", args=["care"]))
    html = sign_in(cast.author).get(PROPOSE).content.decode()
    assert "another word for a value we have" in html
    assert "Care says it." in html


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({}, "Choose an answer."),
        ({"status": "declined"}, "Write why"),
        ({"status": "alias"}, "Choose the value"),
        (accepted(definition=""), "Write the definition"),
        (accepted(mark=""), "Choose a mark"),
        (accepted(mark="care"), "Choose one of these"),
        (accepted(name="Fairness"), "leads to a value already"),
    ],
)
def test_an_answer_that_lacks_something_changes_nothing(sign_in, cast, proposal, said, error):
    answer = sign_in(cast.staff).post(page_of(proposal), {"answer": "", **said})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert_valid(html)
    assert error in html
    assert ValueProposal.objects.get().status == ProposalStatus.WAITING
    assert not mail.outbox


def test_the_second_answer_is_told_of_the_first_and_keeps_its_words(sign_in, cast, proposal):
    client = sign_in(cast.staff)
    client.post(page_of(proposal), {"status": "declined", "answer": "Care says it."})
    late = client.post(page_of(proposal), accepted(answer="Welcome."))
    assert late.status_code == 409
    html = late.content.decode()
    assert_valid(html)
    assert "Care says it." in html
    assert "Welcome." in html
    assert not Value.objects.filter(slug="patience").exists()


def test_only_its_author_and_staff_read_a_proposal(sign_in, cast, proposal):
    assert sign_in(cast.classmate).get(page_of(proposal)).status_code == 404
    assert "Patience" not in sign_in(cast.classmate).get(PROPOSE).content.decode()
    assert sign_in(None).get(PROPOSE).status_code == 302


def test_an_edit_by_staff_is_written_down_with_the_words_before_and_after(sign_in, cast):
    value = Value.objects.get(slug="care")
    plain = ("name", "short", "definition", "not_confused_with", "mark", "drawn_as", "position")
    form = {name: getattr(value, name) for name in plain} | {"short": "Somebody notices."}
    for prefix in ("questions", "aliases"):
        form |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    client = sign_in(cast.staff)
    address = reverse("admin:communities_value_change", args=[value.pk])
    assert client.post(address, form).status_code == 302
    [event] = VocabularyEvent.objects.all()
    assert (event.act, event.actor, event.slug) == ("edited", cast.staff, "care")
    assert event.details == {"changes": {"Short": [value.short, "Somebody notices."]}}
    html = client.get(reverse("review_word", args=["value", "care"])).content.decode()
    assert_valid(html)
    assert f"<del>{value.short}</del> <ins>Somebody notices.</ins>" in html


@pytest.mark.parametrize(("said", "is_retired"), [("1", True), ("0", False)])
def test_a_value_is_retired_and_offered_again(sign_in, cast, said, is_retired):
    Value.objects.filter(slug="care").update(is_retired=not is_retired)
    client = sign_in(cast.staff)
    client.post(reverse("review_retire", args=["care"]), {"retire": said})
    assert Value.objects.get(slug="care").is_retired is is_retired
    assert VocabularyEvent.objects.get().act == ("retired" if is_retired else "offered")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_there_is(
    sign_in, cast, django_assert_num_queries, count
):
    for number in range(count):
        propose_value(by=cast.author, **{**PATIENCE, "name": f"Patience {number}"})
    client = sign_in(cast.staff)
    with django_assert_num_queries(9):
        client.get(DESK)
