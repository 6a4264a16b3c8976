"""After a lost race: mine, theirs, or both, with one press and without script."""

import pytest

from communities.models import Section, SectionTemplate
from communities.services.document import save_section
from tests.html import assert_valid, text_of

from .test_autosave import AUTO, drawn_form


@pytest.fixture
def beaten(sign_in, cast, made):
    """The author's client, the address, and the fields of the page that shows both texts."""
    url = f"/studio/{made.slug}/document/is-and-is-not/"
    client = sign_in(cast.author)
    data = drawn_form(client, url)
    template = SectionTemplate.objects.get(key="is-and-is-not")
    theirs = {"body": "We meet on Tuesdays.", "is_text": "Theirs", "is_not_text": ""}
    save_section(made, template, by=cast.teammate, revision=0, **theirs)
    data |= {"body": "We meet on Mondays.", "is_text": "Mine", "is_not_text": ""}
    answer = client.post(url, data)
    assert answer.status_code == 409
    fields = {"revision": "1", "clash": ["", "is_text", "body"]}
    return client, url, {**data, **fields}, answer.content.decode()


def saved():
    section = Section.objects.get(template__key="is-and-is-not")
    return section.is_text, section.body


def test_both_texts_stand_beside_each_other_with_the_difference_marked(beaten):
    page = beaten[3]
    assert "We meet on <mark>Mondays</mark>." in page
    assert "We meet on <mark>Tuesdays</mark>." in page
    assert page.count('name="clash"') == 3
    assert_valid(page)


def test_mine_in_one_field_asks_for_the_other(beaten):
    client, url, data, _ = beaten
    answer = client.post(url, {**data, "choose": "mine:body"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert [words.split(" Yours")[0] for words in text_of(page, "clash")] == ["What it is"]
    assert saved() == ("Theirs", "We meet on Tuesdays.")
    answer = client.post(url, {**data, "clash": ["", "is_text"], "choose": "theirs:is_text"})
    assert answer.status_code == 302
    assert saved() == ("Theirs", "We meet on Mondays.")


def test_both_come_into_the_field_to_be_edited(beaten):
    client, url, data, _ = beaten
    one = {**data, "is_text": "Theirs", "clash": ["", "body"]}
    answer = client.post(url, {**one, "choose": "both:body"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "[Yours] We meet on Mondays.\n[Jun-ho P.] We meet on Tuesdays.</textarea>" in page
    assert text_of(page, "save-state") == ["Not saved yet"]
    assert saved() == ("Theirs", "We meet on Tuesdays.")
    assert_valid(page)


def test_a_third_text_meanwhile_is_shown_before_anything_is_chosen(beaten, cast, made):
    client, url, data, _ = beaten
    template = SectionTemplate.objects.get(key="is-and-is-not")
    third = {"body": "We meet on Sundays.", "is_text": "Mine", "is_not_text": ""}
    save_section(made, template, by=cast.teammate, revision=1, **third)
    answer = client.post(url, {**data, "clash": ["", "body"], "choose": "mine:body"})
    assert answer.status_code == 409
    assert "Sundays" in answer.content.decode()
    assert saved() == ("Mine", "We meet on Sundays.")


@pytest.mark.parametrize("wish", ["", "x", "mine:", "theirs:revision", "both:nothing", "theirs"])
def test_an_unknown_wish_is_the_save_button(beaten, wish):
    client, url, data, _ = beaten
    assert client.post(url, {**data, "choose": wish}).status_code == 302
    assert saved() == ("Mine", "We meet on Mondays.")


def test_the_script_gets_the_same_choices(sign_in, cast, made):
    url = f"/studio/{made.slug}/document/structure/"
    template = SectionTemplate.objects.get(key="structure")
    save_section(made, template, by=cast.teammate, revision=0, body="Theirs")
    answer = sign_in(cast.author).post(url, {"revision": "0", "body": "Mine"}, **AUTO)
    assert 'name="choose" value="both:body"' in answer.json()["conflict"]
