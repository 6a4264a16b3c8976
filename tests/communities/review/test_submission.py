"""One submission on one screen."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from communities import workflow
from communities.enums import Action, Consent
from communities.models import Community, Photo, Section
from communities.services.document import save_section
from communities.services.values import save_values
from tests import factories
from tests.communities.review.desk import address, resubmitted
from tests.html import assert_valid, text_of

UNKNOWN = (0, 99, 2**31, 2**63 - 1, 2**63, 10**30)


@pytest.mark.parametrize("name", ["review_submission", "review_page", "review_decide"])
def test_only_staff_of_other_teams_come_in(cast, client, sign_in, name):
    made = factories.team(cast.teammate, made=factories.community(cast.author))
    row = factories.submit_for_review(made, by=cast.author)
    here = address(row, name)
    assert client.get(here).url == f"{reverse('account_login')}?next={here}"
    for person in (cast.author, cast.teammate, cast.classmate):
        assert sign_in(person).get(here).status_code == 404
    factories.team(cast.staff, made=made)
    assert sign_in(cast.staff).get(here).status_code == 404
    assert sign_in(cast.staff).post(here).status_code in (404, 405)


@pytest.mark.parametrize("pk", UNKNOWN)
def test_numbers_without_a_submission_are_not_found(cast, desk, pk):
    for name in ("review_submission", "review_page", "review_decide", "review_unpublish"):
        assert desk.get(reverse(name, args=[pk])).status_code == 404


def test_a_first_submission_shows_all_of_its_text_without_signs_of_change(cast, desk):
    row = factories.submitted(cast.author)
    text = desk.get(address(row)).content.decode()
    assert "First time: all of it is new" in text
    assert "Why we made The Mending Circle." in text
    assert "Care in The Mending Circle" in text
    assert "<ins>" not in text
    assert_valid(text)


def test_a_second_reading_starts_from_the_version_read_last(cast, desk):
    answer = desk.get(address(resubmitted(cast)))
    text = answer.content.decode()
    assert "Changes since version 1, which was read last" in text
    # Past all that is to be read.
    assert '<a href="#decision">To the decision</a>' in text
    assert [(t.title, t.change) for t in answer.context["review"].differences.texts] == [
        ("Big purpose", "edit")
    ]
    today = date_format(timezone.localdate(), "j F Y")
    assert text_of(text, "remark") == [
        f"Amara T. {today}, on version 2 62, we measured.",
        f"You {today}, on version 1 How high? Answered with version 2",
    ]
    assert_valid(text)


def test_an_update_is_compared_with_the_published_version_or_the_one_read_last(cast, desk):
    made = factories.published(cast.author, cast.staff)
    section = Section.objects.get(community=made)
    save_section(made, section.template, by=cast.author, revision=1, body="Second.")
    row = factories.submit_for_review(made, by=cast.author)
    workflow.move(row, Action.REQUEST_CHANGES, by=cast.staff, revision=1, note="And?")
    save_section(made, section.template, by=cast.author, revision=2, body="Third.")
    row = factories.submit_for_review(made, by=cast.author)
    answers = [desk.get(address(row), {"since": since}) for since in ("", "published", "\x00")]
    bases = [answer.context["review"].base.label for answer in answers]
    read = "version 2, which was read last"
    assert bases == [read, "the published version", read]
    assert "<del>Why we made The Mending Circle.</del>" in answers[1].content.decode()
    assert "<del>Second.</del>" in answers[0].content.decode()
    assert_valid(answers[1].content.decode())


def test_values_that_came_went_and_moved(cast, desk):
    made = factories.published(cast.author, cast.staff, values=("care", "mastery"))
    kept, new = (
        factories.Value.objects.get(slug="mastery"),
        factories.Value.objects.get(slug="play"),
    )
    reasons = [{"value": new, "rationale": "Bells."}, {"value": kept, "rationale": "Hands."}]
    save_values(made, by=cast.author, revision=2, reasons=reasons)
    answer = desk.get(address(factories.submit_for_review(made, by=cast.author)))
    found = answer.context["review"].differences
    assert [(v.name, v.change) for v in found.values] == [
        ("Play", "add"),
        ("Mastery", ""),
        ("Care", "cut"),
    ]
    assert_valid(answer.content.decode())


def test_people_in_pictures_by_what_is_known_now(cast, desk):
    made = factories.community(cast.author)
    photos = [
        factories.photo(
            made, by=cast.author, consent=Consent.EVERYONE_AGREED, consent_holder="Mei"
        ),
        factories.photo(made, by=cast.author, consent=Consent.GUARDIANS_AGREED),
        factories.photo(made, by=cast.author, alt="", is_decorative=True),
    ]
    row = factories.submit_for_review(made, by=cast.author)
    Photo.objects.filter(pk=photos[1].pk).update(consent=Consent.NEEDS_BLURRING, is_hidden=True)
    answer = desk.get(address(row))
    pictures = answer.context["review"].pictures
    assert [(p.number, p.consent, p.is_open, p.is_undescribed, p.is_hidden) for p in pictures] == [
        (1, "Everyone in it has agreed", False, False, False),
        (2, "Needs blurring", True, False, True),
        (3, "No recognisable people", False, False, False),
    ]
    text = answer.content.decode()
    assert "Everyone in it has agreed; forms with Mei" in text
    flags = [(f.level, f.lead, f.text) for f in answer.context["review"].flags]
    assert flags[0] == (
        "stop",
        "Consent is not settled",
        "for picture 2. Publishing leaves it out.",
    )
    assert_valid(text)


def test_flags_name_gaps_borrowed_sentences_and_work_for_staff(cast, desk):
    words = "The gate opens when the bell goes and nobody says which bench is which"
    parent = factories.published(cast.author, cast.staff, "Parent", description=f"{words}. Yes.")
    made = factories.community(
        cast.classmate, "Child", parent=parent, summary="Ours.", description=f"And. {words}!"
    )
    section = Section.objects.get(community=made)
    save_section(made, section.template, by=cast.classmate, revision=1, body=f"{words}.\n\nOurs.")
    Community.objects.filter(pk=made.pk).update(needs_staff="kind: missing")
    row = factories.submit_for_review(made, by=cast.classmate)
    answer = desk.get(address(row))
    assert [(f.level, f.lead, f.text) for f in answer.context["review"].flags] == [
        ("warn", "For staff to complete:", "kind: missing"),
        ("warn", "Quotes", "in 1 sentence; lineage is declared."),
        ("warn", "No picture", "yet."),
        (
            "warn",
            "Unanswered:",
            "what matched expectations, what surprised, what to do differently.",
        ),
    ]
    assert reverse("design", args=["parent"]) in answer.content.decode()


def test_the_log_has_every_move_with_its_version(cast, desk):
    row = resubmitted(cast)
    lines = text_of(desk.get(address(row)).content.decode(), "audit")
    assert "Amara T. submitted again, as version 2" in lines[0]
    assert "You asked for changes to version 1" in lines[0]
    assert "Amara T. submitted version 1" in lines[0]


def test_the_next_in_the_queue_goes_round_and_leaves_out_ones_own_team(cast, desk):
    rows = [factories.submitted(cast.author, f"Design {n}") for n in range(3)]
    factories.submitted(cast.staff, "Mine")
    assert [desk.get(address(row)).context["review"].next_pk for row in rows] == [
        rows[1].pk,
        rows[2].pk,
        rows[0].pk,
    ]
    for row in rows[1:]:
        factories.move(row, Action.DECLINE, by=cast.staff)
    assert "Next in queue" not in desk.get(address(rows[0])).content.decode()


def test_a_submission_costs_the_same_however_long(cast, desk, django_assert_max_num_queries):
    made = factories.published(cast.author, cast.staff, "Parent")
    child = factories.community(cast.classmate, "Child", parent=made)
    for _ in range(3):
        factories.photo(child, by=cast.classmate)
        factories.insight(child, by=cast.classmate, headline="More", values=("trust", "play"))
    row = factories.submit_for_review(child, by=cast.classmate)
    for number in range(3):
        row.refresh_from_db()
        workflow.move(
            row, Action.REQUEST_CHANGES, by=cast.staff, revision=row.revision, note=f"{number}"
        )
        row = factories.submit_for_review(child, by=cast.classmate)
    with django_assert_max_num_queries(15):
        desk.get(address(row))
    with django_assert_max_num_queries(15):
        desk.get(address(row, "review_page"))
    row.refresh_from_db()
    factories.approve(row, by=cast.staff)
    workflow.move(row, Action.UNPUBLISH, by=cast.staff, revision=row.revision, note="x")
    with django_assert_max_num_queries(15):
        assert "Publish again" in desk.get(address(row)).content.decode()


def test_the_page_is_the_one_that_visitors_will_see(cast, desk):
    made = factories.community(cast.author)
    shown, hidden = (factories.photo(made, by=cast.author, alt=alt) for alt in ("Shown", "Hidden"))
    row = factories.submit_for_review(made, by=cast.author)
    Photo.objects.filter(pk=hidden.pk).update(is_hidden=True)
    Community.objects.filter(pk=made.pk).update(title="Another draft")
    text = desk.get(address(row, "review_page")).content.decode()
    assert "Why we made The Mending Circle." in text
    assert shown.key.hex in text
    assert hidden.key.hex not in text
    assert "Another draft" not in text
    assert_valid(text)
