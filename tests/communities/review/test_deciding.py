"""Deciding about a submission: once, with a reason, and never over somebody else's decision."""

import pytest
from django.test import Client
from django.urls import reverse

from communities import workflow
from communities.enums import Action, Check, Status
from tests import factories
from tests.communities.review.desk import address, decision, resubmitted
from tests.html import assert_valid


@pytest.mark.parametrize(
    ("action", "note", "status", "said"),
    [
        (Action.APPROVE, "", Status.PUBLISHED, "is published"),
        (Action.APPROVE, "Lovely.", Status.PUBLISHED, "is published"),
        (Action.REQUEST_CHANGES, "Who?", Status.CHANGES_REQUESTED, "is back with its team"),
        (Action.DECLINE, "Not a design.", Status.DECLINED, "is declined"),
    ],
)
def test_each_decision_is_made_once_and_said(cast, desk, action, note, status, said):
    row = factories.submitted(cast.author)
    answer = desk.post(address(row, "review_decide"), decision(row, action, note), follow=True)
    assert answer.redirect_chain == [(reverse("review"), 302)]
    assert said in answer.content.decode()
    row.refresh_from_db()
    assert row.status == status
    event = row.events.last()
    assert (event.action, event.actor, event.note) == (action, cast.staff, note)


@pytest.mark.parametrize("action", [Action.REQUEST_CHANGES, Action.DECLINE])
def test_a_note_is_needed_and_what_was_chosen_stays(cast, desk, action):
    row = factories.submitted(cast.author)
    sent = decision(row, action, "  \n ", checked=["purpose", "people"])
    answer = desk.post(address(row, "review_decide"), sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_note">To the team: Write to the team why, and what they can do.' in text
    form = answer.context["form"]
    assert (form["action"].value(), form["checked"].value()) == (action, ["purpose", "people"])
    row.refresh_from_db()
    assert row.status == Status.SUBMITTED
    assert_valid(text)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"action": "approve"},
        {"action": "publish", "revision": "1"},
        {"action": "withdraw", "revision": "1", "note": "x"},
        {"action": "unpublish", "revision": "1", "note": "x"},
        {"action": "approve", "revision": "9" * 400},
        {"action": "approve", "revision": "1", "note": "a\x00b"},
        {"action": "decline", "revision": "1", "note": "x" * 20_000},
        {"action": "approve", "revision": "1", "checked": "\x00"},
        {"action": ["approve", "eat"], "revision": "1"},
    ],
)
def test_forged_and_broken_forms_change_nothing_and_keep_the_note(cast, desk, sent):
    row = factories.submitted(cast.author)
    answer = desk.post(address(row, "review_decide"), sent)
    assert answer.status_code == 422
    assert answer.context["form"]["note"].value() in (sent.get("note"), None)
    row.refresh_from_db()
    assert (row.status, row.revision, row.events.count()) == (Status.SUBMITTED, 1, 1)


def test_what_the_status_does_not_allow_is_refused(cast, desk):
    row = factories.submitted(cast.author)
    workflow.move(row, Action.REQUEST_CHANGES, by=cast.staff, revision=1, note="Who?")
    answer = desk.post(address(row, "review_decide"), decision(row, Action.APPROVE, "Kept"))
    assert answer.status_code == 422
    assert "This cannot be done with the submission as it stands." in answer.content.decode()
    assert "Kept" in answer.content.decode()
    row.refresh_from_db()
    assert row.status == Status.CHANGES_REQUESTED


