import time

import pytest

from communities.models import Section, SectionTemplate
from communities.services.document import save_section
from tests.html import assert_valid, text_of

from .test_text import NAUGHTY


@pytest.fixture
def url(made):
    return f"/studio/{made.slug}/document/structure/"


def body(made, key="structure"):
    return Section.objects.get(community=made, template__key=key).body


def test_a_section_is_begun_changed_and_shown(sign_in, cast, made, url):
    client = sign_in(cast.author)
    answer = client.post(url, {"revision": "0", "body": "First words"})
    assert (answer.status_code, answer.url) == (302, url)
    page = client.get(url).content.decode()
    assert "First words</textarea>" in page
    assert 'name="revision" multiple hidden><option value="1"' in page
    assert "Saved by you," in text_of(page, "save-state")[0]
    client.post(url, {"revision": "1", "body": "Second words"})
    assert body(made) == "Second words"


@pytest.mark.parametrize("text", NAUGHTY)
def test_any_text_comes_back_byte_for_byte_and_inert(sign_in, cast, made, url, text):
    client = sign_in(cast.author)
    client.post(url, {"revision": "0", "body": text.replace("\n", "\r\n")})
    assert body(made) == text
    page = client.get(url).content.decode()
    assert "<script>alert" not in page
    client.post(url, {"revision": "1", "body": text, "preview": "1"})


