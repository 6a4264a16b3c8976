"""Photographs: several at once, words for each, order, cover, and taking one away."""

import io
import re
import threading
import uuid
from functools import partialmethod

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from communities.enums import Consent
from communities.media import Limits, sandbox
from communities.models import Photo
from communities.services.photos import add_photo, describe_photo
from communities.services.versions import freeze
from communities.snapshot import Snapshot
from tests import factories
from tests.communities.media import corpus
from tests.html import assert_valid, text_of

from .fields import fields_of


@pytest.fixture
def client(cast, design, sign_in):
    return sign_in(cast.author)


def prefix(photo: Photo) -> str:
    return f"photo-{photo.key.hex}"


def current(design) -> list[Photo]:
    return list(design.photos.current())


def with_place(name="garden.jpg") -> SimpleUploadedFile:
    """A JPEG that says where and by which camera it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "#884422").save(buffer, "JPEG", exif=exif)
    assert b"SecretCamera" in buffer.getvalue()
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/jpeg")


def broken(name="broken.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"\x89PNG\r\n\x1a\n" + b"rubbish" * 40)


# --- Uploading ----------------------------------------------------------------------------------


def test_limits_are_said_before_anything_is_chosen(client, at, settings):
    settings.PHOTO_MAX_BYTES, settings.PHOTO_MAX_PIXELS = 3 * 1024**2, 20_000_000
    settings.PHOTOS_PER_COMMUNITY, settings.PHOTOS_PER_PERSON = 7, 9
    page = client.get(at("studio_photos")).content.decode()
    assert (
        "JPEG, PNG, WebP, AVIF, GIF or HEIC, up to 3 MB and 20 million pixels each, 7 in a design"
        " and 9 by one person." in page
    )


def moving(name="dance.gif") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, corpus.animation("GIF"), content_type="image/gif")


def test_of_an_animation_the_first_frame_is_kept_and_this_is_said(client, at):
    files = {"photos": [factories.picture_file("one.png"), moving(), broken()]}
    page = client.post(at("studio_photos"), files).content.decode()
    assert re.findall(r"[\w.]+ moves\. [\w ]+\.", page) == [
        "dance.gif moves. Only its first frame is kept."
    ]
    assert "of an animation the first frame is kept." in page
    files = {"key": uuid.uuid4(), "photos": moving()}
    part = client.post(at("studio_photo_add"), files)
    assert "It moves. Only its first frame is kept." in part.content.decode()
    files = {"key": uuid.uuid4(), "photos": factories.picture_file("one.png")}
    assert "moves" not in client.post(at("studio_photo_add"), files).content.decode()


def test_several_at_once_arrive_in_their_order(client, design, at):
    files = [factories.picture_file("one.png"), with_place("two.jpg")]
    response = client.post(at("studio_photos"), {"photos": files}, follow=True)
    assert response.redirect_chain == [(at("studio_photos"), 302)]
    assert [photo.original_name for photo in current(design)] == ["one.png", "two.jpg"]
    assert "2 pictures have arrived. Describe them below." in response.content.decode()
    design.refresh_from_db()
    assert design.cover == current(design)[0]


def test_places_and_cameras_are_gone_from_every_stored_byte(client, design, at):
    client.post(at("studio_photos"), {"photos": [with_place()]})
    (photo,) = current(design)
    for file in photo.files:
        with default_storage.open(file["name"]) as stored_file:
            stored = stored_file.read()
        assert b"SecretCamera" not in stored
        with Image.open(io.BytesIO(stored)) as picture:
            assert dict(picture.getexif()) == {}


def test_a_broken_file_costs_nothing_of_the_others_nor_of_what_was_typed(client, cast, design, at):
    here = factories.photo(design, by=cast.author, alt="A long table")
    sent = fields_of(client.get(at("studio_photos")))
    sent[f"{prefix(here)}-caption"] = "Tuesday, the first swap."
    text = SimpleUploadedFile("notes.txt", b"Dear diary")
    files = [factories.picture_file("good.png"), broken(), text]
    response = client.post(at("studio_photos"), {**sent, "photos": files})
    assert response.status_code == 422
    page = response.content.decode()
    assert_valid(page)
    (notice,) = text_of(page, "stop")[:1]
    assert notice.startswith("2 files were not taken broken.png: This picture is damaged")
    assert "notes.txt: This file is not a picture we can read." in notice
    assert notice.endswith("The other one has arrived and is below. What you typed is still here.")
    assert [photo.original_name for photo in current(design)] == ["picture.png", "good.png"]
    here.refresh_from_db()
    assert here.caption == "Tuesday, the first swap."


@pytest.mark.parametrize(
    ("limit", "reason"),
    [
        ({"PHOTO_MAX_BYTES": 50}, "larger than"),
        ({"PHOTO_MAX_PIXELS": 100}, "too many pixels"),
        ({"PHOTOS_PER_PERSON": 0}, "You have uploaded 0 pictures, which is the most for one"),
        ({"PHOTOS_PER_COMMUNITY": 0}, "A design holds at most 0 pictures. Remove one first."),
    ],
)
def test_beyond_a_limit_is_refused_with_the_reason(client, design, at, settings, limit, reason):
    for name, value in limit.items():
        setattr(settings, name, value)
    response = client.post(at("studio_photos"), {"photos": [factories.picture_file()]})
    assert response.status_code == 422
    assert reason in response.content.decode()
    assert current(design) == []
    assert not default_storage.exists("photos")


def test_too_many_take_what_fits(client, design, at, settings):
    settings.PHOTOS_PER_COMMUNITY = 2
    files = [factories.picture_file(f"{number}.png") for number in range(4)]
    response = client.post(at("studio_photos"), {"photos": files})
    assert response.status_code == 422
    assert [photo.original_name for photo in current(design)] == ["0.png", "1.png"]
    assert "2 files were not taken" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("<script>alert(1)</script>.png", "script>.png"),
        ("a" * 300 + ".png", "a" * 116 + ".png"),
        ("\x00null\x00.png", "null.png"),
        ("con'quote\".png", None),
        ("übung 📷.png", "übung 📷.png"),
    ],
)
def test_a_hostile_name_is_only_ever_text(client, design, at, name, kept):
    upload = factories.picture_file("x.png")
    upload._name = name
    response = client.post(at("studio_photos"), {"photos": [upload]}, follow=True)
    assert response.status_code == 200
    (photo,) = current(design)
    assert kept is None or photo.original_name == kept
    assert all(file["name"].startswith(f"{photo.folder}/") for file in photo.files)
    page = response.content.decode()
    assert_valid(page)
    assert "<script>alert" not in page


def test_a_second_click_hangs_each_picture_once(client, design, at):
    sent = fields_of(client.get(at("studio_photos")))
    for _ in range(2):
        files = [factories.picture_file("one.png"), factories.picture_file("two.png")]
        response = client.post(at("studio_photos"), {**sent, "photos": files})
        assert response.status_code == 302
    assert [photo.original_name for photo in current(design)] == ["one.png", "two.png"]


def test_nothing_chosen_is_nothing_wrong(client, design, at):
    sent = fields_of(client.get(at("studio_photos")))
    assert client.post(at("studio_photos"), sent).status_code == 302
    assert current(design) == []


# --- One by one, for the script ------------------------------------------------------------------


def test_one_file_answers_with_its_part_of_the_form(client, cast, design, at):
    factories.photo(design, by=cast.author)
    sent = {"key": str(uuid.uuid4()), "photos": factories.picture_file("new.png")}
    response = client.post(at("studio_photo_add"), sent)
    assert response.status_code == 201
    added = current(design)[-1]
    page = response.content.decode()
    assert page.lstrip().startswith(f'<fieldset class="photo-form" id="{prefix(added)}"')
    assert "Picture 2" in page


def test_one_file_tried_again_is_found(client, design, at):
    key = str(uuid.uuid4())
    for _ in range(2):
        sent = {"key": key, "photos": factories.picture_file("new.png")}
        assert client.post(at("studio_photo_add"), sent).status_code == 201
    assert len(current(design)) == 1


def test_one_file_refused_says_why(client, design, at):
    response = client.post(at("studio_photo_add"), {"photos": broken()})
    assert (response.status_code, response["Content-Type"]) == (422, "text/plain")
    assert response.content.decode().startswith("This picture is damaged or incomplete.")
    response = client.post(at("studio_photo_add"), {"photos": "not a file"})
    assert (response.status_code, response.content) == (422, b"No file arrived. Choose it again.")
    assert client.get(at("studio_photo_add")).status_code == 405


def test_one_file_that_finds_no_place_may_be_sent_again(client, design, at, monkeypatch):
    monkeypatch.setattr(sandbox, "_slots", threading.BoundedSemaphore(1))
    monkeypatch.setattr(Limits, "__init__", partialmethod(Limits.__init__, wait_seconds=0.05))
    sent = {"key": str(uuid.uuid4()), "photos": factories.picture_file("new.png")}
    with sandbox._slots:
        response = client.post(at("studio_photo_add"), sent)
    assert (response.status_code, response["Content-Type"]) == (503, "text/plain")
    assert response.content.startswith(b"Many pictures are arriving right now.")
    assert current(design) == []
    sent["photos"] = factories.picture_file("new.png")
    assert client.post(at("studio_photo_add"), sent).status_code == 201
    assert len(current(design)) == 1


# --- Words --------------------------------------------------------------------------------------


@pytest.fixture
def three(cast, design):
    return [factories.photo(design, by=cast.author, alt="", consent="") for _ in range(3)]


def test_all_words_are_saved_with_one_button(client, cast, three, at):
    sent = fields_of(client.get(at("studio_photos")))
    first, second, third = map(prefix, three)
    sent |= {
        f"{first}-described": "describe",
        f"{first}-alt": "Children sit round a green bench.\r\nA wheel lies on it.",
        f"{first}-caption": "  Tuesday, the first swap. ",
        f"{first}-credit": "Mei L.",
        f"{first}-kind": "illustration",
        f"{first}-consent": "guardians-agreed",
        f"{first}-consent_holder": "Rosa, the lead",
        f"{second}-described": "decorative",
        f"{second}-consent": "no-people",
        f"{third}-alt": "Typing is describing.",
    }
    assert client.post(at("studio_photos"), sent).status_code == 302
    saved = Photo.objects.order_by("position")
    names = ("alt", "is_decorative", "caption", "credit", "kind", "consent", "consent_holder")
    assert list(saved.values_list(*names)) == [
        (
            "Children sit round a green bench. A wheel lies on it.",
            False,
            "Tuesday, the first swap.",
            "Mei L.",
            "illustration",
            "guardians-agreed",
            "Rosa, the lead",
        ),
        ("", True, "", "", "photo", "no-people", ""),
        ("Typing is describing.", False, "", "", "photo", "", ""),
    ]
    assert {photo.updated_by for photo in saved} == {cast.author}


def test_what_was_not_touched_keeps_its_revision(client, three, at):
    sent = fields_of(client.get(at("studio_photos")))
    sent[f"{prefix(three[1])}-caption"] = "Only this one"
    client.post(at("studio_photos"), sent)
    assert [photo.revision for photo in Photo.objects.order_by("position")] == [1, 2, 1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"described": "describe", "alt": " "},
            "Picture 2, Description: Write a description, or choose “Not yet”.",
        ),
        (
            {"described": "decorative", "alt": "A table"},
            "Picture 2, Description: Empty this, or choose that you describe the picture.",
        ),
        (
            {"consent": "guardians-agreed", "consent_holder": ""},
            "Picture 2, Who holds the forms: Say who holds the guardians’ forms.",
        ),
        ({"kind": "hologram"}, "Picture 2, This is a: Choose one of these."),
        (
            {"caption": "x" * 301},
            "Picture 2, Caption: Shorten this to 300 characters; it has 301 now.",
        ),
    ],
)
def test_a_mistake_is_named_and_the_others_are_saved(client, three, at, change, words):
    sent = fields_of(client.get(at("studio_photos")))
    sent[f"{prefix(three[0])}-caption"] = "Right"
    sent |= {f"{prefix(three[1])}-{name}": value for name, value in change.items()}
    response = client.post(at("studio_photos"), sent)
    assert response.status_code == 422
    page = response.content.decode()
    assert_valid(page)
    (summary,) = text_of(page, "error-summary")
    assert summary.startswith(f"One thing needs putting right {words}")
    kept = fields_of(response)
    typed = {name: [value] for name, value in change.items() if name != "kind"}
    assert {name: kept[f"{prefix(three[1])}-{name}"] for name in typed} == typed
    three[0].refresh_from_db()
    assert three[0].caption == "Right"
    again = client.post(at("studio_photos"), {**kept, f"{prefix(three[0])}-caption": "Righter"})
    assert again.status_code == 422, "the saved one must not clash with itself"
    three[0].refresh_from_db()
    assert three[0].caption == "Righter"


def test_two_people_at_one_picture_see_both_texts(client, cast, three, at):
    sent = fields_of(client.get(at("studio_photos")))
    describe_photo(three[0], by=cast.teammate, revision=1, alt="Theirs", caption="Only theirs")
    sent[f"{prefix(three[0])}-alt"] = "Mine"
    sent[f"{prefix(three[1])}-alt"] = "Nobody else was here"
    response = client.post(at("studio_photos"), sent)
    assert response.status_code == 409
    page = response.content.decode()
    assert_valid(page)
    assert text_of(page, "clash-text") == ["Mine", "Theirs"]
    assert "Jun-ho P. saved this at" in page
    three[0].refresh_from_db()
    three[1].refresh_from_db()
    assert (three[0].alt, three[1].alt) == ("Theirs", "Nobody else was here")
    kept = fields_of(response)
    assert kept[f"{prefix(three[0])}-caption"] == ["Only theirs"]
    assert client.post(at("studio_photos"), kept).status_code == 302
    three[0].refresh_from_db()
    assert (three[0].alt, three[0].caption) == ("Mine", "Only theirs")


def test_what_only_a_teammate_changed_stays_theirs(client, cast, three, at):
    sent = fields_of(client.get(at("studio_photos")))
    describe_photo(three[0], by=cast.teammate, revision=1, alt="Theirs")
    sent[f"{prefix(three[1])}-caption"] = "Mine"
    assert client.post(at("studio_photos"), sent).status_code == 302
    assert [p.alt for p in Photo.objects.order_by("position")] == ["Theirs", "", ""]


def test_words_about_a_picture_that_was_removed_are_shown_again(client, cast, three, at):
    sent = fields_of(client.get(at("studio_photos")))
    sent[f"{prefix(three[2])}-alt"] = "A sentence worth keeping"
    three[2].delete()
    response = client.post(at("studio_photos"), sent)
    assert response.status_code == 409
    assert "Description: A sentence worth keeping" in response.content.decode()


def test_typed_words_survive_the_end_of_a_session(client, cast, three, at, sign_in):
    sent = fields_of(client.get(at("studio_photos")))
    sent[f"{prefix(three[0])}-alt"] = "Half an hour of work"
    client.logout()
    assert client.post(at("studio_photos"), sent).status_code == 302
    client = sign_in(cast.author)
    back = fields_of(client.get(at("studio_photos")))
    assert back[f"{prefix(three[0])}-alt"] == ["Half an hour of work"]
    assert client.post(at("studio_photos"), back).status_code == 302
    three[0].refresh_from_db()
    assert three[0].alt == "Half an hour of work"


def test_hostile_fields_are_no_server_error(client, three, at):
    name = prefix(three[0])
    for value in ("\x00", "\ud800".encode("utf-8", "replace").decode(), "x" * 20_000, "9" * 40):
        for field in ("revision", "seen", "described", "alt", "kind", "consent", "caption"):
            sent = {f"{name}-described": "describe", f"{name}-{field}": value}
            assert client.post(at("studio_photos"), sent).status_code in (302, 409, 422)
    assert client.post(at("studio_photos"), {"key": "\x00", "up": "\x00"}).status_code == 302


# --- Consent ------------------------------------------------------------------------------------


def test_needs_blurring_says_what_to_do_and_blocks_submission(client, cast, design, at):
    photo = factories.photo(design, by=cast.author, consent=Consent.NEEDS_BLURRING)
    assert "Blur the faces below" in client.get(at("studio_photos")).content.decode()
    sent = {"licence": "cc-by-4.0", "agreed": "on"}
    response = client.post(at("studio_submit"), sent)
    assert response.status_code == 422
    assert "Blur the faces in picture 1." in response.content.decode()
    describe_photo(photo, by=cast.author, revision=1, consent=Consent.NO_PEOPLE)
    assert client.post(at("studio_submit"), sent).status_code == 302


# --- Order, cover, removal ------------------------------------------------------------------------


def test_buttons_move_and_choose_and_save_what_was_typed(client, design, three, at):
    first, second, third = three
    sent = fields_of(client.get(at("studio_photos")))
    sent[f"{prefix(first)}-caption"] = "Typed before pressing"
    response = client.post(at("studio_photos"), {**sent, "down": first.key.hex})
    assert response.url == f"{at('studio_photos')}#{prefix(first)}"
    assert current(design) == [second, first, third]
    first.refresh_from_db()
    assert first.caption == "Typed before pressing"
    client.post(at("studio_photos"), {"up": third.key.hex})
    client.post(at("studio_photos"), {"up": third.key.hex})
    client.post(at("studio_photos"), {"up": third.key.hex})
    assert current(design) == [third, second, first]
    client.post(at("studio_photos"), {"cover": second.key.hex})
    design.refresh_from_db()
    assert design.cover == second


def test_nobody_moves_the_pictures_of_others(client, cast, design, at):
    other = factories.community(cast.classmate, "Another")
    theirs = factories.photo(other, by=cast.classmate)
    for action in ("up", "down", "cover", "remove"):
        response = client.post(at("studio_photos"), {action: theirs.key.hex})
        assert response.url == at("studio_photos")
    assert client.get(at("studio_photo_remove", theirs.pk)).status_code == 404
    client.post(at("studio_photo_remove", theirs.pk), {"revision": 1})
    sent = {f"{prefix(theirs)}-described": "describe", f"{prefix(theirs)}-alt": "Mine now"}
    client.post(at("studio_photos"), sent)
    theirs.refresh_from_db()
    assert (theirs.alt, theirs.is_removed) == ("A long table", False)
    design.refresh_from_db()
    assert design.cover is None


def test_removing_asks_once_and_takes_the_files(
    client, cast, design, three, at, django_capture_on_commit_callbacks
):
    asked = client.post(at("studio_photos"), {"remove": three[0].key.hex})
    assert asked.url == at("studio_photo_remove", three[0].pk)
    page = client.get(asked.url)
    assert "Remove this picture?" in page.content.decode()
    files = [file["name"] for file in three[0].files]
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(asked.url, fields_of(page))
    assert response.url == at("studio_photos")
    assert current(design) == three[1:]
    assert [default_storage.exists(name) for name in files] == [False] * len(files)
    again = client.post(asked.url, fields_of(page))
    assert again.url == at("studio_photos"), "the second click finds it done"
    assert client.get(asked.url).status_code == 404


def test_removing_what_a_teammate_has_just_described_asks_again(client, cast, design, three, at):
    page = client.get(at("studio_photo_remove", three[0].pk))
    describe_photo(three[0], by=cast.teammate, revision=1, alt="I have just described it")
    response = client.post(at("studio_photo_remove", three[0].pk), fields_of(page))
    assert response.status_code == 409
    assert "Somebody changed it while you were on this page." in response.content.decode()
    assert len(current(design)) == 3
    client.post(at("studio_photo_remove", three[0].pk), fields_of(response))
    assert len(current(design)) == 2


def test_a_published_version_keeps_a_picture_that_is_removed_from_the_draft(
    client, cast, at, sign_in, django_capture_on_commit_callbacks
):
    made = factories.community(cast.author, "Night Kitchen")
    photo = factories.photo(made, by=cast.author)
    made = factories.publish(made, by=cast.author, staff=cast.staff)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/studio/{made.slug}/photos/{photo.pk}/remove/", {"revision": 1})
    photo.refresh_from_db()
    assert (photo.is_removed, list(made.photos.current())) == (True, [])
    assert all(default_storage.exists(file["name"]) for file in photo.files)
    made.refresh_from_db()
    shown = Snapshot.from_json(made.published_version.snapshot)
    assert [note.key for note in shown.photos] == [photo.key.hex]
    address = f"/pictures/{photo.key.hex}/{photo.files[0]['name'].rsplit('/', 1)[1]}"
    response = sign_in(cast.visitor).get(address)
    assert (response.status_code, b"".join(response.streaming_content)[8:12]) == (200, b"WEBP")


def test_a_version_at_the_same_moment_keeps_the_files(cast, design):
    photo = factories.photo(design, by=cast.author)
    version = freeze(design, by=cast.author)
    assert list(version.photos.all()) == [photo]


def test_a_key_is_not_used_up_by_a_picture_that_was_removed(cast, design):
    key = uuid.uuid4()
    first = add_photo(design, by=cast.author, upload=factories.picture_file(), key=key)
    first.delete()
    second = add_photo(design, by=cast.author, upload=factories.picture_file(), key=key)
    assert current(design) == [second]
