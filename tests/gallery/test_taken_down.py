"""What is taken down is gone from every place at once, from those kept in memory too."""

import pytest

from communities.models import Photo, Version
from gallery.index import index_community
from gallery.models import Entry
from tests import factories

TOKEN = "Quillwort"
PAGES = [
    "/",
    "/designs/",
    f"/designs/?q={TOKEN}",
    "/designs/?value=care&sort=participants",
    f"/designs/suggest?q={TOKEN}",
    "/values/care/",
    "/insights/",
    f"/insights/?q={TOKEN}",
    "/feed.atom",
    "/designs/feed.atom?value=care",
    "/api/v1/designs/",
    f"/api/v1/designs/?q={TOKEN}",
    "/api/v1/insights/",
    "/sitemap.xml",
]
OF_ITS_OWN = [
    "/designs/quillwort/",
    "/designs/quillwort/document/",
    "/designs/quillwort/lineage/",
    "/designs/quillwort/cite/",
    "/designs/quillwort/export.json",
    "/designs/quillwort/export.md",
    "/api/v1/designs/quillwort/",
]


@pytest.fixture
def made(cast):
    made = factories.community(cast.author, TOKEN, values=("care",))
    factories.photo(made, by=cast.author, caption=TOKEN)
    factories.insight(made, by=cast.author, headline=f"{TOKEN} taught us", values=("care",))
    factories.published(cast.author, cast.staff, "Another", values=("care",))
    return factories.publish(made, by=cast.author, staff=cast.staff)


def picture_of(made) -> str:
    photo = Photo.objects.get(community=made)
    return f"/pictures/{photo.key.hex}/{photo.files[0]['name'].rpartition('/')[2]}"


def body_of(response) -> str:
    found = b"".join(response) if response.streaming else response.content
    return found.decode(errors="replace")


def test_a_design_leaves_every_page_feed_and_answer(client, cast, made):
    tags = {}
    for address in PAGES:
        answer = client.get(address)
        tags[address] = answer.headers.get("ETag")
        own_words = body_of(answer).replace(f"q={TOKEN}", "").replace(f'value="{TOKEN}"', "")
        assert TOKEN.casefold() in own_words.casefold(), address
    for address in [*OF_ITS_OWN, picture_of(made)]:
        answer = client.get(address)
        assert (answer.status_code, bool(body_of(answer))) == (200, True), address

    assert "2 designs" in body_of(client.get("/values/"))

    factories.unpublish(made, by=cast.staff)

    assert "2 designs" not in body_of(client.get("/values/"))
    for address in PAGES:
        headers = {"if-none-match": tags[address]} if tags[address] else {}
        answer = client.get(address, headers=headers)
        assert answer.status_code == 200, address
        assert "/designs/quillwort/" not in body_of(answer), address
        if f"q={TOKEN}" not in address:
            assert TOKEN not in body_of(answer), address
    for address in [*OF_ITS_OWN, picture_of(made)]:
        assert client.get(address).status_code == 404, address
    assert client.get("/api/v1/designs/").json()["count"] == 1
    assert client.get(f"/api/v1/insights/?q={TOKEN}").json()["count"] == 0
    assert not Entry.objects.filter(community=made).exists()
    assert Version.objects.filter(community=made).exists()


def test_a_hidden_picture_leaves_every_page_that_shows_its_design(client, cast, made):
    picture = picture_of(made)
    key = picture.split("/")[2]
    pages = ["/", "/designs/", "/values/care/", "/api/v1/designs/", "/designs/quillwort/"]
    for address in pages:
        assert key in body_of(client.get(address)), address
    Photo.objects.filter(community=made).update(is_hidden=True)
    index_community(made.pk)
    for address in pages:
        assert key not in body_of(client.get(address)), address
    assert client.get(picture).status_code == 404