def test_the_slower_reviewer_is_told_what_happened_and_keeps_the_note(cast, desk):
    row = factories.submitted(cast.author)
    other = factories.person("Ada L.", is_staff=True)
    workflow.move(row, Action.DECLINE, by=other, revision=1, note="Not ours to judge.")
    sent = decision(row, Action.REQUEST_CHANGES, "My <long> note", revision=1)
    answer = desk.post(address(row, "review_decide"), sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Ada L. declined version 1" in text
    assert "Not ours to judge." in text
    assert "My &lt;long&gt; note</textarea>" in text
    assert row.events.count() == 2
    assert_valid(text)


def test_after_a_lost_race_the_kept_form_decides_about_the_state_as_it_is_now(cast, desk):
    row = resubmitted(cast)
    sent = decision(row, Action.APPROVE, "Fine now", revision=1, checked=Check.values)
    answer = desk.post(address(row, "review_decide"), sent)
    assert answer.status_code == 409
    assert [event.action for event in answer.context["meanwhile"]] == [
        "request-changes",
        "resubmit",
    ]
    form = answer.context["form"]
    kept = {name: form[name].value() for name in ("action", "note", "revision", "checked")}
    assert kept == {"action": "approve", "note": "Fine now", "revision": 3, "checked": Check.values}
    assert_valid(answer.content.decode())
    desk.post(address(row, "review_decide"), kept)
    row.refresh_from_db()
    assert row.status == Status.PUBLISHED


def test_the_address_of_deciding_leads_back_to_the_submission(cast, desk):
    row = factories.submitted(cast.author)
    assert desk.get(address(row, "review_decide")).url == address(row)


def test_deciding_needs_the_token_of_the_form(cast):
    row = factories.submitted(cast.author)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.staff)
    answer = strict.post(address(row, "review_decide"), decision(row, Action.APPROVE))
    assert answer.status_code == 403
    row.refresh_from_db()
    assert row.status == Status.SUBMITTED


# --- Out of the gallery and back ----------------------------------------------------------------


def test_unpublishing_asks_once_needs_a_reason_and_can_be_undone(cast, desk):
    made = factories.published(cast.author, cast.staff)
    row = made.submissions.get()
    page = desk.get(address(row))
    assert address(row, "review_unpublish") in page.content.decode()
    assert_valid(desk.get(address(row, "review_unpublish")).content.decode())

    refused = desk.post(address(row, "review_unpublish"), decision(row, Action.UNPUBLISH))
    assert refused.status_code == 422
    assert_valid(refused.content.decode())
    made.refresh_from_db()
    assert made.is_published

    desk.post(address(row, "review_unpublish"), decision(row, Action.UNPUBLISH, "A complaint."))
    made.refresh_from_db()
    row.refresh_from_db()
    assert (made.is_published, row.status) == (False, Status.UNPUBLISHED)

    assert_valid(desk.get(address(row, "review_restore")).content.decode())
    desk.post(address(row, "review_restore"), decision(row, Action.RESTORE))
    made.refresh_from_db()
    assert made.published_version == row.version


def test_the_slower_one_at_unpublishing_sees_what_happened(cast, desk):
    row = factories.published(cast.author, cast.staff).submissions.get()
    other = factories.person("Ada L.", is_staff=True)
    workflow.move(row, Action.UNPUBLISH, by=other, revision=row.revision, note="A face.")
    sent = decision(row, Action.UNPUBLISH, "My reason", revision=2)
    answer = desk.post(address(row, "review_unpublish"), sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Ada L. unpublished version 1" in text
    assert "My reason</textarea>" in text
    assert_valid(text)


def test_the_pages_of_confirming_lead_back_where_there_is_nothing_to_confirm(cast, desk):
    row = factories.submitted(cast.author)
    for name in ("review_unpublish", "review_restore"):
        assert desk.get(address(row, name)).url == address(row)
        for action in (Action.UNPUBLISH, Action.RESTORE, Action.APPROVE):
            answer = desk.post(address(row, name), decision(row, action, "x"))
            assert answer.status_code == 422
    row.refresh_from_db()
    assert row.status == Status.SUBMITTED


def test_a_version_that_was_replaced_can_no_longer_be_unpublished(cast, desk):
    made = factories.published(cast.author, cast.staff)
    old = made.submissions.get()
    row = factories.submit_for_review(made, by=cast.author)
    factories.approve(row, by=cast.staff)
    text = desk.get(address(old)).content.decode()
    assert "replaced by a later version" in text
    assert address(old, "review_unpublish") not in text
