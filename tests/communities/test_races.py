"""Reviewers, teams and second clicks at the same moment, on real connections."""

import threading
from collections import Counter as Tally

import pytest
from django.db import connection

from accounts.models import Notice
from communities import workflow
from communities.enums import Action, Check, Status
from communities.models import Community, Submission
from communities.services.reviewing import decide
from communities.services.submitting import submit_for_review
from tests import factories


@pytest.fixture
def two_reviewers(transactional_db):
    author = factories.person("Amara T.")
    reviewers = [factories.person(f"Reviewer {n}", is_staff=True) for n in (1, 2)]
    return author, reviewers


def at_once(*jobs) -> list:
    """What each job answered or raised, all begun in the same moment."""
    gate, answers = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(place, job):
        try:
            gate.wait(timeout=20)
            answers[place] = job()
        except Exception as error:
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def deciding(pk, action, by):
    """A reviewer who read the submission at its first revision."""

    def job():
        row = Submission.objects.select_related("community").get(pk=pk)
        checks = {"ticked": Check.values} if action is Action.APPROVE else {}
        return decide(row, action, by=by, revision=1, note="Because.", **checks)

    return job


def withdrawing(pk, by):
    def job():
        row = Submission.objects.select_related("community").get(pk=pk)
        return workflow.move(row, Action.WITHDRAW, by=by, revision=1)

    return job


def told_of(event) -> list:
    """Whom a move was told, once for each time."""
    notices = Notice.objects.filter(key__startswith=f"event {event.pk} ")
    return [notice.user for notice in notices.select_related("user")]


@pytest.mark.parametrize(
    "actions",
    [
        (Action.APPROVE, Action.DECLINE),
        (Action.APPROVE, Action.APPROVE),
        (Action.REQUEST_CHANGES, Action.DECLINE),
    ],
)
def test_of_two_decisions_exactly_one_is_made_and_the_other_is_told(two_reviewers, actions):
    author, reviewers = two_reviewers
    for title in ("One", "Two", "Three"):
        row = factories.submitted(author, title)
        jobs = [deciding(row.pk, *pair) for pair in zip(actions, reviewers, strict=True)]
        answers = at_once(*jobs)
        assert Tally(type(answer) for answer in answers) == {Submission: 1, workflow.MoveLost: 1}
        [won] = [answer for answer in answers if isinstance(answer, Submission)]
        [lost] = [answer for answer in answers if isinstance(answer, workflow.MoveLost)]
        row.refresh_from_db()
        assert row.status == won.status == lost.submission.status
        assert (row.revision, row.events.count()) == (2, 2)
        assert told_of(row.events.last()) == [author]
        assert row.events.last().actor in reviewers


def test_a_withdrawal_and_an_approval_do_not_both_happen(two_reviewers):
    author, [reviewer, _] = two_reviewers
    row = factories.submitted(author)
    answers = at_once(deciding(row.pk, Action.APPROVE, reviewer), withdrawing(row.pk, author))
    row.refresh_from_db()
    assert Tally(type(answer) for answer in answers) == {Submission: 1, workflow.MoveLost: 1}
    assert Community.objects.published().exists() == (row.status == Status.PUBLISHED)


def test_catalogue_numbers_are_given_once_to_approvals_at_the_same_time(two_reviewers):
    author, [reviewer, _] = two_reviewers
    rows = [factories.submitted(author, f"Design {n}") for n in range(6)]
    answers = at_once(*(deciding(row.pk, Action.APPROVE, reviewer) for row in rows))
    assert [type(answer) for answer in answers] == [Submission] * 6
    numbers = Community.objects.values_list("catalogue_number", flat=True)
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]


def test_a_design_submitted_twice_at_once_waits_once(two_reviewers):
    author, _ = two_reviewers
    made = factories.community(author)
    answers = at_once(*(lambda: submit_for_review(made, by=author) for _ in range(3)))
    assert Submission.objects.count() == 1
    refused = (workflow.MoveRefused, workflow.MoveLost)
    assert Tally(isinstance(answer, refused) for answer in answers) == {True: 2, False: 1}
    assert made.versions.count() == 1


def test_two_hundred_decisions_by_eight_reviewers_on_forty_submissions(transactional_db):
    """Each reviewer takes the whole queue in an order of their own, five decide on each design."""
    author = factories.person("Amara T.")
    reviewers = [factories.person(f"Reviewer {n}", is_staff=True) for n in range(8)]
    rows = [factories.submitted(author, f"Design {n}") for n in range(40)]
    choices = (Action.APPROVE, Action.DECLINE, Action.REQUEST_CHANGES)
    work = {place: [] for place in range(8)}
    for number in range(200):
        work[number % 8].append((rows[number // 5].pk, choices[number % 3]))

    def reviewing(place):
        def job():
            order = work[place] if place % 2 else work[place][::-1]
            return [_answer(deciding(pk, action, reviewers[place])) for pk, action in order]

        return job

    answers = [answer for found in at_once(*map(reviewing, work)) for answer in found]
    assert Tally(type(answer) for answer in answers) == {Submission: 40, workflow.MoveLost: 160}
    won = {answer.pk: answer for answer in answers if isinstance(answer, Submission)}
    assert won.keys() == {row.pk for row in rows}
    for row in Submission.objects.prefetch_related("events"):
        first, second = row.events.all()
        assert (row.revision, row.status) == (2, won[row.pk].status)
        assert (first.action, second.to_status) == (Action.SUBMIT, row.status)
        assert told_of(second) == [author]
    for lost in (answer for answer in answers if isinstance(answer, workflow.MoveLost)):
        assert lost.submission.status == won[lost.submission.pk].status
    published = [pk for pk, row in won.items() if row.status == Status.PUBLISHED]
    numbers = Community.objects.published().values_list("catalogue_number", flat=True)
    assert sorted(numbers) == list(range(1, len(published) + 1))


def _answer(job):
    try:
        return job()
    except Exception as error:
        return error


def test_of_two_who_take_a_submission_one_reads_it_and_the_other_is_told(two_reviewers):
    author, reviewers = two_reviewers
    pk = factories.submitted(author).pk

    def taking(by):
        row = Submission.objects.select_related("community").get(pk=pk)
        return lambda: workflow.take(row, Action.CLAIM, by=by)

    answers = at_once(*map(taking, reviewers))
    assert Tally(type(answer) for answer in answers) == {Submission: 1, workflow.MoveLost: 1}
    row = Submission.objects.get(pk=pk)
    [lost] = [answer for answer in answers if isinstance(answer, workflow.MoveLost)]
    assert lost.submission.current_reader == row.reader == row.events.last().actor
    assert (row.revision, row.events.count()) == (1, 2)
