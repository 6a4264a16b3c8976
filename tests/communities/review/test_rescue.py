"""A reviewer whose session ends while writing loses no word of it."""

import pytest
from django.urls import reverse

from communities.models import Submission, UnsavedText
from communities.services.unsaved import drawn_for
from tests import factories
from tests.communities.review.desk import address
from tests.html import assert_valid

NOTE = "What carries this is the relay.\n\n<b>The queue</b> is missing."


@pytest.fixture
def row(cast):
    return factories.submitted(cast.author)


def decision(row, person, action="request-changes"):
    return {
        "action": action,
        "note": NOTE,
        "revision": row.revision,
        "drawn_for": drawn_for(person),
    }


def test_a_decision_comes_back_after_signing_in_and_can_be_sent(cast, sign_in, row):
    here = address(row, "review_decide")
    answer = sign_in(None).post(here, decision(row, cast.staff))
    assert answer.url == f"{reverse('account_login')}?next={here}"
    assert Submission.objects.get().status == "submitted"

    page = sign_in(cast.staff).get(here)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Not saved yet." in text
    assert "&lt;b&gt;The queue&lt;/b&gt; is missing." in text
    assert_valid(text)

    answer = sign_in(cast.staff).post(here, decision(row, cast.staff))
    assert answer.url == reverse("review")
    assert Submission.objects.get().status == "changes-requested"
    assert UnsavedText.objects.count() == 0


def test_it_is_shown_to_no_other_member_of_staff(cast, sign_in, row):
    here = address(row, "review_decide")
    sign_in(None).post(here, decision(row, cast.staff))
    other = factories.person("Sasha M.", is_staff=True)
    assert sign_in(other).get(here).url == address(row)
    assert UnsavedText.objects.get().user == cast.staff


def test_it_can_be_discarded(cast, sign_in, row):
    here = address(row, "review_decide")
    sign_in(None).post(here, decision(row, cast.staff))
    sign_in(cast.staff).post(here, {"discard_unsaved": "1"})
    assert UnsavedText.objects.count() == 0
    assert sign_in(cast.staff).get(here).url == address(row)


def test_the_reason_for_unpublishing_comes_back_too(cast, sign_in):
    factories.published(cast.author, cast.staff)
    row = Submission.objects.get()
    here = reverse("review_unpublish", args=[row.pk])
    sign_in(None).post(here, decision(row, cast.staff, "unpublish"))
    text = sign_in(cast.staff).get(here).content.decode()
    assert "&lt;b&gt;The queue&lt;/b&gt; is missing." in text
    assert "Not saved yet." in text
    assert Submission.objects.get().status == "published"


def test_a_member_who_is_not_staff_learns_nothing(cast, sign_in, row):
    answer = sign_in(cast.classmate).post(address(row, "review_decide"), decision(row, cast.staff))
    assert answer.status_code == 403
    assert row.version.snapshot["title"] not in answer.content.decode()
    assert Submission.objects.get().status == "submitted"
