"""An old version comes back whole, and what stood there is a version of its own."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.storage import default_storage

from communities.enums import Consent, Outcome
from communities.models import Attachment, Photo, SectionTemplate, Sitting, Value
from communities.services.about import save_about
from communities.services.attachments import remove_attachment
from communities.services.document import save_section
from communities.services.editing import Stale, remove_revised, save_revised
from communities.services.implementations import add_implementation, add_reflection
from communities.services.photos import describe_photo, remove_photo
from communities.services.restoring import Changed, restore, seal_of
from communities.services.values import save_values
from communities.services.versions import freeze
from communities.services.working_copy import snapshot_of
from communities.snapshot import Snapshot
from tests import factories


@pytest.fixture
def made(cast):
    made = factories.community(cast.author, "Bench Swap")
    factories.photo(made, by=cast.author, caption="First")
    factories.photo(made, by=cast.author, caption="Second")
    return factories.team(cast.teammate, made=made)


@pytest.fixture
def before(cast, made):
    return freeze(made, by=cast.author, note="Before the run")


def change_everything(made, by):
    made.refresh_from_db()
    topics = ["Other"]
    save_about(made, by=by, revision=made.revision, topics=topics, title="New", summary="New.")
    reasons = [{"value": Value.objects.get(slug="play"), "rationale": "New."}]
    save_values(made, by=by, revision=made.values_revision, reasons=reasons)
    for key, revision in (("big-purpose", 1), ("structure", 0)):
        template = SectionTemplate.objects.get(key=key)
        save_section(made, template, by=by, revision=revision, body="Newer words.")
    run = made.implementations.get()
    save_revised(run, by=by, revision=run.revision, place="Elsewhere")
    team_words = run.reflections.get()
    save_revised(team_words, by=by, revision=team_words.revision, worked_well="Other.")
    add_implementation(made, by=by, outcome=Outcome.RAN, starts_on=date(2026, 9, 1))
    insight = made.insights.get()
    save_revised(insight, by=by, revision=insight.revision, body="Other.")
    factories.insight(made, by=by, headline="Newer lesson")
    first, second = made.photos.current()
    describe_photo(second, by=by, revision=second.revision, caption="Renamed")
    remove_photo(first, by=by)
    factories.photo(made, by=by, caption="Third")


def bring_back(version, by, **options):
    made = version.community
    return restore(version, by=by, seal=seal_of(snapshot_of(made)), **options)


def test_everything_comes_back_and_the_newer_is_kept(cast, made, before):
    change_everything(made, cast.author)
    newer = snapshot_of(made)
    assert bring_back(before, cast.author) == []
    assert snapshot_of(made) == Snapshot.from_json(before.snapshot)
    kept = made.versions.first()
    assert kept.note == "Before version 1 was restored"
    assert Snapshot.from_json(kept.snapshot) == newer
    bring_back(kept, cast.author)
    again = snapshot_of(made)
    assert replace(again, insights=()) == replace(newer, insights=())
    assert [i.headline for i in again.insights] == [i.headline for i in newer.insights]


def test_open_editors_are_asked_and_overwrite_nothing(cast, made, before):
    template = SectionTemplate.objects.get(key="big-purpose")
    save_section(made, template, by=cast.author, revision=1, body="Newer.")
    bring_back(before, cast.teammate)
    with pytest.raises(Stale):
        save_section(made, template, by=cast.author, revision=2, body="Still typing.")
    assert made.sections.get(template=template).body == "Why we made Bench Swap."


def test_what_somebody_saved_meanwhile_is_not_run_over(cast, made, before):
    seal = seal_of(snapshot_of(made))
    template = SectionTemplate.objects.get(key="big-purpose")
    save_section(made, template, by=cast.author, revision=1, body="A moment ago.")
    with pytest.raises(Changed):
        restore(before, by=cast.teammate, seal=seal)
    assert made.sections.get(template=template).body == "A moment ago."
    assert made.versions.count() == 1


def test_no_version_is_made_of_what_a_version_says_already(cast, made, before):
    save_revised(made, by=cast.author, revision=made.revision, summary="Newer.")
    freeze(made, by=cast.author, note="Newer")
    bring_back(before, cast.author)
    assert [v.note for v in made.versions.all()] == ["Newer", "Before the run"]


def test_hidden_and_withdrawn_pictures_stay_away(cast, made, before):
    first, second = made.photos.current()
    remove_photo(first, by=cast.author)
    remove_photo(second, by=cast.author)
    Photo.objects.filter(pk=first.pk).update(is_hidden=True)
    Photo.objects.filter(pk=second.pk).update(consent=Consent.NEEDS_BLURRING)
    assert bring_back(before, cast.author) == [
        "The picture “First” is gone or was withdrawn.",
        "The picture “Second” is gone or was withdrawn.",
    ]
    assert list(made.photos.current()) == []


def test_a_picture_whose_files_are_gone_does_not_come_back(cast, made, before):
    first, _ = made.photos.current()
    remove_photo(first, by=cast.author)
    default_storage.delete(first.files[0]["name"])
    assert bring_back(before, cast.author) == ["The picture “First” is gone or was withdrawn."]


def test_consent_is_what_people_say_today(cast, made, before):
    photo = made.photos.current().first()
    describe_photo(photo, by=cast.author, revision=1, consent=Consent.NEEDS_BLURRING, caption="New")
    bring_back(before, cast.author)
    photo.refresh_from_db()
    assert (photo.caption, photo.consent) == ("First", Consent.NEEDS_BLURRING)


def test_what_a_teammate_wrote_under_their_name_is_theirs(cast, made, before):
    run = made.implementations.get()
    add_reflection(run, by=cast.teammate, author=cast.teammate, surprised="Nobody left.")
    mine = add_reflection(run, by=cast.author, author=cast.author, surprised="The rain.")
    newer = freeze(made, by=cast.author)
    save_revised(mine, by=cast.author, revision=1, surprised="The sun.")
    bring_back(before, cast.author)
    left = [(r.author, r.surprised) for r in run.reflections.all() if r.author]
    assert left == [(cast.teammate, "Nobody left.")]
    # A run that comes back brings with it what all of them wrote.
    run.refresh_from_db()
    remove_revised(run, by=cast.author, revision=run.revision)
    bring_back(newer, cast.author)
    said = made.implementations.get().reflections.exclude(author=None)
    assert {(r.author, r.surprised) for r in said} == {
        (cast.teammate, "Nobody left."),
        (cast.author, "The rain."),
    }


def test_an_author_who_left_the_team_is_said_to_be_missing(cast, made):
    run = made.implementations.get()
    add_reflection(run, by=cast.teammate, author=cast.teammate, surprised="Nobody left.")
    version = freeze(made, by=cast.author)
    remove_revised(run, by=cast.author, revision=1)
    made.members.filter(user=cast.teammate).delete()
    assert bring_back(version, cast.author) == [
        f"What {cast.teammate.name} wrote looking back: they are no longer in the team."
    ]


def test_a_document_that_was_removed_comes_back(cast, made, django_capture_on_commit_callbacks):
    first, second = (
        factories.attachment(made, by=cast.author, caption=c) for c in ("First", "Second")
    )
    Sitting.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        remove_attachment(first, by=cast.teammate, revision=1)
    assert list(made.attachments.current()) == [second]
    kept = made.versions.latest("number")
    assert [note.caption for note in Snapshot.from_json(kept.snapshot).attachments] == [
        "First",
        "Second",
    ]
    later = factories.attachment(made, by=cast.author, caption="Later")
    seal = seal_of(snapshot_of(made))
    assert restore(kept, by=cast.author, seal=seal) == []
    assert list(made.attachments.current()) == [first, second]
    assert default_storage.exists(first.file)
    assert Attachment.objects.get(pk=later.pk).is_removed, "a version before the restoring has it"


def test_a_document_that_staff_hid_or_that_is_lost_does_not_come_back(cast, made):
    hidden, lost = (
        factories.attachment(made, by=cast.author, caption=c) for c in ("Hidden", "Lost")
    )
    version = freeze(made, by=cast.author)
    for row in (hidden, lost):
        remove_attachment(row, by=cast.author, revision=1)
    Attachment.objects.filter(pk=hidden.pk).update(is_hidden=True)
    default_storage.delete(lost.file)
    assert restore(version, by=cast.author, seal=seal_of(snapshot_of(made))) == [
        "The attachment “Hidden” is gone or was withdrawn.",
        "The attachment “Lost” is gone or was withdrawn.",
    ]
    assert not made.attachments.current().exists()
