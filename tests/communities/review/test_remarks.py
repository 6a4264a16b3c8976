"""Remarks pinned to a place: written while reading, sent, answered there, and looked at again."""

import pytest
from django.core import mail
from django.urls import reverse

from communities.enums import Action
from communities.models import Remark, StaffNote
from communities.services.reviewing import check_remark, reopen_remark, resolve_remark
from tests import factories
from tests.communities.review.desk import address, decision
from tests.html import assert_valid

SECTION = {"target": "section", "target_key": "big-purpose", "text": "Who are they?"}


@pytest.fixture
def row(cast):
    made = factories.team(cast.teammate, made=factories.community(cast.author))
    factories.photo(made, by=cast.author)
    return factories.submit_for_review(made, by=cast.author)


def sent(cast, row, desk, **place) -> Remark:
    desk.post(address(row, "review_remark"), {**SECTION, **place})
    desk.post(address(row, "review_decide"), decision(row, Action.REQUEST_CHANGES, "Nearly."))
    row.refresh_from_db()
    return Remark.objects.get()


def studio(row, name, *args):
    return reverse(name, args=[row.community.slug, *args])


def test_each_place_of_the_page_can_be_remarked_on(cast, desk, row):
    places = desk.get(address(row)).context["review"].places
    key = row.version.snapshot["photos"][0]["key"]
    assert [(place.target, place.key, place.label) for place in places] == [
        ("about", "", "Purpose"),
        ("value", "care", "Care"),
        ("value", "mastery", "Mastery"),
        ("section", "big-purpose", "Big purpose"),
        ("photo", key, "Picture 1"),
        ("runs", "", "Runs"),
        ("reflections", "", "Reflections"),
        ("insights", "", "Insights"),
        ("whole", "", "The whole"),
    ]
    for place in places:
        answer = desk.post(
            address(row, "review_remark"),
            {"target": place.target, "target_key": place.key, "text": f"On {place.label}."},
        )
        assert answer.url == f"{address(row)}#{place.id}"
    labels = Remark.objects.values_list("label", "text")
    assert list(labels) == [(place.label, f"On {place.label}.") for place in places]
    assert_valid(desk.get(address(row)).content.decode())


@pytest.mark.parametrize(
    "sent",
    [
        {**SECTION, "text": " \n"},
        {**SECTION, "text": "x" * 5001},
        {**SECTION, "target_key": "nowhere"},
        {**SECTION, "target": "door"},
        {"text": "Without a place."},
    ],
)
def test_a_remark_that_cannot_stand_is_refused_and_kept(desk, row, sent):
    answer = desk.post(address(row, "review_remark"), sent)
    assert answer.status_code == 422
    assert answer.context["remark_form"]["text"].value() == sent["text"]
    assert not Remark.objects.exists()


def test_a_draft_is_for_staff_and_goes_with_the_decision_of_its_author(cast, desk, row, sign_in):
    desk.post(address(row, "review_remark"), SECTION)
    other = factories.person("Ada L.", is_staff=True)
    assert "Who are they?" in sign_in(other).get(address(row)).content.decode()
    for name in ("studio_submit", "studio_community"):
        text = sign_in(cast.author).get(studio(row, name)).content.decode()
        assert "Who are they?" not in text
    factories.move(row, Action.REQUEST_CHANGES, by=other)
    assert Remark.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("place", "page", "args"),
    [
        ({}, "studio_section", ["big-purpose"]),
        ({"target": "value", "target_key": "care"}, "studio_values", []),
        ({"target": "about", "target_key": ""}, "studio_about", []),
        ({"target": "runs", "target_key": ""}, "studio_implementations", []),
        ({"target": "reflections", "target_key": ""}, "studio_reflections", []),
        ({"target": "insights", "target_key": ""}, "studio_insights", []),
    ],
)
def test_a_remark_stands_beside_what_it_is_about(cast, desk, row, sign_in, place, page, args):
    remark = sent(cast, row, desk, **place)
    for name, more in ((page, args), ("studio_community", []), ("studio_submit", [])):
        text = sign_in(cast.author).get(studio(row, name, *more)).content.decode()
        assert f'id="remark-{remark.pk}"' in text
        assert "Who are they?" in text
        assert_valid(text)
    elsewhere = "studio_photos"
    assert "Who are they?" not in sign_in(cast.author).get(studio(row, elsewhere)).content.decode()


def test_a_remark_on_a_picture_stands_at_the_picture(cast, desk, row, sign_in):
    key = row.version.snapshot["photos"][0]["key"]
    sent(cast, row, desk, target="photo", target_key=key)
    text = sign_in(cast.author).get(studio(row, "studio_photos")).content.decode()
    assert text.count("Who are they?") == 2
    assert_valid(text)


