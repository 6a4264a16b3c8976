"""The safety net: one version of the state before, for each person and sitting."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from communities.enums import Consent
from communities.models import Community, Photo, SectionTemplate, Sitting
from communities.services.document import save_section
from communities.services.editing import Stale, remove_revised
from communities.services.photos import remove_photo
from communities.services.sittings import MOST_KEPT, QUIET
from communities.services.versions import freeze
from tests import factories


@pytest.fixture
def made(cast):
    made = factories.community(cast.author, "Bench Swap")
    return factories.team(cast.teammate, made=made)


@pytest.fixture
def write(made):
    """write(person, text) saves the big purpose at whatever revision it has."""

    def save(person, text):
        template = SectionTemplate.objects.get(key="big-purpose")
        revision = made.sections.get(template=template).revision
        return save_section(made, template, by=person, revision=revision, body=text)

    return save


def kept(made):
    return [(v.note, v.reason, body_of(v)) for v in made.versions.order_by("number")]


def body_of(version):
    return version.snapshot["sections"][0]["body"]


def pass_time(minutes):
    then = timezone.now() - timedelta(minutes=minutes)
    Sitting.objects.update(last_change_at=then)


def test_nobody_needs_a_net_for_what_they_just_began(cast, made, write):
    write(cast.author, "One.")
    write(cast.author, "Two.")
    assert kept(made) == []


def test_the_first_change_of_a_sitting_keeps_what_stood_there(cast, made, write):
    for text in ("One.", "Two.", "Three."):
        write(cast.teammate, text)
    assert kept(made) == [(f"Before {cast.teammate}’s changes", "kept", "Why we made Bench Swap.")]


def test_two_who_write_in_turns_make_one_version_each(cast, made, write):
    pass_time(31)
    for turn in range(4):
        write(cast.author, f"Author {turn}.")
        write(cast.teammate, f"Teammate {turn}.")
    assert kept(made) == [
        (f"Before {cast.author}’s changes", "kept", "Why we made Bench Swap."),
        (f"Before {cast.teammate}’s changes", "kept", "Author 0."),
    ]


def test_a_sitting_ends_after_half_an_hour_of_quiet(cast, made, write):
    write(cast.teammate, "One.")
    pass_time(QUIET.seconds / 60 - 1)
    write(cast.teammate, "Two.")
    assert len(kept(made)) == 1
    pass_time(QUIET.seconds / 60 + 1)
    write(cast.teammate, "Three.")
    assert [body for *_, body in kept(made)] == ["Why we made Bench Swap.", "Two."]


def test_what_a_version_says_already_is_not_kept_twice(cast, made, write):
    freeze(made, by=cast.author, note="Before the run")
    write(cast.teammate, "One.")
    assert [note for note, *_ in kept(made)] == ["Before the run"]


def test_a_lost_race_keeps_nothing_and_begins_no_sitting(cast, made):
    template = SectionTemplate.objects.get(key="big-purpose")
    with pytest.raises(Stale):
        save_section(made, template, by=cast.teammate, revision=99, body="Late.")
    assert kept(made) == []
    assert not Sitting.objects.filter(user=cast.teammate).exists()


def test_a_removal_is_a_change_too(cast, made):
    remove_revised(made.insights.get(), by=cast.teammate, revision=1)
    assert made.versions.get().snapshot["insights"][0]["headline"] == "Teach it tomorrow"


def test_within_a_sitting_the_net_costs_two_queries(cast, made, write, django_assert_num_queries):
    write(cast.teammate, "One.")
    template = SectionTemplate.objects.get(key="big-purpose")
    section = made.sections.get(template=template)
    # Begin, find the section, find and prolong the sitting, the section, end.
    with django_assert_num_queries(6):
        save_section(made, template, by=cast.teammate, revision=section.revision, body="Two.")


def test_old_nets_are_thinned_out_and_versions_by_hand_are_not(
    cast, made, write, django_capture_on_commit_callbacks
):
    freeze(made, by=cast.author, note="By hand")
    photo = factories.photo(made, by=cast.author, consent=Consent.NO_PEOPLE)
    write(cast.teammate, "A text with a picture.")
    remove_photo(photo, by=cast.teammate)
    assert Photo.objects.get(pk=photo.pk).is_removed
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(MOST_KEPT + 1):
            pass_time(31)
            write(cast.teammate, f"Text {number}.")
    notes = [note for note, *_ in kept(made)]
    assert notes == ["By hand"] + [f"Before {cast.teammate}’s changes"] * MOST_KEPT
    # The only version that showed the picture is gone, and so are the picture and its files.
    assert not Photo.objects.filter(pk=photo.pk).exists()

    assert not default_storage.exists(photo.files[0]["name"])
    assert Community.objects.get(pk=made.pk).versions.first().number == MOST_KEPT + 3
