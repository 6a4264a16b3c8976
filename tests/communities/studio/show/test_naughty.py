"""Text of every kind in every field of the studio: kept byte for byte, or refused and not lost."""

import json
import re
from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.urls import reverse

from communities.models import (
    Attachment,
    Community,
    CommunityValue,
    Implementation,
    Insight,
    Photo,
    Reflection,
    Section,
    SectionTemplate,
    Session,
    Topic,
    UnsavedText,
    ValueProposal,
    Version,
)
from tests import factories
from tests.html import parsed

from ..test_text import NAUGHTY
from .fields import fields_of, written_in

MODELS = (
    *(Attachment, Community, CommunityValue, Implementation, Insight, Photo, Reflection),
    *(Section, Session, Topic, ValueProposal, Version),
)
# Of a row that only a script makes.
BLANK = re.compile("__id__|__prefix__")
# Fields whose words are addresses: a mark in one is a mistake of its own.
ADDRESSES = ("builds_on", "teammates", "addresses", "handle")
# What the studio asks for with more than words: name, and what makes the form whole.
PAGES = {
    "studio_start": {"title": "T", "kind": "school"},
    "studio_about": {},
    "studio_values": {},
    "studio_implementation_new": {"outcome": "ran"},
    "studio_implementation": {},
    "studio_reflection_new": {"voice": "me", "stage": "during"},
    "studio_reflection": {},
    "studio_insight_new": {"type": "surprised", "basis": "counted"},
    "studio_insight": {},
    "studio_photos": {},
    "studio_attachment": {},
    "studio_versions": {},
    "studio_propose": {},
}


@pytest.fixture
def client(cast, design, sign_in):
    factories.photo(design, by=cast.author)
    factories.attachment(design, by=cast.author)
    return sign_in(cast.author)


@pytest.fixture
def page_of(design, at):
    """page_of(name) is the address of a page, of the design's only row where it is about one."""
    rows = {
        "studio_implementation": design.implementations,
        "studio_reflection": Reflection.objects,
        "studio_insight": design.insights,
        "studio_attachment": design.attachments,
    }

    def address(name: str) -> str:
        if name in ("studio_start", "studio_propose"):
            return reverse(name)
        return at(name, *([rows[name].get().pk] if name in rows else []))

    return address


def everything() -> list[tuple]:
    return [row for model in MODELS for row in model.objects.order_by("pk").values_list()]


def filled(client, url: str, **more) -> tuple[dict, list[str]]:
    """The form of a page with two bad characters in each of its texts, and the names of those."""
    page = client.get(url)
    sent = fields_of(page)
    names = [name for name in written_in(page) if name not in ADDRESSES and not BLANK.search(name)]
    sent |= {name: [value] for name, value in more.items() if name not in names}
    for name in names:
        words = more.get(name) or sent.get(name, [""])[0] or "Words"
        sent[name] = [f"{words}\x00\x0b"]
        if name.endswith("-title"):
            sent[name.replace("-title", "-date")] = ["2026-05-20"]
    return {name: values for name, values in sent.items() if not BLANK.search(name)}, names


def errors_beside(html: str) -> dict[str, str]:
    """What is said about each field, by the field's id."""
    lists = [e for e in parsed(html).iter() if e.attrib.get("id", "").endswith("_error")]
    return {e.attrib["id"]: " ".join("".join(e.itertext()).split()) for e in lists}


TWO = (
    "2 invisible characters here cannot be kept (1 × U+0000, shown as ␀; 1 × U+000B, shown as ␋)."
    " Delete the marks or leave them, and save again."
)


def assert_refused_then_kept(client, url: str, **more) -> None:
    sent, names = filled(client, url, **more)
    assert names
    before = everything()
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert everything() == before
    html = answer.content.decode()
    assert "\x00" not in html
    back = fields_of(answer)
    marked = {name: [sent[name][0].replace("\x00", "␀").replace("\x0b", "␋")] for name in names}
    assert {name: back[name] for name in names} == marked
    said = errors_beside(html)
    assert {name: said.get(f"id_{name}_error") for name in names} == dict.fromkeys(names, TWO)
    again = client.post(url, {n: v for n, v in back.items() if not BLANK.search(n)})
    assert again.status_code == 302
    stored = json.dumps(everything(), default=str, ensure_ascii=False)
    assert stored.count("␀␋") >= len(names)


@pytest.mark.parametrize("name", PAGES)
def test_no_field_loses_a_character_silently(client, page_of, name):
    assert_refused_then_kept(client, page_of(name), **PAGES[name])


