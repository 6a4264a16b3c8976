"""Pictures in S3-compatible storage, spoken to over HTTP as in production."""

import boto3
import pytest
from django.core.files.storage import default_storage, storages
from django.core.management import call_command
from moto.server import ThreadedMotoServer

from communities.models import Photo
from communities.services.photo_files import blur_photo, complete_photo
from communities.services.photos import remove_photo
from gallery.settings import S3
from tests import factories

KEYS = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}


@pytest.fixture(scope="module")
def server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(server, settings):
    client = boto3.client("s3", endpoint_url=server, region_name="us-east-1", **KEYS)
    client.create_bucket(Bucket="gallery")
    options = {
        **S3["OPTIONS"],
        "bucket_name": "gallery",
        "endpoint_url": server,
        "region_name": "us-east-1",
        "access_key": "key",
        "secret_key": "secret",
        "location": "media",
    }
    settings.STORAGES = {**settings.STORAGES, "default": {**S3, "OPTIONS": options}}
    yield client
    for name in stored(client):
        client.delete_object(Bucket="gallery", Key=name)
    client.delete_bucket(Bucket="gallery")
    storages["default"].connection.meta.client.close()
    client.close()


def stored(client) -> set[str]:
    return {found["Key"] for found in client.list_objects_v2(Bucket="gallery").get("Contents", ())}


def named(photo) -> set[str]:
    return {f"media/{file['name']}" for file in photo.files}


def test_a_picture_lives_and_dies_there(
    cast, client, bucket, sign_in, tmp_path, django_capture_on_commit_callbacks
):
    made = factories.community(cast.author)
    photo = factories.photo(made, by=cast.author)
    assert stored(bucket) == named(photo)
    assert complete_photo(photo)
    assert stored(bucket) == named(photo)
    with django_capture_on_commit_callbacks(execute=True):
        blur_photo(photo, by=cast.author, blur=[(0, 0, 9, 9)])
    assert stored(bucket) == named(photo)
    factories.publish(made, by=cast.author, staff=cast.staff)
    name = photo.files[0]["name"]
    address = f"/pictures/{photo.key.hex}/{name.rpartition('/')[2]}"
    response = sign_in(None).get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    body = bucket.get_object(Bucket="gallery", Key=f"media/{name}")["Body"].read()
    assert b"".join(response.streaming_content) == body
    Photo.objects.filter(pk=photo.pk).update(is_hidden=True)
    assert sign_in(None).get(address).status_code == 404
    other = factories.photo(made, by=cast.author)
    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(other, by=cast.author)
    assert stored(bucket) == named(photo)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [], "nothing on this disk"


def test_nothing_there_may_be_read_without_us(cast, bucket):
    photo = factories.photo(factories.community(cast.author), by=cast.author)
    key = f"media/{photo.files[0]['name']}"
    grants = bucket.get_object_acl(Bucket="gallery", Key=key)["Grants"]
    assert [grant for grant in grants if "AllUsers" in grant["Grantee"].get("URI", "")] == []


def test_the_sweep_spares_what_is_young_and_what_is_named(cast, bucket, capsys):
    photo = factories.photo(factories.community(cast.author), by=cast.author)
    with default_storage.open(photo.files[0]["name"]) as file:
        stray = default_storage.save("photos/ab/stray-64.webp", file)
    call_command("sweep", "--only-delete")
    assert stored(bucket) == {*named(photo), f"media/{stray}"}


def test_a_file_that_is_lost_there_is_not_found(cast, bucket, sign_in):
    made = factories.community(cast.author)
    photo = factories.photo(made, by=cast.author)
    default_storage.delete(photo.files[0]["name"])
    address = f"/pictures/{photo.key.hex}/{photo.files[0]['name'].rpartition('/')[2]}"
    assert sign_in(cast.author).get(address).status_code == 404
