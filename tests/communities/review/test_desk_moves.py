"""Taking, handing over, keeping for later and undoing, as the pages offer them."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice
from communities.enums import Action, Check, Consent, Status
from communities.models import Photo, ReviewChecklist, Submission
from tests import factories
from tests.communities.review.desk import address, decision
from tests.html import assert_valid

QUEUE = reverse("review")


def titles(answer) -> list[str]:
    return [row.submission.title for row in answer.context["desk"].rows]


def test_a_submission_is_taken_and_the_others_see_by_whom(cast, desk, sign_in):
    row = factories.submitted(cast.author)
    desk.post(address(row, "review_take"), {"do": "claim", "seen": ""})
    assert Submission.objects.get().current_reader == cast.staff
    client = sign_in(factories.person("Ada L.", is_staff=True))
    for page in (QUEUE, address(row)):
        text = client.get(page).content.decode()
        assert "Robin S. is reading this" in text
        assert_valid(text)
    text = sign_in(cast.author).get(reverse("studio_submit", args=[row.community.slug]))
    assert "Robin S. is reading it." in text.content.decode()


def test_the_slower_one_is_told_who_reads_it(cast, desk):
    row = factories.submitted(cast.author)
    other = factories.person("Ada L.", is_staff=True)
    factories.workflow.take(row, Action.CLAIM, by=other)
    answer = desk.post(address(row, "review_take"), {"do": "claim", "seen": ""})
    assert answer.status_code == 409
    assert "Somebody was quicker: Ada L. is reading it." in answer.content.decode()
    assert Submission.objects.get().reader == other
    sent = {"do": "hand-over", "to": cast.staff.pk, "seen": other.pk}
    assert desk.post(address(row, "review_take"), sent).url == address(row)
    assert Submission.objects.get().reader == cast.staff


def test_several_are_handed_over_at_once(cast, desk):
    other = factories.person("Ada L.", is_staff=True)
    rows = [factories.submitted(cast.author, f"Design {n}") for n in range(3)]
    own = factories.submitted(other, "Hers")
    gone = factories.submitted(cast.author, "Gone")
    factories.move(gone, Action.DECLINE, by=cast.staff)
    chosen = [row.pk for row in (*rows[:2], own, gone)]
    answer = desk.post(reverse("review_assign"), {"chosen": chosen, "to": other.pk}, follow=True)
    text = answer.content.decode()
    assert "2 handed to Ada L." in text
    assert "2 moved meanwhile, or Ada L. is in the team." in text
    found = Submission.objects.filter(reader=other).order_by("pk")
    assert list(found) == rows[:2]
    told = Notice.objects.filter(user=other, title__contains="handed to you")
    assert told.count() == 2


@pytest.mark.parametrize(
    "sent", [{}, {"chosen": ["x"], "to": "1"}, {"chosen": ["1"]}, {"chosen": [str(10**30)]}]
)
def test_a_broken_hand_over_is_refused(cast, desk, sent):
    factories.submitted(cast.author)
    answer = desk.post(reverse("review_assign"), sent)
    assert answer.status_code == 422
    assert_valid(answer.content.decode())
    assert not Submission.objects.filter(reader__isnull=False).exists()


def test_ticks_and_note_are_kept_for_later_and_for_their_author_alone(cast, desk, sign_in):
    row = factories.submitted(cast.author)
    sent = {"later": "1", "checked": ["purpose", "tone"], "note": "Half a thought"}
    desk.post(address(row, "review_decide"), {**sent, "revision": row.revision})
    form = desk.get(address(row)).context["form"]
    assert (form["checked"].value(), form["note"].value()) == (
        ["purpose", "tone"],
        "Half a thought",
    )
    client = sign_in(factories.person("Ada L.", is_staff=True))
    assert client.get(address(row)).context["form"]["checked"].value() in (None, [])
    assert (Submission.objects.get().status, Notice.objects.count()) == (Status.SUBMITTED, 0)


def test_publishing_needs_every_tick_and_keeps_those_that_were_made(cast, desk):
    row = factories.submitted(cast.author)
    some = Check.values[:-1]
    answer = desk.post(
        address(row, "review_decide"), decision(row, Action.APPROVE, "Lovely", checked=some)
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Tick every point before you publish it" in text
    assert answer.context["form"]["checked"].value() == some
    assert_valid(text)
    assert Submission.objects.get().status == Status.SUBMITTED
    desk.post(address(row, "review_decide"), decision(row, Action.APPROVE, "Lovely"))
    assert Submission.objects.get().status == Status.PUBLISHED
    assert ReviewChecklist.objects.get().is_finished


@pytest.mark.parametrize("action", [Action.APPROVE, Action.DECLINE])
def test_a_decision_is_undone_from_the_queue(cast, desk, sign_in, action):
    row = factories.submitted(cast.author)
    desk.post(address(row, "review_decide"), decision(row, action, "So."))
    queue = desk.get(QUEUE)
    assert address(row, "review_undo") in queue.content.decode()
    assert_valid(queue.content.decode())
    assert address(row, "review_undo") in desk.get(address(row)).content.decode()
    other = sign_in(factories.person("Ada L.", is_staff=True))
    assert address(row, "review_undo") not in other.get(QUEUE).content.decode()
    assert other.post(address(row, "review_undo")).status_code == 409
    desk = sign_in(cast.staff)
    text = desk.post(address(row, "review_undo"), follow=True).content.decode()
    assert "is back where it was, and nobody was told" in text
    assert Submission.objects.get().status == Status.SUBMITTED
    assert address(row, "review_undo") not in desk.get(QUEUE).content.decode()


def test_after_its_minutes_a_decision_cannot_be_undone(cast, desk):
    row = factories.submitted(cast.author)
    desk.post(address(row, "review_decide"), decision(row, Action.DECLINE, "So."))
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert address(row, "review_undo") not in desk.get(QUEUE).content.decode()
        answer = desk.post(address(row, "review_undo"))
    assert answer.status_code == 409
    assert "This can no longer be undone." in answer.content.decode()
    assert Submission.objects.get().status == Status.DECLINED


def test_the_queue_is_narrowed_by_reader_and_by_what_it_is(cast, desk, settings):
    settings.REVIEW_PROMISE_DAYS = 5
    late = factories.submitted(cast.author, "Late")
    moment = timezone.now() - timedelta(days=6, minutes=1)
    Submission.objects.filter(pk=late.pk).update(submitted_at=moment)
    update = factories.published(cast.author, cast.staff, "Update")
    factories.submit_for_review(update, by=cast.author)
    made = factories.community(cast.author, "Unsettled")
    photo = factories.photo(made, by=cast.author)
    factories.submit_for_review(made, by=cast.author)
    Photo.objects.filter(pk=photo.pk).update(consent=Consent.NEEDS_BLURRING)
    factories.workflow.take(late, Action.CLAIM, by=cast.staff)
    found = {
        query: titles(desk.get(f"{QUEUE}?{query}"))
        for query in (
            "reader=mine",
            "reader=nobody",
            "only=late",
            "only=first",
            "only=update",
            "only=consent",
            "reader=x&only=y",
        )
    }
    assert found == {
        "reader=mine": ["Late"],
        "reader=nobody": ["Update", "Unsettled"],
        "only=late": ["Late"],
        "only=first": ["Late", "Unsettled"],
        "only=update": ["Update"],
        "only=consent": ["Unsettled"],
        "reader=x&only=y": ["Late", "Update", "Unsettled"],
    }
    assert "1 past promise" in desk.get(QUEUE).content.decode()
