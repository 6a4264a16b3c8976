"""The review desk: who waits, for how long, and what to look at."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Cohort
from communities import workflow
from communities.enums import Action, Consent
from communities.models import Community, Photo, Submission, TeamMember, Version
from tests import door, factories
from tests.html import assert_valid, text_of

QUEUE = reverse("review")


def titles(response) -> list[str]:
    return [row.submission.title for row in response.context["desk"].rows]


def counts(response) -> dict[str, int]:
    return {tab.label: tab.count for tab in response.context["desk"].tabs}


def waiting_for(days, submission):
    moment = timezone.now() - timedelta(days=days, minutes=5)
    Submission.objects.filter(pk=submission.pk).update(submitted_at=moment)
    return submission


def ask(submission, by):
    return workflow.move(
        submission, Action.REQUEST_CHANGES, by=by, revision=submission.revision, note="More."
    )


def test_visitors_sign_in_and_members_find_nothing(client, cast, sign_in):
    answer = client.get(QUEUE)
    assert (answer.status_code, answer.url) == (302, f"{reverse('account_login')}?next=/review/")
    assert sign_in(cast.author).get(QUEUE).status_code == 404


def test_the_longest_wait_comes_first_and_is_marked_past_the_promise(cast, desk, settings):
    settings.REVIEW_PROMISE_DAYS = 5
    for title, days in (("Yesterday", 1), ("Long ago", 6), ("Just in time", 5)):
        waiting_for(days, factories.submitted(cast.author, title))
    answer = desk.get(QUEUE)
    assert titles(answer) == ["Long ago", "Just in time", "Yesterday"]
    assert text_of(answer.content.decode(), "wait") == ["6 dayspast promise", "5 days", "1 day"]
    assert answer.context["desk"].longest_wait == 6


def test_each_submission_stands_in_the_tab_of_its_status(cast, desk):
    factories.submitted(cast.author, "Waits")
    ask(factories.submitted(cast.author, "Asked"), cast.staff)
    factories.published(cast.author, cast.staff, "Shown")
    for title, action in (("No", Action.DECLINE), ("Back", Action.WITHDRAW)):
        row = factories.submitted(cast.author, title)
        by = cast.author if action is Action.WITHDRAW else cast.staff
        workflow.move(row, action, by=by, revision=1, note="So.")
    answer = desk.get(QUEUE)
    assert counts(answer) == {"To read": 1, "Waiting for teams": 1, "Decided": 3}
    assert titles(answer) == ["Waits"]
    assert titles(desk.get(QUEUE, {"tab": "conversation"})) == ["Asked"]
    assert titles(desk.get(QUEUE, {"tab": "decided"})) == ["Back", "No", "Shown"]


def test_a_row_shows_the_version_put_forward_and_not_the_draft(cast, desk):
    row = factories.submitted(cast.author, "As it was sent")
    Community.objects.filter(pk=row.community_id).update(title="As it is now", kind="library")
    [shown] = desk.get(QUEUE).context["desk"].rows
    assert (shown.submission.title, shown.kind) == (
        "As it was sent",
        "Workshop or makerspace, in person",
    )
    assert shown.value_names == "Care, Mastery"
    assert shown.team == "Amara T."


def test_consent_has_a_column(cast, desk):
    for title, consents in (
        ("Open", [Consent.NO_PEOPLE, Consent.NEEDS_BLURRING]),
        ("Settled", [Consent.GUARDIANS_AGREED]),
        ("Bare", []),
    ):
        made = factories.community(cast.author, title)
        rows = [factories.photo(made, by=cast.author) for _ in consents]
        factories.submit_for_review(made, by=cast.author)
        for row, consent in zip(rows, consents, strict=True):
            Photo.objects.filter(pk=row.pk).update(consent=consent, consent_holder="the lead")
    page = desk.get(QUEUE).content.decode()
    heads = re.findall('<th scope="col">([^<]+)</th>', page)
    assert heads[-3:] == ["Consent", "Flags", "Reader"]
    cells = re.findall("<td[^>]*>(.*?)</td>", page, re.S)
    found = [re.sub("<[^>]+>|\\s+", " ", cell).strip() for cell in cells]
    wanted = ("1 without consent", "Consent settled", "No pictures")
    assert [text for text in found if text in wanted] == list(wanted)


def test_flags(cast, desk):
    made = factories.community(cast.author, "With people")
    kept = factories.photo(made, by=cast.author, consent=Consent.EVERYONE_AGREED)
    factories.photo(made, by=cast.author)
    factories.submit_for_review(made, by=cast.author)
    Photo.objects.filter(pk=kept.pk).update(consent=Consent.NEEDS_BLURRING)
    Community.objects.filter(pk=made.pk).update(needs_staff="kind: missing")
    answer = desk.get(QUEUE)
    assert text_of(answer.content.decode(), "badge") == ["1 without consent", "For staff"]
    [row] = answer.context["desk"].rows
    assert (row.submission.pictures, row.submission.unsettled) == (2, 1)


def test_first_time_update_and_answer_are_told_apart(cast, desk):
    factories.submitted(cast.author, "New")
    again = factories.published(cast.author, cast.staff, "Known")
    factories.submit_for_review(again, by=cast.author)
    answered = ask(factories.submitted(cast.author, "Answered"), cast.staff)
    factories.submit_for_review(answered.community, by=cast.author)
    text = desk.get(QUEUE).content.decode()
    assert [text.count(words) for words in ("First time,", "First time, answers", "Update to")] == [
        2,
        1,
        1,
    ]


def test_nobody_is_led_to_a_design_of_their_own_team(cast, desk):
    made = factories.team(cast.staff, made=factories.community(cast.author, "Ours"))
    row = factories.submit_for_review(made, by=cast.author)
    answer = desk.get(QUEUE)
    assert titles(answer) == ["Ours"]
    assert text_of(answer.content.decode(), "badge") == ["Your own team’s"]
    assert reverse("review_submission", args=[row.pk]) not in answer.content.decode()


def test_filters_by_cohort_title_and_name_and_keeps_them_in_the_tabs(cast, desk):
    today = timezone.localdate()
    spring = Cohort.objects.create(
        name="Spring 2026", slug="spring-2026", starts_on=today, ends_on=today, capacity=9
    )
    factories.submitted(cast.author, "Bench Swap", cohort=spring)
    factories.submitted(cast.classmate, "Tide School")
    assert titles(desk.get(QUEUE, {"cohort": "spring-2026"})) == ["Bench Swap"]
    assert titles(desk.get(QUEUE, {"q": "tide"})) == ["Tide School"]
    assert titles(desk.get(QUEUE, {"q": "amara"})) == ["Bench Swap"]
    answer = desk.get(QUEUE, {"q": "tide & <b>", "cohort": "spring-2026", "tab": "decided"})
    assert "Nothing here fits" in answer.content.decode()
    assert [tab.query for tab in answer.context["desk"].tabs] == [
        "cohort=spring-2026&q=tide+%26+%3Cb%3E",
        "tab=conversation&cohort=spring-2026&q=tide+%26+%3Cb%3E",
        "tab=decided&cohort=spring-2026&q=tide+%26+%3Cb%3E",
    ]
    assert counts(answer) == {"To read": 0, "Waiting for teams": 0, "Decided": 0}


@pytest.mark.parametrize(
    "query",
    [
        {"tab": "nowhere", "cohort": "\x00", "q": "\x00\n", "page": "0"},
        {"page": "9" * 5000},
        {"page": "-1", "cohort": "9" * 300},
        {"q": "ü" * 1000, "page": "x"},
        {"colour": "red"},
    ],
)
def test_an_address_without_sense_shows_the_plain_queue(cast, desk, query):
    factories.submitted(cast.author)
    answer = desk.get(QUEUE, query)
    assert answer.status_code == 200
    assert answer.context["desk"].search.tab == "waiting"


def test_long_queues_have_pages(cast, desk, monkeypatch):
    monkeypatch.setattr("communities.views.review.desk.ROWS_A_PAGE", 2)
    for number in range(3):
        factories.submitted(cast.author, f"Design {number}")
    first, last = desk.get(QUEUE), desk.get(QUEUE, {"page": "99"})
    assert titles(first) == ["Design 0", "Design 1"]
    assert titles(last) == ["Design 2"]
    assert "Page 2 of 2" in last.content.decode()


@pytest.mark.parametrize("tab", ["waiting", "conversation", "decided"])
@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_the_rows(cast, desk, django_assert_num_queries, tab, number):
    for n in range(number):
        row = factories.submitted(cast.author, f"Design {n}")
        if tab == "conversation":
            ask(row, cast.staff)
        if tab == "decided":
            factories.approve(row, by=cast.staff)
    with django_assert_num_queries(13 if tab == "waiting" else 12):
        answer = desk.get(QUEUE, {"tab": tab})
    assert len(titles(answer)) == number


@pytest.mark.parametrize("tab", ["waiting", "conversation", "decided"])
def test_the_pages_are_valid(cast, desk, tab):
    assert_valid(desk.get(QUEUE, {"tab": tab}).content.decode())
    factories.submitted(cast.author)
    factories.published(cast.author, cast.staff, "Shown")
    ask(factories.submitted(cast.author, "Asked"), cast.staff)
    assert_valid(desk.get(QUEUE, {"tab": tab}).content.decode())


def many(author, number: int) -> None:
    """So many submissions that wait, as rows, each with a community and a version of its own."""
    first = factories.submitted(author, "Design 0")
    snapshot, now = first.version.snapshot, timezone.now()
    communities = Community.objects.bulk_create(
        Community(title=f"Design {n}", slug=f"design-{n}-of-many") for n in range(1, number)
    )
    TeamMember.objects.bulk_create(TeamMember(community=made, user=author) for made in communities)
    versions = Version.objects.bulk_create(
        Version(community=made, number=1, snapshot=snapshot, reason="submitted")
        for made in communities
    )
    with door.opened():
        Submission.objects.bulk_create(
            Submission(community=made, version=version, submitted_at=now, changed_at=now)
            for made, version in zip(communities, versions, strict=True)
        )


@pytest.mark.parametrize("number", [20, 2000])
def test_a_queue_of_two_thousand_costs_what_one_of_twenty_does(
    cast, desk, django_assert_num_queries, number
):
    many(cast.author, number)
    with django_assert_num_queries(13):
        answer = desk.get(QUEUE)
    assert counts(answer)["To read"] == number
    assert len(titles(answer)) == min(number, 25)
    with django_assert_num_queries(13):
        desk.get(QUEUE, {"page": "99", "only": "first", "reader": "nobody"})