def test_the_team_answers_in_place_and_the_reviewer_looks_again(cast, desk, row, sign_in):
    remark = sent(cast, row, desk)
    here = studio(row, "studio_section", "big-purpose")
    answer = sign_in(cast.teammate).post(
        studio(row, "studio_remark", remark.pk), {"reply": "Neighbours.", "back": here}
    )
    assert answer.url == here
    remark.refresh_from_db()
    assert (remark.state, remark.resolved_by, remark.reply) == (
        "resolved",
        cast.teammate,
        "Neighbours.",
    )
    row = factories.submit_for_review(row.community, by=cast.author)
    client = sign_in(cast.staff)
    text = client.get(address(row)).content.decode()
    assert "Neighbours." in text
    assert "Answered by Jun-ho P." in text
    change = reverse("review_remark_change", args=[row.pk, remark.pk])
    client.post(change, {"do": "reopen"})
    remark.refresh_from_db()
    assert (remark.state, remark.reply) == ("open", "Neighbours.")
    resolve_remark(remark, by=cast.author, reply="All of them.")
    client.post(change, {"do": "check"})
    remark.refresh_from_db()
    assert (remark.state, remark.checked_by) == ("settled", cast.staff)
    assert_valid(client.get(address(row)).content.decode())


def test_a_second_answer_is_told_and_shown_what_the_first_one_was(cast, desk, row, sign_in):
    remark = sent(cast, row, desk)
    resolve_remark(remark, by=cast.teammate, reply="Neighbours.")
    answer = sign_in(cast.author).post(
        studio(row, "studio_remark", remark.pk), {"reply": "My own <answer>."}
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Jun-ho P. marked it as answered" in text
    assert "My own &lt;answer&gt;." in text
    remark.refresh_from_db()
    assert remark.reply == "Neighbours."
    assert_valid(text)


def test_after_answering_nobody_is_led_off_the_design(cast, desk, row, sign_in):
    remark = sent(cast, row, desk)
    client = sign_in(cast.author)
    for back in ("https://example.org/", "//example.org", "/studio/other/", "/studio/x\n"):
        Remark.objects.update(resolved_at=None)
        answer = client.post(studio(row, "studio_remark", remark.pk), {"back": back})
        assert answer.url == studio(row, "studio_submit")


def test_outsiders_answer_nothing(cast, desk, row, sign_in):
    remark = sent(cast, row, desk)
    for person in (cast.classmate, cast.staff):
        here = studio(row, "studio_remark", remark.pk)
        assert sign_in(person).post(here, {"reply": "x"}).status_code == 404
    assert Remark.objects.get().state == "open"


def test_only_ones_own_drafts_are_thrown_away(cast, desk, row):
    desk.post(address(row, "review_remark"), SECTION)
    draft = Remark.objects.get()
    Remark.objects.update(author=factories.person("Ada L.", is_staff=True))
    change = reverse("review_remark_change", args=[row.pk, draft.pk])
    desk.post(change, {"do": "drop"})
    assert Remark.objects.exists()
    Remark.objects.update(author=cast.staff)
    desk.post(change, {"do": "drop"})
    assert not Remark.objects.exists()
    assert desk.post(change, {"do": "drop"}).status_code == 404


def test_states_follow_each_other(cast, desk, row):
    remark = sent(cast, row, desk)
    assert not check_remark(remark, by=cast.staff)
    assert not reopen_remark(remark)
    assert resolve_remark(remark, by=cast.author)
    assert not resolve_remark(remark, by=cast.teammate)
    assert check_remark(remark, by=cast.staff)
    assert not check_remark(remark, by=cast.staff)


def test_notes_among_staff_are_seen_by_staff_alone(
    cast, desk, row, sign_in, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address(row, "review_note"), {"staff_note": "Zanzibar among us."})
        take = {"do": "hand-over", "to": cast.staff.pk, "note": "Zanzibar at hand-over."}
        desk.post(address(row, "review_take"), take)
        sent(cast, row, desk)
    text = desk.get(address(row)).content.decode()
    assert ("Zanzibar among us." in text, "Zanzibar at hand-over." in text) == (True, True)
    assert StaffNote.objects.count() == 2
    client = sign_in(cast.author)
    names = ["studio_community", "studio_submit", "studio_versions", "studio_document"]
    pages = [studio(row, name) for name in names] + ["/studio/", "/studio/notices/"]
    assert [page for page in pages if "Zanzibar" in client.get(page).content.decode()] == []
    assert [letter for letter in mail.outbox if "Zanzibar" in letter.body + letter.subject] == []


def test_an_empty_note_is_refused(desk, row):
    answer = desk.post(address(row, "review_note"), {"staff_note": " "})
    assert answer.status_code == 422
    assert "Write the note." in answer.content.decode()
    assert not StaffNote.objects.exists()
