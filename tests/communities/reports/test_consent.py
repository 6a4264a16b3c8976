"""Consent can end: on a day, and by the link that was given to who consented."""

from datetime import date

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.utils import timezone

from communities.models import Photo, Report
from communities.services.consents import withdrawal_token
from communities.services.photos import describe_photo
from gallery.index import index_community
from tests import factories

HOME = {"origin": "http://testserver"}


def file_of(photo) -> str:
    return f"/pictures/{photo.key.hex}/{photo.files[0]['name'].rpartition('/')[2]}"


def status(client, address) -> int:
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


@pytest.fixture
def link(photo) -> str:
    return f"/consent/{withdrawal_token(photo)}/"


def test_reading_the_link_changes_nothing(client, link, photo):
    for _ in range(2):
        assert "Take my consent back" in client.get(link).content.decode()
    assert not Photo.objects.get().is_withheld


def test_consent_is_taken_back_at_once_and_the_team_is_told(
    client, link, photo, cast, made, django_capture_on_commit_callbacks
):
    assert status(client, file_of(photo)) == 200
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            answer = client.post(link, headers=HOME)
    assert (answer.status_code, answer.url) == (302, link)
    assert "taken your consent back" in client.get(link).content.decode()
    assert status(client, file_of(photo)) == 404
    for address in ("/", f"/designs/{made.slug}/", "/designs/", "/api/v1/designs/"):
        assert photo.key.hex not in client.get(address).content.decode(), address
    told = sorted(letter.to[0] for letter in mail.outbox)
    assert told == sorted([cast.author.email, cast.staff.email])
    assert Report.objects.get().problem == "withdrawn"


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: "0" * 32 + t[32:], lambda t: "x"])
def test_a_link_cannot_be_made_up(client, photo, spoil):
    address = f"/consent/{spoil(withdrawal_token(photo))}/"
    assert client.get(address).status_code == 404
    assert client.post(address, headers=HOME).status_code == 404
    assert not Photo.objects.get().is_withheld


def test_another_site_takes_nothing_back(client, link):
    assert client.post(link, headers={"origin": "https://elsewhere.example"}).status_code == 403
    assert not Photo.objects.get().is_withheld


def test_the_team_gives_the_link_and_nobody_else_sees_it(sign_in, photo, cast, link, made):
    address = f"/studio/{made.slug}/photos/{photo.pk}/agreement/"
    body = sign_in(cast.author).get(address).content.decode()
    assert f"http://testserver{link}" in body
    assert "<svg" in body
    for person in (cast.classmate, cast.staff):
        assert sign_in(person).get(address).status_code == 404


def test_a_team_cannot_undo_what_was_taken_back(sign_in, client, link, photo, made, cast):
    client.post(link, headers=HOME)
    photo.refresh_from_db()
    describe_photo(photo, by=cast.author, revision=photo.revision, consent="everyone-agreed")
    photo.refresh_from_db()
    assert photo.is_withheld
    body = sign_in(cast.author).get(f"/studio/{made.slug}/submit/").content.decode()
    assert "consent was taken back" in body


def test_staff_can_show_it_again(client, link, photo, decide):
    client.post(link, headers=HOME)
    decide(Report.objects.get(), deed="restore", reason="They asked for it.")
    photo.refresh_from_db()
    assert not photo.is_withheld


class TestWhatWasAgreedForATime:
    @pytest.fixture
    def today(self, monkeypatch):
        """today(day) makes it that day everywhere."""

        def set_day(day: date):
            monkeypatch.setattr(timezone, "localdate", lambda *a, **k: day)

        set_day(date(2026, 5, 31))
        return set_day

    @pytest.fixture
    def ending(self, made, photo, today, cast):
        describe_photo(
            photo, by=cast.author, revision=photo.revision, consent_until=date(2026, 5, 31)
        )
        index_community(made.pk)
        return photo

    PLACES = ("/", "/designs/", "/values/care/", "/api/v1/designs/", "/designs/open-yard/")

    def test_is_shown_on_its_last_day_and_not_a_moment_longer(self, client, ending, today):
        key = ending.key.hex
        for address in self.PLACES:
            assert key in client.get(address).content.decode(), address
        assert status(client, file_of(ending)) == 200
        tags = {address: client.get(address).headers.get("ETag") for address in self.PLACES}
        today(date(2026, 6, 1))
        for address in self.PLACES:
            headers = {"if-none-match": tags[address]} if tags[address] else {}
            answer = client.get(address, headers=headers)
            assert answer.status_code == 200, address
            assert key not in answer.content.decode(), address
        assert status(client, file_of(ending)) == 404
        assert client.get(f"/designs/open-yard/pictures/{key}/").status_code == 404
        assert client.get(f"/report/photo/{key}/").status_code == 404

    def test_is_not_found_by_its_words(self, client, ending):
        assert client.get("/api/v1/designs/?q=gate").json()["count"] == 0

    def test_the_team_is_told_what_is_missing(self, sign_in, ending, today, cast, made):
        today(date(2026, 6, 1))
        client = sign_in(cast.author)
        assert (
            "Ask again or remove picture 1"
            in client.get(f"/studio/{made.slug}/submit/").content.decode()
        )
        page = client.get(f"/studio/{made.slug}/photos/").content.decode()
        assert "It was agreed on until 31 May 2026." in page

    def test_the_query_and_the_predicate_agree(self, ending, today):
        for day in (date(2026, 5, 30), date(2026, 5, 31), date(2026, 6, 1)):
            today(day)
            row = Photo.objects.get()
            assert list(Photo.objects.withheld()) == ([row] if row.is_withheld else [])


