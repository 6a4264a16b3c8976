"""Which documents may go with a design, and which may not."""

import hashlib
import io
import zipfile

import pytest
from django.core.files.base import ContentFile

from communities.media import Refused
from communities.media.documents import receive_document

from . import corpus

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def package(*parts: tuple[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        for name, text in parts:
            written.writestr(name, text)
    return buffer.getvalue()


def office(kind: str, *more: tuple[str, str]) -> bytes:
    types = f'<Types><Override PartName="/main.xml" ContentType="{kind}"/></Types>'
    return package(("[Content_Types].xml", types), ("main.xml", "<w/>" * 300), *more)


def open_document(kind: str, *more: tuple[str, str]) -> bytes:
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return package(("mimetype", mimetype), ("content.xml", "<o/>" * 300), *more)


GOOD = {
    "plan.pdf": PDF,
    "notes.txt": "Schön, sagte sie.\r\n".encode(),
    "old.TXT": "Schön, sagte sie.".encode("cp1252"),
    "wide.csv": "\ufeffWerkzeug;Preis\n".encode("utf-16"),
    "read.me.markdown": b"# A heading\n\n<b>bold</b>\n",
    "prices.csv": b"tool,price\nawl,4\n",
    "a.odt": open_document("text"),
    "a.ods": open_document("spreadsheet"),
    "a.odp": open_document("presentation"),
    "a.docx": office(WORD),
    "a.xlsx": office(SHEET),
    "a.pptx": office(SLIDES),
}
WORD_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
BAD = {
    ("a.docm", office(WORD_WITH_MACROS)): "has_macros",
    ("renamed.docx", office(WORD_WITH_MACROS)): "has_macros",
    ("a.docx", office(WORD, ("word/vbaProject.bin", "x"))): "has_macros",
    ("b.docx", office(WORD, ("word/activeX/activeX1.xml", "x"))): "has_macros",
    ("a.odt", open_document("text", ("Basic/Standard/Module1.xml", "x"))): "has_macros",
    ("a.zip", package(("a.txt", "x"))): "unsupported",
    ("a.jar", package(("META-INF/MANIFEST.MF", "x"), ("a.class", "x"))): "unsupported",
    ("cut.docx", office(WORD)[:-40]): "broken",
    ("long.docx", office(WORD) + b"<script>"): "broken",
    ("cut.pdf", PDF[:-8]): "broken",
    ("report.docx", PDF): "misnamed",
    ("report.html", b"just words"): "misnamed",
    ("report.exe", PDF): "misnamed",
    ("page.txt", b"  <!-- x --> <!DOCTYPE html><script>alert(1)</script>"): "not_a_document",
    ("page.md", b"<script>alert(1)</script>"): "not_a_document",
    ("drawing.txt", b"\xef\xbb\xbf<?xml version='1.0'?><svg/>"): "not_a_document",
    ("run.txt", b"#!/bin/sh\nrm -rf ~\n"): "not_a_document",
    ("rich.txt", b"{\\rtf1 words}"): "not_a_document",
    ("program.exe", b"MZ\x90\0\x03\0\0\0"): "not_a_document",
    ("photo.pdf", corpus.jpeg()): "not_a_document",
    ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600): "not_a_document",
    ("nul.txt", b"a\0b"): "not_a_document",
    ("empty.pdf", b""): "empty",
}


@pytest.fixture
def receive(storage):
    def receive(name: str, data: bytes, max_bytes=10_000_000):
        upload = ContentFile(data, name=name)
        return receive_document(upload, storage=storage, folder="a/b", max_bytes=max_bytes)

    return receive


@pytest.mark.parametrize("name", GOOD)
def test_a_document_is_kept_byte_by_byte(receive, storage, name):
    data = GOOD[name]

    document = receive(name, data)

    with storage.open(document.file) as stored:
        assert stored.read() == data
    assert (document.bytes, document.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    endings = {"TXT": "txt", "markdown": "md"}
    ending = name.rpartition(".")[2]
    assert document.type == endings.get(ending, ending)
    assert document.file == f"a/b/{document.sha256[:16]}.{document.type}"


@pytest.mark.parametrize(("name", "data"), BAD, ids=[name for name, _ in BAD])
def test_others_are_refused_with_a_reason_and_leave_nothing(receive, files_left, name, data):
    with pytest.raises(Refused) as caught:
        receive(name, data)

    assert caught.value.code == BAD[name, data]
    assert caught.value.message.endswith(".")
    assert files_left() == []


def test_damage_in_the_middle_is_seen(receive, files_left):
    data = bytearray(open_document("text"))
    at = data.index(b"content.xml") + len("content.xml") + 4
    data[at : at + 6] = b"\xff" * 6

    with pytest.raises(Refused, match="damaged"):
        receive("a.odt", bytes(data))
    assert files_left() == []


def test_a_bomb_is_refused_before_it_goes_off(receive):
    bomb = office(WORD, ("big.xml", "0" * (64 * 1024 * 1024 + 1)))
    assert len(bomb) < 100_000

    with pytest.raises(Refused, match="too large inside"):
        receive("a.docx", bomb)


def test_too_many_bytes(receive, files_left):
    with pytest.raises(Refused, match=r"larger than 0\.01 MB"):
        receive("a.pdf", PDF + b"x" * 20_000, max_bytes=10_486)
    assert files_left() == []


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\a\\plan.PDF", "plan.pdf"),
        ('a"b<c>.pdf', "abc.pdf"),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
        (".pdf", "document.pdf"),
        ("plan", "plan.pdf"),
    ],
)
def test_a_name_is_made_harmless(receive, called, name):
    upload = ContentFile(PDF)
    upload.name = called

    assert receive(called, PDF).name == name
