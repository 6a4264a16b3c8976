"""What is taken down is gone from every place at once, from those kept in memory too."""

import pytest

from accounts.spam import stamp
from communities.models import Community, Photo, Version
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


SHOWING = [
    "/",
    "/designs/",
    f"/designs/?q={TOKEN}",
    "/designs/?value=care&sort=participants",
    "/values/care/",
    "/designs/another/lineage/",
    "/api/v1/designs/",
    f"/api/v1/designs/?q={TOKEN}",
    "/api/v1/designs/quillwort/",
    "/designs/quillwort/",
    "/designs/quillwort/export.json",
    "/designs/quillwort/export.md",
]
IN_THE_STUDIO = ["photos/", "preview/", "versions/1/", "versions/2/"]


def reported(client, key: str, **fields):
    data = {"problem": "pictures-minor", "drawn": stamp(60), **fields}
    return client.post(f"/report/photo/{key}/", data, headers={"origin": "http://testserver"})


def test_a_picture_is_gone_from_everywhere_in_the_moment_it_is_reported(
    client, sign_in, cast, made
):
    """Pages, versions, exports, feeds, what is kept in memory, and each file by its address."""
    photo = made.photos.get()
    other = Community.objects.get(title="Another")
    Community.objects.filter(pk=other.pk).update(parent=made)
    factories.publish(other, by=cast.author, staff=cast.staff)
    # The same picture in a second version, and in the working copy.
    factories.publish(made, by=cast.author, staff=cast.staff)
    key, base = photo.key.hex, f"/pictures/{photo.key.hex}/"
    files = [base + file["name"].rpartition("/")[2] for file in photo.files]
    own_page = f"/designs/quillwort/pictures/{key}/"
    everywhere = sorted(set(PAGES + OF_ITS_OWN + SHOWING))
    tags = {}
    for address in everywhere:
        answer = client.get(address)
        tags[address] = answer.headers.get("ETag", "")
        assert key in body_of(answer) or address not in SHOWING, address
    for address in [*files, own_page, f"/report/photo/{key}/"]:
        answer = client.get(address)
        tags[address] = answer.headers.get("ETag", "")
        assert (answer.status_code, bool(body_of(answer))) == (200, True), address
    studio = [f"/studio/quillwort/{part}" for part in IN_THE_STUDIO]
    for address in studio:
        assert key in body_of(sign_in(cast.author).get(address)), address
    sign_in(None)

    assert reported(client, key).url == "/report/thanks/?hidden=1"
    # What follows the commit, which tests roll back.
    index_community(made.pk)

    for address in everywhere:
        answer = client.get(address, headers={"if-none-match": tags[address]})
        assert answer.status_code in (200, 304), address
        assert answer.status_code == 200 or address not in SHOWING, address
        assert key not in body_of(answer), address
    for person in (None, cast.classmate, cast.teammate, cast.author):
        sign_in(person)
        for address in [*files, own_page]:
            for headers in ({}, {"if-none-match": tags[address]}):
                assert client.get(address, headers=headers).status_code == 404, address
    for address in studio:
        assert key not in body_of(sign_in(cast.author).get(address)), address
    assert client.get("/api/v1/designs/quillwort/").json()["cover"] is None
    # Staff still see what they are to decide about.
    for address in files:
        answer = sign_in(cast.staff).get(address)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store"), address
        body_of(answer)
