"""Reflections: by one person or by the whole team."""

import pytest

from communities.models import Reflection
from communities.services.implementations import (
    add_implementation,
    add_reflection,
    save_reflection,
)
from tests import factories
from tests.html import assert_valid, text_of

from .fields import fields_of


@pytest.fixture
def client(cast, design, sign_in):
    return sign_in(cast.author)


@pytest.fixture
def run(design):
    return design.implementations.get()


@pytest.fixture
def of_team(run):
    return run.reflections.get()


@pytest.fixture
def of_teammate(cast, run):
    words = {"author": cast.teammate, "surprised": "The queue became a choir."}
    return add_reflection(run, by=cast.teammate, **words)


def test_several_voices_on_one_run(client, cast, run, at):
    sent = fields_of(client.get(at("studio_reflection_new")))
    assert sent["implementation"] == [str(run.pk)], "the only run needs no asking"
    for voice, text in (("me", "Mine"), ("team", "Ours")):
        answers = {"voice": voice, "stage": "during", "differently": text}
        assert client.post(at("studio_reflection_new"), sent | answers).status_code == 302
    written = Reflection.objects.filter(stage="during").order_by("pk")
    assert list(written.values_list("author", "differently")) == [
        (cast.author.pk, "Mine"),
        (None, "Ours"),
    ]


def test_the_run_is_the_one_that_the_link_came_from(client, cast, design, run, at):
    other = add_implementation(design, by=cast.author)
    sent = fields_of(client.get(f"{at('studio_reflection_new')}?run={other.pk}"))
    assert sent["implementation"] == [str(other.pk)]
    for asked in ("", "x", "9" * 40, "\x00"):
        page = client.get(at("studio_reflection_new"), {"run": asked})
        assert "implementation" not in fields_of(page)


def test_a_run_of_another_design_cannot_be_chosen(client, cast, design, at):
    other = factories.community(cast.classmate, "Another")
    sent = fields_of(client.get(at("studio_reflection_new")))
    sent |= {"implementation": str(other.implementations.get().pk), "surprised": "Me?"}
    assert client.post(at("studio_reflection_new"), sent).status_code == 422


def test_at_least_one_answer(client, of_team, at):
    sent = fields_of(client.get(at("studio_reflection_new"))) | {"worked_well": " \n "}
    response = client.post(at("studio_reflection_new"), sent)
    assert response.status_code == 422
    assert_valid(response.content.decode())
    assert "Answer at least one of the five prompts." in response.content.decode()
    assert Reflection.objects.count() == 1


def test_a_second_click_writes_one(client, at):
    sent = fields_of(client.get(at("studio_reflection_new"))) | {"surprised": "Twice"}
    for _ in range(2):
        client.post(at("studio_reflection_new"), sent)
    assert Reflection.objects.filter(surprised="Twice").count() == 1


def test_one_changes_ones_own_and_the_teams_but_not_a_teammates(
    client, cast, of_team, of_teammate, at
):
    page = at("studio_reflection", of_team.pk)
    sent = fields_of(client.get(page)) | {"matched": "The weather."}
    assert client.post(page, sent).status_code == 302
    of_team.refresh_from_db()
    assert (of_team.matched, of_team.author, of_team.updated_by) == (
        "The weather.",
        None,
        cast.author,
    )
    for name in ("studio_reflection", "studio_reflection_remove"):
        page = at(name, of_teammate.pk)
        assert client.get(page).status_code == 404
        assert client.post(page, {"revision": 1, "surprised": "Not theirs"}).status_code == 404
    of_teammate.refresh_from_db()
    assert of_teammate.surprised == "The queue became a choir."
    listed = client.get(at("studio_reflections")).content.decode()
    assert_valid(listed)
    assert "The queue became a choir." in listed
    assert at("studio_reflection", of_teammate.pk) not in listed
    assert at("studio_reflection", of_team.pk) in listed


def test_the_list_says_which_prompts_are_begun(client, cast, run, of_team, at):
    save_reflection(of_team, by=cast.author, revision=1, worked_well="The relay held. " * 6)
    lines = text_of(client.get(at("studio_reflections")).content.decode(), "prompts")
    assert lines == [
        "What worked well18 words What didn’t2 words What matched our expectationsNot begun"
        " What surprised usNot begun What we would do differentlyNot begun"
    ]


def test_two_people_at_the_teams_words_see_both(client, cast, of_team, at):
    page = at("studio_reflection", of_team.pk)
    sent = fields_of(client.get(page)) | {"surprised": "Mine"}
    save_reflection(of_team, by=cast.teammate, revision=1, surprised="Theirs", matched="Theirs too")
    response = client.post(page, sent)
    assert response.status_code == 409
    html = response.content.decode()
    assert_valid(html)
    assert text_of(html, "clash-text") == ["Mine", "Theirs"]
    assert client.post(page, fields_of(response)).status_code == 302
    of_team.refresh_from_db()
    assert (of_team.surprised, of_team.matched) == ("Mine", "Theirs too")


def test_what_was_typed_survives_its_removal(client, of_team, at):
    page = at("studio_reflection", of_team.pk)
    sent = fields_of(client.get(page)) | {"surprised": "A long hour’s work"}
    of_team.delete()
    response = client.post(page, sent)
    assert response.status_code == 409
    assert_valid(response.content.decode())
    assert client.post(at("studio_reflection_new"), fields_of(response)).status_code == 302
    assert Reflection.objects.get().surprised == "A long hour’s work"


def test_typed_words_survive_the_end_of_a_session(client, cast, at, sign_in):
    sent = fields_of(client.get(at("studio_reflection_new"))) | {"surprised": "An hour’s work"}
    client.logout()
    assert client.post(at("studio_reflection_new"), sent).status_code == 302
    assert not Reflection.objects.filter(surprised="An hour’s work").exists()
    back = fields_of(sign_in(cast.author).get(at("studio_reflection_new")))
    assert back["surprised"] == ["An hour’s work"]
    client.post(at("studio_reflection_new"), back)
    assert Reflection.objects.filter(surprised="An hour’s work").count() == 1


def test_without_a_run_the_page_says_what_comes_first(client, run, at):
    run.delete()
    assert client.get(at("studio_reflection_new")).url == at("studio_reflections")
    page = client.get(at("studio_reflections")).content.decode()
    assert_valid(page)
    assert "A reflection looks back on a run, and there is none yet." in page


def test_removing(client, of_team, at):
    page = at("studio_reflection_remove", of_team.pk)
    asked = client.get(page)
    assert "2 answers, written by the whole team" in asked.content.decode()
    assert client.post(page, fields_of(asked)).url == at("studio_reflections")
    assert Reflection.objects.count() == 0