def test_blurring_makes_new_files_and_keeps_none_of_the_old(
    sign_in, client, photo, made, cast, django_capture_on_commit_callbacks
):
    old = [file["name"] for file in photo.files]
    was = file_of(photo)
    address = f"/studio/{made.slug}/photos/{photo.pk}/blur/"
    data = {
        "name": old[0],
        "blur-TOTAL_FORMS": "2",
        "blur-INITIAL_FORMS": "0",
        "blur-0-left": "10",
        "blur-0-top": "20",
        "blur-0-width": "30.5",
        "blur-0-height": "95",
    }
    with django_capture_on_commit_callbacks(execute=True):
        answer = sign_in(cast.author).post(address, data)
    assert (answer.status_code, answer.url) == (
        302,
        f"/studio/{made.slug}/photos/#photo-{photo.key.hex}",
    )
    photo.refresh_from_db()
    assert not set(old) & {file["name"] for file in photo.files}
    assert not any(default_storage.exists(name) for name in old)
    assert all(default_storage.exists(file["name"]) for file in photo.files)
    assert (photo.consent, photo.is_withheld) == ("", True)
    for version in made.versions.all():
        named = {f["name"] for shown in version.snapshot["photos"] for f in shown["files"]}
        assert named == {file["name"] for file in photo.files}
    assert status(client, was) == 404
    # The page that was open in another tab blurs nothing a second time.
    assert sign_in(cast.author).post(address, data).status_code == 409


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Mark at least one place"),
        ({"blur-0-left": "10"}, "Fill in all four"),
        ({"blur-0-left": "x", "blur-0-top": "101"}, "Enter a number"),
        (
            {"blur-0-left": "1", "blur-0-top": "1", "blur-0-width": "0", "blur-0-height": "5"},
            "Write more than 0.",
        ),
        ({"blur-TOTAL_FORMS": "many"}, ""),
    ],
)
def test_places_that_make_no_sense_blur_nothing(sign_in, photo, made, cast, fields, words):
    data = {"name": photo.files[0]["name"], "blur-TOTAL_FORMS": "1", "blur-INITIAL_FORMS": "0"}
    address = f"/studio/{made.slug}/photos/{photo.pk}/blur/"
    answer = sign_in(cast.author).post(address, {**data, **fields})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Photo.objects.get().files == photo.files


def test_more_places_without_script_keep_what_was_typed(sign_in, photo, made, cast):
    data = {"blur-TOTAL_FORMS": "3", "blur-INITIAL_FORMS": "0", "blur-0-left": "12", "more": "1"}
    address = f"/studio/{made.slug}/photos/{photo.pk}/blur/"
    answer = sign_in(cast.author).post(address, data)
    body = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="12"' in body
    assert 'name="blur-6-left"' in body


class TestFocus:
    @pytest.fixture
    def address(self, made, photo) -> str:
        return f"/studio/{made.slug}/photos/{photo.pk}/focus/"

    def test_one_of_nine_places(self, sign_in, address, photo, cast):
        sign_in(cast.author).post(address, {"field": "83,17"})
        photo.refresh_from_db()
        assert (photo.focus_x, photo.focus_y) == (83, 17)

    def test_in_percent_and_seen_on_card_and_page(
        self, client, sign_in, address, photo, made, cast
    ):
        sign_in(cast.author).post(address, {"x": "23", "y": "88"})
        factories.publish(made, by=cast.author, staff=cast.staff)
        sign_in(None)
        assert '<div class="cover fx-2 fy-9">' in client.get("/designs/").content.decode()
        assert (
            '<div class="frame fx-2 fy-9">' in client.get(f"/designs/{made.slug}/").content.decode()
        )

    @pytest.mark.parametrize(
        "data", [{"x": "101", "y": "0"}, {"x": "-1", "y": "x"}, {"field": ","}]
    )
    def test_outside_of_the_picture_there_is_none(self, sign_in, address, photo, cast, data):
        assert sign_in(cast.author).post(address, data).status_code == 422
        photo.refresh_from_db()
        assert (photo.focus_x, photo.focus_y) == (50, 50)