@pytest.mark.parametrize("letter", ["x", "é", "語", "😀"])
def test_two_hundred_kilobytes_are_exact(sign_in, cast, made, url, letter):
    size = len(letter.encode())
    text = (letter * (199 // size) + "\n") * (200_000 // 200)
    began = time.monotonic()
    sign_in(cast.author).post(url, {"revision": "0", "body": text})
    assert body(made) == text
    assert time.monotonic() - began < 5


def test_too_long_is_refused_with_the_text_kept(sign_in, cast, made, url):
    text = "word " * 60_000
    answer = sign_in(cast.author).post(url, {"revision": "0", "body": text})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Shorten this to 250,000 characters; it has 300,000 now." in page
    assert text in page
    assert not Section.objects.filter(template__key="structure").exists()


def test_a_teammate_was_quicker(sign_in, cast, made, url):
    template = SectionTemplate.objects.get(key="structure")
    save_section(made, template, by=cast.author, revision=0, body="Before")
    client = sign_in(cast.author)
    client.get(url)
    section = Section.objects.get(template=template)
    save_section(made, template, by=cast.teammate, revision=section.revision, body="Theirs")
    answer = client.post(url, {"revision": "1", "body": "Mine"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert text_of(page, "clash") == [
        "Text of “Structure” Yours, not saved Mine Theirs, saved Theirs"
        " Keep mine: Text of “Structure”"
        " Take theirs: Text of “Structure”"
        " Put both in the field: Text of “Structure”"
    ]
    assert "Mine</textarea>" in page
    assert body(made) == "Theirs"
    assert_valid(page)
    assert 'name="revision" multiple hidden><option value="2"' in page
    assert client.post(url, {"revision": "2", "body": "Both"}).status_code == 302
    assert body(made) == "Both"


def test_two_who_begin_at_once_keep_both_texts(sign_in, cast, made, url):
    sign_in(cast.teammate).post(url, {"revision": "0", "body": "Theirs"})
    answer = sign_in(cast.author).post(url, {"revision": "0", "body": "Mine"})
    assert answer.status_code == 409
    assert "Theirs" in text_of(answer.content.decode(), "clash")[0]
    assert body(made) == "Theirs"


def test_a_double_click_is_one_save(sign_in, cast, made, url):
    client = sign_in(cast.author)
    data = {"revision": "0", "body": "Once"}
    assert [client.post(url, data).status_code for _ in range(3)] == [302, 302, 302]
    assert Section.objects.get(template__key="structure").revision == 1


@pytest.mark.parametrize("revision", ["", "x", "-1", "0", "99", "9" * 40])
def test_no_revision_ever_overwrites(sign_in, cast, made, url, revision):
    client = sign_in(cast.author)
    client.post(url, {"revision": "0", "body": "Safe"})
    answer = client.post(url, {"revision": revision, "body": "Forced"})
    assert answer.status_code in (409, 422)
    assert body(made) == "Safe"


def test_two_columns_and_a_definition(sign_in, cast, made):
    url = f"/studio/{made.slug}/document/is-and-is-not/"
    client = sign_in(cast.author)
    texts = {"is_text": "- A yard", "is_not_text": "- A course", "body": "We define it so."}
    assert client.post(url, {"revision": "0", **texts}).status_code == 302
    section = Section.objects.get(template__key="is-and-is-not")
    assert {name: getattr(section, name) for name in texts} == texts
    page = client.get(url).content.decode()
    assert_valid(page)
    preview = client.post(url, {"revision": "1", "preview": "1", **texts}).content.decode()
    assert text_of(preview, "is-isnot") == ["It is A yard It is not A course"]
    assert_valid(preview)


def test_preview_shows_markdown_and_saves_nothing(sign_in, cast, made, url):
    text = "# Heading\n\n**bold** [a](javascript:alert(1)) <img src=x onerror=alert(1)>"
    answer = sign_in(cast.author).post(url, {"revision": "0", "body": text, "preview": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<h4>Heading</h4>" in page
    assert "<strong>bold</strong>" in page
    assert "<img src=x" not in page
    assert "javascript:" not in page.split('id="preview"')[1].split("</section>")[0].split("[a]")[0]
    assert "# Heading" in page
    assert text_of(page, "save-state") == ["Not saved yet"]
    assert not Section.objects.filter(template__key="structure").exists()
    assert_valid(page)


def test_saving_and_going_to_the_neighbour(sign_in, cast, made, url):
    client = sign_in(cast.author)
    page = client.get(url).content.decode()
    assert text_of(page, "form-actions")[-1] == (
        "Save and go to People, leadership and roles Save and go to Calendar"
    )
    answer = client.post(url, {"revision": "0", "body": "On", "then": "calendar"})
    assert answer.url == f"/studio/{made.slug}/document/calendar/"
    assert body(made) == "On"
    answer = client.post(url, {"revision": "1", "body": "On", "then": "https://evil.example/"})
    assert answer.url == url


def test_the_list_counts_words_and_says_how_far_each_is(sign_in, cast, made, url):
    client = sign_in(cast.author)
    client.post(url, {"revision": "0", "body": "word " * 500})
    page = client.get(f"/studio/{made.slug}/document/").content.decode()
    assert text_of(page, "words")[:5] == [
        "5 words",
        "Not begun",
        "Not begun",
        "Not begun",
        "500 words",
    ]
    assert "Optional" in text_of(page, "words")
    assert len(text_of(page, "words")) == 13
    assert_valid(page)


def test_the_questions_of_the_held_values_stand_beside_their_section(sign_in, cast, made):
    page = sign_in(cast.author).get(f"/studio/{made.slug}/document/value-questions/")
    guidance = text_of(page.content.decode(), "guidance")[0]
    assert "The questions of your values" in guidance
    for link in made.community_values.all():
        assert link.tag.questions.first().text in guidance


@pytest.mark.parametrize("key", ["nothing", "structure-2", "x" * 500])
def test_a_section_nobody_offers_is_not_found(sign_in, cast, made, key):
    assert sign_in(cast.author).get(f"/studio/{made.slug}/document/{key}/").status_code == 404


def test_a_retired_section_stays_with_those_who_wrote_it(sign_in, cast, made, url):
    client = sign_in(cast.author)
    SectionTemplate.objects.filter(key__in=["structure", "big-purpose"]).update(is_active=False)
    assert client.get(url).status_code == 404
    assert client.get(f"/studio/{made.slug}/document/big-purpose/").status_code == 200
