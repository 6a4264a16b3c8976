"""Submitting, what came of it, taking it back, and the public page in the meantime."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from communities import workflow
from communities.enums import Action, Status
from communities.models import Community, Submission, SubmissionEvent, Version
from communities.services.editing import save_revised
from communities.services.submitting import submit_for_review
from communities.snapshot import Snapshot
from tests import factories
from tests.html import assert_valid, text_of

from .fields import fields_of

YES = {"agreed": "on", "licence": "cc-by-4.0"}


@pytest.fixture
def client(cast, design, sign_in):
    return sign_in(cast.author)


def decide(action: Action, by, note="") -> Submission:
    submission = Submission.objects.select_related("community").latest("pk")
    if action == Action.APPROVE:
        factories.tick(submission, by=by)
    return workflow.move(submission, action, by=by, revision=submission.revision, note=note)


def page_of(client, at) -> str:
    html = client.get(at("studio_submit")).content.decode()
    assert_valid(html)
    return html


# --- Before -------------------------------------------------------------------------------------


def test_the_list_says_what_is_needed_advised_and_done(client, cast, design, at):
    design.insights.all().delete()
    Community.objects.filter(pk=design.pk).update(kind="")
    lines = text_of(page_of(client, at), "checklist")[0]
    assert lines.startswith("Choose a kind. neededDo it: Choose a kind.")
    assert "Add a picture or two. advisedDo it" in lines
    assert "Values (done)See it: values Care, Mastery, each with its reason." in lines
    assert f'href="{at("studio_about")}"' in page_of(client, at)


def test_it_answers_with_what_is_missing_and_keeps_what_was_typed(client, design, at):
    Community.objects.filter(pk=design.pk).update(kind="", mode="")
    sent = {"note": "Look at the risks, please.", "licence": "cc-by-nc-4.0"}
    response = client.post(at("studio_submit"), sent)
    assert response.status_code == 422
    html = response.content.decode()
    assert_valid(html)
    (summary,) = text_of(html, "error-summary")
    assert summary.startswith("Not submitted yet These are still needed:")
    assert "Choose a kind.Say whether people meet" in summary
    assert "Ask everyone in the team, then tick this." in summary
    kept = fields_of(response)
    assert (kept["note"], kept["licence"]) == (["Look at the risks, please."], ["cc-by-nc-4.0"])
    assert (Submission.objects.count(), Version.objects.count()) == (0, 0)
    design.refresh_from_db()
    assert design.licence == "cc-by-4.0"


def test_agreement_and_a_known_licence_are_needed(client, design, at):
    for sent in ({"licence": "cc-by-4.0"}, {**YES, "licence": "wtfpl"}, {**YES, "licence": "\x00"}):
        response = client.post(at("studio_submit"), sent)
        assert response.status_code == 422
        assert_valid(response.content.decode())
    assert Submission.objects.count() == 0


# --- Submitting ---------------------------------------------------------------------------------


def test_submitting_freezes_and_says_when_to_expect_an_answer(client, cast, design, at):
    sent = fields_of(client.get(at("studio_submit"))) | YES
    sent |= {"note": "The risks are new.", "licence": "cc-by-sa-4.0"}
    response = client.post(at("studio_submit"), sent)
    assert (response.status_code, response.url) == (302, at("studio_submit"))
    submission = Submission.objects.get()
    snapshot = Snapshot.from_json(submission.version.snapshot)
    assert (submission.status, snapshot.licence) == (Status.SUBMITTED, "cc-by-sa-4.0")
    html = page_of(client, at)
    today = timezone.localdate()
    due = today + timedelta(days=settings.REVIEW_PROMISE_DAYS)
    assert f"With the reviewers since {today.day} {today:%B}" in html
    assert f"<b>{due:%A} {due.day} {due:%B}</b>: reviewers answer within 5 days." in html
    assert "What you change now is not part of what they read." in html
    assert "Submit for review</button>" not in html
    (log,) = text_of(html, "audit")
    assert "Submit for review: Amara T., version 1. Then: waiting for review." in log
    assert log.endswith("The risks are new.")


def test_a_second_click_finds_the_first_submission(client, design, at):
    sent = fields_of(client.get(at("studio_submit"))) | YES
    for _ in range(2):
        response = client.post(at("studio_submit"), sent)
        assert (response.status_code, response.url) == (302, at("studio_submit"))
    assert (Submission.objects.count(), Version.objects.count()) == (1, 1)
    assert SubmissionEvent.objects.count() == 1


def test_two_teammates_at_the_same_moment_make_one_submission(cast, design):
    """What the second of two transactions meets, whichever way it slipped past the page."""
    stale = Community.objects.get(pk=design.pk)
    submit_for_review(design, by=cast.author)
    with pytest.raises(workflow.MoveRefused):
        submit_for_review(stale, by=cast.teammate)
    assert (Submission.objects.count(), Version.objects.count()) == (1, 1)


def test_a_licence_that_a_teammate_changed_meanwhile_is_not_overruled(client, cast, design, at):
    sent = fields_of(client.get(at("studio_submit"))) | YES
    save_revised(design, by=cast.teammate, revision=design.revision, licence="all-rights-reserved")
    response = client.post(at("studio_submit"), sent)
    assert response.status_code == 409
    html = response.content.decode()
    assert_valid(html)
    assert fields_of(response)["licence"] == ["all-rights-reserved"]
    assert Submission.objects.count() == 0
    client.post(at("studio_submit"), fields_of(response))
    assert (
        Snapshot.from_json(Version.objects.get(reason="submitted").snapshot).licence
        == "all-rights-reserved"
    )


def test_the_note_survives_the_end_of_a_session(client, cast, design, at, sign_in):
    sent = fields_of(client.get(at("studio_submit"))) | YES | {"note": "A long letter"}
    client.logout()
    client.post(at("studio_submit"), sent)
    assert Submission.objects.count() == 0
    client = sign_in(cast.author)
    assert fields_of(client.get(at("studio_submit")))["note"] == ["A long letter"]


# --- After --------------------------------------------------------------------------------------


def test_changes_are_asked_for_prominently_and_submitted_again(client, cast, design, at):
    client.post(at("studio_submit"), YES)
    decide(Action.REQUEST_CHANGES, cast.staff, "Who were the other fourteen?")
    html = page_of(client, at)
    (notice,) = text_of(html, "warn")[-1:]
    assert notice.startswith("Robin S. asks for changes Who were the other fourteen?")
    assert "Submit again</button>" in html
    response = client.post(at("studio_submit"), {**YES, "note": "Said in the run."})
    assert response.status_code == 302
    submission = Submission.objects.get()
    assert (submission.status, submission.version.number) == (Status.SUBMITTED, 2)
    log = text_of(page_of(client, at), "audit")[0]
    assert log.index("Submit again") < log.index("Ask for changes") < log.index("Submit for review")
    assert "Said in the run." in log


def test_a_published_design_can_be_shared_and_later_edits_leave_it(client, cast, design, at):
    client.post(at("studio_submit"), YES)
    decide(Action.APPROVE, cast.staff)
    html = page_of(client, at)
    address = f"http://testserver{reverse('design', args=[design.slug])}"
    assert f'<a href="{address}" id="public-address">{address}</a>' in html
    assert "What you change in the studio leaves that page as it is." in html
    shown = Community.objects.get(pk=design.pk).published_version.snapshot
    sent = fields_of(client.get(at("studio_insight", design.insights.get().pk)))
    client.post(
        at("studio_insight", design.insights.get().pk), sent | {"headline": "Changed later"}
    )
    now = Community.objects.get(pk=design.pk)
    assert now.published_version.snapshot == shown
    assert "Changed later" in client.get(at("studio_preview")).content.decode()
    client.post(at("studio_submit"), YES)
    assert Community.objects.get(pk=design.pk).published_version.snapshot == shown
    decide(Action.APPROVE, cast.staff)
    changed = Community.objects.get(pk=design.pk).published_version.snapshot
    assert [insight["headline"] for insight in changed["insights"]] == ["Changed later"]


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ([Action.DECLINE], "Declined It names a child."),
        ([Action.APPROVE, Action.UNPUBLISH], "No longer public It names a child."),
    ],
)
def test_a_refusal_gives_its_reason_and_leaves_the_draft(client, cast, design, at, moves, words):
    client.post(at("studio_submit"), YES)
    for action in moves:
        decide(action, cast.staff, "It names a child.")
    html = page_of(client, at)
    assert words in " ".join(text_of(html, "notice"))
    assert "Your draft is still here." in html
    assert "public-address" not in html
    assert client.post(at("studio_submit"), YES).status_code == 302
    assert Submission.objects.count() == 2


def test_staff_read_the_state_and_the_log_but_have_no_form(client, cast, design, at, sign_in):
    client.post(at("studio_submit"), {**YES, "note": "For you"})
    html = page_of(sign_in(cast.staff), at)
    assert "With the reviewers since" in html
    assert "For you" in html
    assert "Withdraw it" not in html


# --- Withdrawing --------------------------------------------------------------------------------


def test_withdrawing_asks_once_and_the_log_keeps_why(client, design, at):
    client.post(at("studio_submit"), YES)
    asked = client.get(at("studio_withdraw"))
    assert_valid(asked.content.decode())
    assert "Version 1 leaves the reviewers’ queue" in asked.content.decode()
    assert Submission.objects.get().status == Status.SUBMITTED
    sent = fields_of(asked) | {"note": "A picture has to go first."}
    assert client.post(at("studio_withdraw"), sent).url == at("studio_submit")
    assert Submission.objects.get().status == Status.WITHDRAWN
    html = page_of(client, at)
    assert "Your draft is as you left it." in html
    assert "A picture has to go first." in html
    again = client.post(at("studio_withdraw"), sent)
    assert again.url == at("studio_submit"), "the second click finds it done"
    assert client.get(at("studio_withdraw")).url == at("studio_submit")


def test_a_reviewer_who_was_quicker_is_not_overruled(client, cast, design, at):
    client.post(at("studio_submit"), YES)
    sent = fields_of(client.get(at("studio_withdraw"))) | {"note": "Because."}
    decide(Action.REQUEST_CHANGES, cast.staff, "Almost there.")
    response = client.post(at("studio_withdraw"), sent)
    assert response.status_code == 409
    html = response.content.decode()
    assert_valid(html)
    assert "It was moved while you were on this page: changes requested." in html
    assert fields_of(response)["note"] == ["Because."]
    assert Submission.objects.get().status == Status.CHANGES_REQUESTED
    assert client.post(at("studio_withdraw"), fields_of(response)).status_code == 302
    assert Submission.objects.get().status == Status.WITHDRAWN


@pytest.mark.parametrize("revision", ["", "0", "-1", "x", "\x00", "9" * 40])
def test_a_withdrawal_of_an_unknown_state_is_none(client, design, at, revision):
    client.post(at("studio_submit"), YES)
    response = client.post(at("studio_withdraw"), {"revision": revision})
    assert response.status_code in (409, 422)
    assert Submission.objects.get().status == Status.SUBMITTED


def test_a_classmate_submits_and_withdraws_nothing(client, cast, design, at, sign_in):
    other = sign_in(cast.classmate)
    assert other.post(at("studio_submit"), YES).status_code == 404
    assert Submission.objects.count() == 0
    sign_in(cast.author).post(at("studio_submit"), YES)
    other = sign_in(cast.classmate)
    assert other.post(at("studio_withdraw"), {"revision": 1}).status_code == 404
    assert Submission.objects.get().status == Status.SUBMITTED


# --- Preview and versions -------------------------------------------------------------------------


def test_the_preview_is_the_visitors_page_under_a_bar(client, design, at):
    html = client.get(at("studio_preview")).content.decode()
    assert_valid(html)
    (bar,) = text_of(html, "studio-bar")
    assert bar.startswith("Preview. Visitors will see your working copy like this once it is")
    assert "<h1>Bench Swap</h1>" in html
    assert "Teach it tomorrow" in html


def test_a_version_is_kept_by_name_and_shown_as_it_was(client, cast, design, at):
    sent = fields_of(client.get(at("studio_versions"))) | {"note": "Before the run"}
    for _ in range(2):
        assert client.post(at("studio_versions"), sent).url == at("studio_versions")
    assert [version.note for version in design.versions.all()] == ["Before the run"]
    save_revised(design, by=cast.author, revision=design.revision, summary="Said anew.")
    client.post(at("studio_submit"), YES)
    html = client.get(at("studio_versions")).content.decode()
    assert_valid(html)
    (listed,) = text_of(html, "versions")
    assert listed.index("Version 2 Submitted by Amara T.") < listed.index("Before the run")
    old = client.get(at("studio_version", 1)).content.decode()
    assert_valid(old)
    assert text_of(old, "studio-bar")[0].startswith(
        "Version 1, “Before the run”: saved by hand by Amara T."
    )
    assert "Said anew." not in old
    assert "Said anew." in client.get(at("studio_version", 2)).content.decode()
    assert client.get(at("studio_version", 3)).status_code == 404


def test_a_hidden_picture_is_in_no_version_and_no_preview(client, cast, design, at):
    photo = factories.photo(design, by=cast.author, caption="The yard, as first drawn")
    client.post(at("studio_versions"), {"note": ""})
    pages = [at("studio_version", 1), at("studio_preview")]
    assert all(photo.key.hex in client.get(page).content.decode() for page in pages)
    type(photo).objects.filter(pk=photo.pk).update(is_hidden=True)
    for page in pages:
        html = client.get(page).content.decode()
        assert photo.key.hex not in html
        assert "The yard, as first drawn" not in html
