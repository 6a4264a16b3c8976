"""A section changes with a reason: typed in the editor, kept by the next version, shown."""

import pytest

from communities.models import Section
from communities.services.erasing import erase
from communities.services.submitting import save_version
from communities.services.team import add_teammate
from tests.html import assert_valid, text_of

URL = "/studio/bench-swap/document/structure/"
COMPARE = "/studio/bench-swap/versions/compare/"


@pytest.fixture
def write(sign_in, cast, fill, drawn):
    """write(body, why) saves the section as its page would; the answer comes back."""

    def sent(body, why, *, by=None, form=None, **headers):
        person = by or cast.author
        client = sign_in(person)
        form = form or fill(URL)
        data = {"revision": form.revision, "seen": form.seen, "body": body, "why": why}
        return client.post(URL, {**data, **drawn(person)}, headers=headers or None)

    return sent


def whys(html: str) -> list[str]:
    return text_of(html, "why-changed")


def test_the_next_version_keeps_it_and_the_field_is_free_again(write, sign_in, cast, made):
    assert write("Six benches.", "").status_code == 302
    save_version(made, by=cast.author)
    assert write("Four benches.", " Six were\ntoo many. ").status_code == 302
    client = sign_in(cast.author)
    page = client.get(URL).content.decode()
    assert_valid(page)
    assert 'value="Six were too many."' in page
    assert text_of(client.get("/studio/bench-swap/versions/").content.decode(), "whys") == [
        "Structure: Six were too many."
    ]
    assert whys(client.get(COMPARE, {"from": "1"}).content.decode()) == ["Why: Six were too many."]
    version = save_version(made, by=cast.author)
    assert version.whys == [{"key": "structure", "title": "Structure", "why": "Six were too many."}]
    page = client.get(URL).content.decode()
    assert "Six were too many." not in page
    page = client.get("/studio/bench-swap/versions/").content.decode()
    assert_valid(page)
    assert text_of(page, "whys") == ["Structure: Six were too many."]


def test_the_comparison_shows_all_between_the_latest_first(write, sign_in, cast, made):
    write("Six benches.", "")
    save_version(made, by=cast.author)
    for body, why in (("Four.", "Too many."), ("Three.", "Still too many."), ("Two.", "")):
        write(body, why)
        save_version(made, by=cast.author)
    write("One.", "It rained.")
    client = sign_in(cast.author)
    expected = ["Why: It rained.", "Why: Still too many.", "Why: Too many."]
    for query, said in (
        ({"from": "1"}, expected),
        ({"from": "now", "to": "1"}, expected),
        ({"from": "1", "to": "3", "view": "sides"}, expected[1:]),
        ({"from": "2", "to": "3"}, expected[1:2]),
        ({"from": "3", "to": "4"}, []),
    ):
        page = client.get(COMPARE, query).content.decode()
        assert_valid(page)
        assert (query, whys(page)) == (query, said)


def test_a_page_that_stayed_open_does_not_say_it_twice(write, fill, sign_in, cast, made):
    write("Six benches.", "Because.")
    form = fill(URL)
    save_version(made, by=cast.author)
    answer = write("Five benches.", "Because.", form=form, **{"X-Autosave": "1"})
    assert answer.json()["state"] == "saved"
    # The page is told that its field is empty now.
    assert answer.json()["taken"] == {"why": [""]}
    section = Section.objects.get(community=made, template__key="structure")
    assert (section.body, section.why) == ("Five benches.", "")
    assert save_version(made, by=cast.author).whys == []


def test_two_reasons_meet_as_two_texts_do(write, fill, sign_in, cast, made):
    add_teammate(made, user=cast.classmate)
    write("Six benches.", "")
    sign_in(cast.author)
    form = fill(URL)
    write("Six benches.", "Theirs.", by=cast.classmate)
    # They said why; this one changed the text alone, and an autosave puts both together.
    answer = write("Five benches.", "", form=form, **{"X-Autosave": "1"})
    assert answer.json()["state"] == "saved"
    section = Section.objects.get(community=made, template__key="structure")
    assert (section.body, section.why) == ("Five benches.", "Theirs.")
    answer = write("Five benches.", "Mine.", form=form)
    assert answer.status_code == 409
    said = text_of(answer.content.decode(), "clash")[0]
    assert said.startswith("Why you change it Yours, not saved Mine")
    assert "Theirs, saved Theirs" in said


def test_what_is_too_long_comes_back_in_its_field(write, made):
    answer = write("Six benches.", "x" * 301)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert_valid(page)
    assert "Shorten this to 300 characters; it has 301 now." in page
    assert "x" * 301 in page
    assert "Six benches." in page


def test_a_name_is_taken_out_of_it_too(write, cast, made):
    write("Six benches.", "Jun-ho P. asked for it.")
    version = save_version(made, by=cast.author)
    erase(cast.teammate, by=cast.staff)
    version.refresh_from_db()
    assert [said["why"] for said in version.whys] == ["A former member asked for it."]
