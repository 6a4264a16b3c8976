"""Attachments in the studio, on the page of the design, and as downloads."""

import json

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from communities.models import Attachment
from communities.services.attachments import add_attachment, hide_attachments, remove_attachment
from communities.services.versions import freeze
from communities.snapshot import Snapshot
from tests import factories
from tests.communities.media.test_documents import PDF
from tests.html import assert_valid

from .fields import fields_of


@pytest.fixture
def mine(cast, design, sign_in):
    return sign_in(cast.author)


def address(row) -> str:
    return reverse("attachment", args=[row.key.hex, row.name])


def pdf(name="plan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="text/html")


def test_adding_one_by_the_form_once(mine, design, at):
    page = mine.get(at("studio_attachment_new"))
    assert "12 in a design and 60 by one person" in page.content.decode()
    sent = {**fields_of(page), "caption": "The bench plan, to scale"}
    for _ in range(2):
        response = mine.post(at("studio_attachment_new"), {**sent, "file": pdf()})
        assert response.url == at("studio_attachments")
    row = design.attachments.get()
    assert (row.name, row.type, row.caption) == ("plan.pdf", "pdf", "The bench plan, to scale")
    page = mine.get(at("studio_attachments")).content.decode()
    assert_valid(page)
    assert address(row) in page


@pytest.mark.parametrize(
    ("file", "limit", "words"),
    [
        (SimpleUploadedFile("a.exe", b"MZ\x90\0"), {}, "not a document that we take"),
        (SimpleUploadedFile("a.pdf", b""), {}, "This file is empty"),
        (None, {}, "Choose a file."),
        (pdf(), {"ATTACHMENTS_PER_COMMUNITY": 0}, "A design holds at most 0 attachments."),
        (pdf(), {"ATTACHMENTS_PER_PERSON": 0}, "You have uploaded 0 attachments"),
        (pdf(), {"ATTACHMENT_MAX_BYTES": 10}, "larger than"),
    ],
)
def test_a_refusal_says_why_and_keeps_the_words(mine, design, at, settings, file, limit, words):
    for name, value in limit.items():
        setattr(settings, name, value)
    sent = {**fields_of(mine.get(at("studio_attachment_new"))), "caption": "Kept"}
    if file is not None:
        file.seek(0)
        sent["file"] = file
    response = mine.post(at("studio_attachment_new"), sent)
    assert response.status_code == 422
    page = response.content.decode()
    assert_valid(page)
    assert words in page
    assert fields_of(response)["caption"] == ["Kept"]
    assert not Attachment.objects.exists()
    assert not default_storage.exists("attachments")


def test_a_lost_race_shows_both_words(mine, cast, design, at):
    row = factories.attachment(design, by=cast.author, caption="Old")
    sent = fields_of(mine.get(at("studio_attachment", row.pk)))
    Attachment.objects.filter(pk=row.pk).update(caption="Theirs", revision=2)
    response = mine.post(at("studio_attachment", row.pk), {**sent, "caption": "Mine"})
    assert response.status_code == 409
    assert "Theirs" in response.content.decode()
    assert fields_of(response)["caption"] == ["Mine"]


def test_order_and_removal(mine, cast, design, at, django_capture_on_commit_callbacks):
    first, second = (factories.attachment(design, by=cast.author) for _ in range(2))
    mine.post(at("studio_attachment_move", second.pk), {"to": "up"})
    assert list(design.attachments.current()) == [second, first]
    mine.post(at("studio_attachment_move", second.pk), {"to": "sideways"})
    sent = fields_of(mine.get(at("studio_attachment_remove", first.pk)))
    with django_capture_on_commit_callbacks(execute=True):
        mine.post(at("studio_attachment_remove", first.pk), sent)
    assert list(design.attachments.all()) == [second]
    assert not default_storage.exists(first.file)
    assert mine.post(at("studio_attachment_remove", first.pk), sent).status_code == 302


def test_what_a_version_names_stays(cast, design):
    row = factories.attachment(design, by=cast.author, caption="Tools")
    version = freeze(design, by=cast.author)
    remove_attachment(row, by=cast.author, revision=1)
    (note,) = Snapshot.from_json(version.snapshot).attachments
    assert (note.key, note.caption, note.bytes) == (row.key.hex, "Tools", 11)
    assert not design.attachments.current().exists()
    assert default_storage.exists(row.file)


def download(client, row):
    response = client.get(address(row))
    if response.streaming:
        response.body = response.getvalue()
        for close in response._resource_closers:
            close()
    return response


def test_only_ever_a_download(sign_in, cast, design):
    row = factories.attachment(design, by=cast.author, name="x.md", data=b"# <b>hello</b>")
    response = download(sign_in(cast.author), row)
    assert response.body == b"# <b>hello</b>"
    names = (
        "Content-Type",
        "Content-Disposition",
        "X-Content-Type-Options",
        "Content-Security-Policy",
        "Cache-Control",
    )
    assert [response[name] for name in names] == [
        "text/plain",
        'attachment; filename="x.md"',
        "nosniff",
        "default-src 'none'; sandbox",
        "private, no-store",
    ]


def test_who_may_have_it(sign_in, cast, design):
    row = factories.attachment(design, by=cast.author)
    roles = {"author": 200, "teammate": 200, "classmate": 404, "staff": 200, "visitor": 404}
    factories.team(cast.teammate, made=design)

    def answers():
        return {r: download(sign_in(getattr(cast, r)), row).status_code for r in roles}

    assert answers() == roles
    design = factories.publish(design, by=cast.author, staff=cast.staff)
    assert answers() == dict.fromkeys(roles, 200)
    hide_attachments([row], is_hidden=True)
    assert answers() == {**dict.fromkeys(roles, 404), "staff": 200}
    page = sign_in(None).get(design.get_absolute_url()).content.decode()
    assert "tools.csv" not in page
    hide_attachments([Attachment.objects.get(pk=row.pk)], is_hidden=False)
    factories.unpublish(design, by=cast.staff)
    assert answers() == roles


def test_on_the_page_and_in_the_exports(sign_in, cast, design):
    row = factories.attachment(design, by=cast.author, caption="Tools [and] <prices>")
    design = factories.publish(design, by=cast.author, staff=cast.staff)
    later = add_attachment(design, by=cast.author, upload=pdf(), caption="Not yet public")
    client = sign_in(None)
    page = client.get(design.get_absolute_url()).content.decode()
    assert_valid(page)
    assert f'href="{address(row)}" download' in page
    assert "Tools [and] &lt;prices&gt;" in page
    assert "CSV, 11\xa0bytes" in page
    assert "Not yet public" not in page
    data = json.loads(client.get(f"{design.get_absolute_url()}export.json").content)
    assert data["attachments"] == [
        {
            "url": f"http://testserver{address(row)}",
            "name": "tools.csv",
            "type": "csv",
            "bytes": 11,
            "caption": "Tools [and] <prices>",
        }
    ]
    text = client.get(f"{design.get_absolute_url()}export.md").content.decode()
    assert f"- [Tools (and) <prices>](http://testserver{address(row)})" in text
    assert client.get(address(later)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_few_queries(mine, cast, design, at, number, django_assert_num_queries):
    for _ in range(number):
        factories.attachment(design, by=cast.author)
    with django_assert_num_queries(5):
        mine.get(at("studio_attachments"))


@pytest.mark.parametrize("path", ["/attachments/{key}/other.csv", "/attachments/{key}%00/{name}"])
def test_only_the_exact_address_answers(mine, cast, design, path):
    row = factories.attachment(design, by=cast.author)
    assert mine.get(path.format(key=row.key.hex, name=row.name)).status_code == 404