def test_no_section_loses_a_character_silently(client, at):
    for template in SectionTemplate.objects.filter(is_active=True):
        assert_refused_then_kept(client, at("studio_section", template.key))


BODY = "Text of “Structure”"


@pytest.fixture
def structure(at):
    return at("studio_section", "structure")


def body() -> str:
    return Section.objects.get(template__key="structure").body


@pytest.mark.parametrize(
    "text", [*NAUGHTY, "\u202e\u2066\u2069", "\U0010fffd\ue000", "\u2028\u00ad"]
)
def test_what_is_valid_stays_byte_for_byte(client, structure, text):
    sent = fields_of(client.get(structure))
    answer = client.post(structure, sent | {"body": text.replace("\n", "\r\n")})
    assert (answer.status_code, body()) == (302, text)
    back = fields_of(client.get(structure))
    assert back["body"] == [text]
    assert "<script>alert" not in client.get(structure).content.decode()


def test_a_megabyte_comes_back_whole(client, structure):
    sent = fields_of(client.get(structure))
    text = "0123456789abcde\n" * 65_536
    before = everything()
    answer = client.post(structure, sent | {"body": text})
    assert (answer.status_code, everything()) == (422, before)
    assert fields_of(answer)["body"] == [text]
    assert errors_beside(answer.content.decode())["id_body_error"] == (
        "Shorten this to 250,000 characters; it has 1,048,576 now."
    )


def test_by_script_it_is_not_saved_and_says_why(client, structure):
    sent = fields_of(client.get(structure))
    before = everything()
    answer = client.post(structure, sent | {"body": "a\x00b\x0bc"}, headers={"X-Autosave": "1"})
    told = json.loads(answer.content)
    assert (answer.status_code, told["state"], told["kept"]) == (422, "invalid", True)
    assert told["words"] == f"Not saved yet. {BODY}: {TWO}"
    assert everything() == before
    assert UnsavedText.objects.count() == 1
    # The page opened anew, by whatever device, has everything that was typed.
    back = fields_of(client.get(structure))
    assert back["body"] == ["a␀b␋c"]
    assert client.post(structure, back | {"why": ""}).status_code == 302
    assert (body(), UnsavedText.objects.exists()) == ("a␀b␋c", False)


URLENCODED = "application/x-www-form-urlencoded"
BOUNDARY = "naughty"


def as_parts(fields: dict) -> bytes:
    parts = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        + value
        + b"\r\n"
        for name, value in fields.items()
    )
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


@pytest.mark.parametrize("way", [URLENCODED, f"multipart/form-data; boundary={BOUNDARY}"])
@pytest.mark.parametrize(
    ("damaged", "kinds"),
    [
        (b"a\xed\xa0\x80b", "1 × damaged"),
        (b"a\xffb\xed\xbf\xbfc\x00", "1 × U+0000, shown as ␀; 2 × damaged"),
    ],
)
def test_half_a_character_is_refused_as_well(client, structure, way, damaged, kinds):
    """No browser sends one: a lone surrogate is gone before it leaves the page."""
    before = everything()
    fields = {"revision": b"0", "body": "é".encode() + damaged}
    form = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in fields.items()).encode()
    data = form if way == URLENCODED else as_parts(fields)
    answer = client.post(structure, data, content_type=way)
    assert (answer.status_code, everything()) == (422, before)
    said = errors_beside(answer.content.decode())["id_body_error"]
    assert f"cannot be kept ({kinds}, shown as \ufffd)" in said
    text = damaged.decode(errors="replace").replace("\ufffd" * 3, "\ufffd").replace("\x00", "␀")
    assert fields_of(answer)["body"] == [f"é{text}"]
    assert client.post(structure, fields_of(answer)).status_code == 302
    assert body() == f"é{text}"


@pytest.mark.parametrize("way", [URLENCODED, None])
def test_the_sign_of_a_missing_character_is_a_character(client, structure, way):
    """Who pastes one has lost something before; the site loses no more."""
    sent = {"revision": "0", "body": "a\ufffdb"}
    more = {"content_type": way} if way else {}
    answer = client.post(structure, urlencode(sent) if way else sent, **more)
    assert (answer.status_code, body()) == (302, "a\ufffdb")


def test_the_address_of_a_run_holds_none_either(client, page_of):
    url = page_of("studio_implementation")
    sent = fields_of(client.get(url)) | {"link": "https://example.org/a\x01b"}
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert fields_of(answer)["link"] == ["https://example.org/a␁b"]
