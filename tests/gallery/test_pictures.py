import uuid

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from communities.models import Photo
from tests import factories


@pytest.fixture
def made(cast):
    """A complete draft of the author's."""
    return factories.community(cast.author)


@pytest.fixture
def photo(cast, made) -> Photo:
    return factories.photo(made, by=cast.author)


def address(photo: Photo) -> str:
    return reverse("picture", args=[photo.key.hex, photo.files[0]["name"].rpartition("/")[2]])


def fetch(client, address: str, **kwargs):
    """The answer with its body read and its file closed."""
    response = client.get(address, **kwargs)
    if response.streaming:
        response.body = response.getvalue()
        # response.close() would close the connection of the test's transaction as well.
        for close in response._resource_closers:
            close()
    return response


def test_a_published_picture_is_for_everybody_and_kept_for_ever(client, cast, made, photo):
    factories.publish(made, by=cast.author, staff=cast.staff)
    response = fetch(client, address(photo))
    assert response.status_code == 200
    with default_storage.open(photo.files[0]["name"]) as stored:
        assert response.body == stored.read()
    names = ("Content-Type", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options")
    assert [response[name] for name in names] == [
        "image/webp",
        "private, max-age=31536000, immutable",
        "default-src 'none'; sandbox",
        "nosniff",
    ]


def test_asking_again_costs_nothing(client, cast, made, photo):
    factories.publish(made, by=cast.author, staff=cast.staff)
    tag = fetch(client, address(photo))["ETag"]
    again = fetch(client, address(photo), headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_draft_picture_is_for_the_team_and_staff_and_kept_by_no_cache(sign_in, cast, photo):
    people = {"author": cast.author, "staff": cast.staff}
    for person in people.values():
        response = fetch(sign_in(person), address(photo))
        assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
        assert not response.has_header("ETag")
    for outsider in (cast.classmate, cast.visitor):
        assert fetch(sign_in(outsider), address(photo)).status_code == 404


def test_a_picture_added_after_publishing_stays_private(sign_in, cast, made, photo):
    factories.publish(made, by=cast.author, staff=cast.staff)
    later = factories.photo(made, by=cast.author)
    assert fetch(sign_in(None), address(later)).status_code == 404
    response = fetch(sign_in(cast.author), address(later))
    assert response["Cache-Control"] == "private, no-store"


def test_a_hidden_picture_is_gone_for_all_but_staff(sign_in, cast, made, photo):
    factories.publish(made, by=cast.author, staff=cast.staff)
    assert fetch(sign_in(None), address(photo)).status_code == 200
    Photo.objects.filter(pk=photo.pk).update(is_hidden=True)
    assert fetch(sign_in(None), address(photo)).status_code == 404
    assert fetch(sign_in(cast.author), address(photo)).status_code == 404
    response = fetch(sign_in(cast.staff), address(photo))
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")


def test_an_unpublished_picture_is_gone(client, cast, made, photo):
    made = factories.publish(made, by=cast.author, staff=cast.staff)
    factories.unpublish(made, by=cast.staff)
    tag = f'"{photo.files[0]["name"].rpartition("/")[2]}"'
    assert fetch(client, address(photo), headers={"If-None-Match": tag}).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/pictures/{key}/other.webp",
        "/pictures/{key}/..%2f{name}",
        "/pictures/{key}/%00{name}",
        "/pictures/{key}/{name}%00",
        "/pictures/{key}/" + "a" * 20_000,
        "/pictures/{key}/{name}/",
        "/pictures/%7B{key}%7D/{name}",
        "/pictures/urn:uuid:{key}/{name}",
        "/pictures/{dashed}/{name}",
        "/pictures/{upper}/{name}",
        "/pictures/{other}/{name}",
        "/pictures/%00/{name}",
        "/pictures/../../etc/passwd",
        "/pictures/{key}/photos%2f{name}",
    ],
)
def test_only_the_exact_address_answers(client, cast, made, photo, path):
    factories.publish(made, by=cast.author, staff=cast.staff)
    words = {
        "key": photo.key.hex,
        "upper": photo.key.hex.upper(),
        "dashed": str(photo.key),
        "other": uuid.uuid4().hex,
        "name": photo.files[0]["name"].rpartition("/")[2],
    }
    assert fetch(client, "/pictures/{key}/{name}".format(**words)).status_code == 200
    if words["upper"] == words["key"] and "{upper}" in path:
        pytest.skip("a key without letters has one spelling")
    assert fetch(client, path.format(**words)).status_code == 404


def test_a_file_that_is_lost_is_not_found_and_logged(client, cast, made, photo, caplog):
    factories.publish(made, by=cast.author, staff=cast.staff)
    default_storage.delete(photo.files[0]["name"])
    assert fetch(client, address(photo)).status_code == 404
    assert [r.name for r in caplog.records if "is gone" in r.message] == ["gallery.views.pictures"]


def test_pictures_are_only_read(client, cast, made, photo):
    factories.publish(made, by=cast.author, staff=cast.staff)
    assert client.post(address(photo)).status_code == 405


def test_a_picture_costs_three_queries(client, cast, made, photo, django_assert_num_queries):
    factories.publish(made, by=cast.author, staff=cast.staff)
    with django_assert_num_queries(3):
        fetch(client, address(photo))
