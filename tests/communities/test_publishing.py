"""What a decision does to what the public sees: pointer, number, address, announcement."""

import pytest
from django.urls import reverse

from communities import workflow
from communities.enums import Action, Consent, Status
from communities.models import Community, OldSlug, Photo, Submission
from communities.services.photos import describe_photo
from communities.signals import public_content_changed
from tests import factories
from tests.communities.moves import ABLE, STARTS, move, submission_in


def test_approval_points_at_the_version_and_editing_or_submitting_does_not(people):
    row = submission_in(Status.PUBLISHED, people)
    made = row.community
    Community.objects.filter(pk=made.pk).update(title="Another title")
    second = factories.submit_for_review(made, by=people["author"])
    made.refresh_from_db()
    assert made.published_version == row.version
    move(second, Action.REQUEST_CHANGES, by=people["staff"])
    move(second, Action.DECLINE, by=people["staff"])
    made.refresh_from_db()
    assert made.published_version == row.version
    third = factories.submit_for_review(made, by=people["author"])
    move(third, Action.APPROVE, by=people["staff"])
    made.refresh_from_db()
    assert made.published_version == third.version


def test_unpublishing_takes_it_out_and_restoring_puts_the_same_back(people):
    row = submission_in(Status.PUBLISHED, people)
    made = Community.objects.get(pk=row.community_id)
    number, day, slug = made.catalogue_number, made.published_at, made.slug
    move(row, Action.UNPUBLISH, by=people["staff"])
    assert not Community.objects.published().exists()
    move(row, Action.RESTORE, by=people["staff"])
    made.refresh_from_db()
    assert made.published_version == row.version
    assert (made.catalogue_number, made.published_at, made.slug) == (number, day, slug)


def test_only_what_is_shown_can_be_unpublished_and_only_the_last_restored(people):
    first = submission_in(Status.PUBLISHED, people)
    second = factories.submit_for_review(first.community, by=people["author"])
    move(second, Action.APPROVE, by=people["staff"])
    first = Submission.objects.get(pk=first.pk)
    assert workflow.allowed_actions(people["staff"], first) == []
    second = Submission.objects.get(pk=second.pk)
    move(second, Action.UNPUBLISH, by=people["staff"])
    third = factories.submit_for_review(first.community, by=people["author"])
    second = Submission.objects.get(pk=second.pk)
    assert workflow.allowed_actions(people["staff"], second) == []
    move(third, Action.DECLINE, by=people["staff"])
    assert workflow.allowed_actions(people["staff"], second) == [Action.RESTORE]


def test_catalogue_numbers_are_given_once_and_in_order(people):
    numbers = []
    for title in ("One", "Two"):
        row = submission_in(Status.UNPUBLISHED, people, title)
        move(row, Action.RESTORE, by=people["staff"])
        again = factories.submit_for_review(row.community, by=people["author"])
        move(again, Action.APPROVE, by=people["staff"])
        numbers.append(Community.objects.get(pk=row.community_id).catalogue_number)
    submission_in(Status.DECLINED, people, "Three")
    assert numbers == [1, 2]
    assert Community.objects.filter(catalogue_number=None).count() == 1


def test_the_address_follows_the_title_until_it_is_public_and_stays_then(people):
    made = factories.community(people["author"], "First thought")
    Community.objects.filter(pk=made.pk).update(title="Bench Swap")
    row = factories.submit_for_review(made, by=people["author"])
    move(row, Action.APPROVE, by=people["staff"])
    made = Community.objects.get(pk=made.pk)
    assert made.slug == "bench-swap"
    assert list(OldSlug.objects.values_list("slug", "community")) == [("first-thought", made.pk)]
    Community.objects.filter(pk=made.pk).update(title="Another thought")
    row = factories.submit_for_review(made, by=people["author"])
    move(row, Action.APPROVE, by=people["staff"])
    made.refresh_from_db()
    assert made.slug == "bench-swap"


def test_an_address_that_somebody_has_or_had_is_not_taken_from_them(people):
    for title in ("Taken", "Once"):
        factories.published(people["author"], people["staff"], title)
    OldSlug.objects.create(slug="moved", community=Community.objects.get(slug="once"))
    for title in ("Taken", "Moved"):
        made = factories.community(people["author"], f"{title} draft")
        Community.objects.filter(pk=made.pk).update(title=title)
        row = factories.submit_for_review(made, by=people["author"])
        move(row, Action.APPROVE, by=people["staff"])
        made.refresh_from_db()
        assert made.slug == f"{title.lower()}-draft"


def test_a_design_may_take_back_an_address_it_had(people):
    made = factories.community(people["author"], "Bench Swap")
    Community.objects.filter(pk=made.pk).update(slug="other")
    OldSlug.objects.create(slug="bench-swap", community=made)
    move(factories.submit_for_review(made, by=people["author"]), Action.APPROVE, by=people["staff"])
    made.refresh_from_db()
    assert made.slug == "bench-swap"
    assert list(made.old_slugs.values_list("slug", flat=True)) == ["other"]


@pytest.mark.parametrize("action", STARTS)
def test_the_change_is_announced_when_the_public_sees_another_thing_and_only_then(
    people, action, django_capture_on_commit_callbacks
):
    heard = []

    def hear(community_ids, **kwargs):
        heard.append(community_ids)

    row = submission_in(STARTS[action], people)
    public_content_changed.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            move(row, action, by=people[ABLE[action]])
            assert heard == []
    finally:
        public_content_changed.disconnect(hear)
    is_public_matter = action in (
        Action.APPROVE,
        Action.UNPUBLISH,
        Action.RESTORE,
        Action.UNDO_APPROVE,
    )
    assert heard == ([[row.community_id]] if is_public_matter else [])


def test_a_picture_without_settled_consent_is_never_public(
    people, client, django_capture_on_commit_callbacks
):
    made = factories.community(people["author"])
    photo = factories.photo(made, by=people["author"], consent=Consent.EVERYONE_AGREED)
    row = factories.submit_for_review(made, by=people["author"])
    with django_capture_on_commit_callbacks(execute=True):
        move(row, Action.APPROVE, by=people["staff"])
    page, file = made.get_absolute_url(), photo.files[0]["name"].rsplit("/", 1)[-1]
    picture = reverse("picture", args=[photo.key.hex, file])
    catalogue = reverse("designs")

    def seen():
        pages = [client.get(address).content.decode() for address in (page, catalogue)]
        return [photo.key.hex in text for text in pages], client.get(picture).status_code

    assert seen() == ([True, True], 200)
    for consent, expected in (
        (Consent.NEEDS_BLURRING, ([False, False], 404)),
        (Consent.GUARDIANS_AGREED, ([True, True], 200)),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            describe_photo(photo, by=people["author"], revision=photo.revision, consent=consent)
        assert seen() == expected


def test_withheld_pictures_are_the_same_for_a_queryset_and_for_one(people):
    made = factories.community(people["author"])
    for consent in (*Consent, ""):
        for is_hidden in (False, True):
            factories.photo(made, by=people["author"], consent=consent, is_hidden=is_hidden)
    photos = Photo.objects.all()
    assert set(photos.withheld()) == {photo for photo in photos if photo.is_withheld}
    assert (len(photos), len(photos.withheld())) == (10, 7)
