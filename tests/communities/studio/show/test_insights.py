"""Insights."""

import pytest

from communities.models import Insight, Value
from communities.services.insights import save_insight
from tests import factories
from tests.html import assert_valid, text_of

from .fields import fields_of

LESSON = {
    "type": "surprised",
    "headline": "Seventeen of twenty came back\r\nto teach.",
    "body": "We kept a list at the gate.",
    "basis": "counted",
}


@pytest.fixture
def client(cast, design, sign_in):
    return sign_in(cast.author)


@pytest.fixture
def lesson(design):
    return design.insights.get()


def values(*slugs: str) -> list[str]:
    return [str(Value.objects.get(slug=slug).pk) for slug in slugs]


def test_a_lesson_with_its_values(client, design, lesson, at):
    sent = fields_of(client.get(at("studio_insight_new"))) | LESSON
    sent["values"] = values("play", "mastery")
    assert client.post(at("studio_insight_new"), sent).url == at("studio_insights")
    made = design.insights.exclude(pk=lesson.pk).get()
    assert (made.type, made.headline, made.basis, made.position) == (
        "surprised",
        "Seventeen of twenty came back to teach.",
        "counted",
        1,
    )
    assert {value.slug for value in made.values.all()} == {"play", "mastery"}
    assert client.post(at("studio_insight_new"), sent).status_code == 302
    assert design.insights.count() == 2


def test_the_values_of_the_design_come_first(client, at):
    page = client.get(at("studio_insight_new")).content.decode()
    own, other, care, mastery, play = (
        page.index(f"{words}<")
        for words in ("Values of this design", "Other values", "Care", "Mastery", "Play")
    )
    assert own < care < mastery < other < play


def test_a_retired_value_is_not_offered_but_kept_where_it_was_chosen(client, cast, design, at):
    made = factories.insight(design, by=cast.author, values=("play",))
    Value.objects.filter(slug="play").update(is_retired=True)
    assert ">Play<" not in client.get(at("studio_insight_new")).content.decode()
    page = at("studio_insight", made.pk)
    sent = fields_of(client.get(page)) | {"headline": "Said better"}
    assert client.post(page, sent).status_code == 302
    assert [value.slug for value in made.values.all()] == ["play"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"headline": " "}, "The lesson, in one or two sentences: Write the lesson."),
        (
            {"headline": "x" * 241},
            "The lesson, in one or two sentences: Shorten this to 240 characters; it has 241 now.",
        ),
        ({"type": ""}, "What kind of lesson: Choose what kind of lesson it is."),
        ({"values": ["9" * 30]}, "Values it is about: Choose one of these."),
        ({"values": ["\x00"]}, "Values it is about: Choose one of these."),
    ],
)
def test_a_mistake_is_named_and_everything_typed_is_there(client, design, at, change, words):
    sent = fields_of(client.get(at("studio_insight_new"))) | LESSON | change
    response = client.post(at("studio_insight_new"), sent)
    assert response.status_code == 422
    html = response.content.decode()
    assert_valid(html)
    (summary,) = text_of(html, "error-summary")
    assert words in summary
    assert fields_of(response)["body"] == ["We kept a list at the gate."]
    assert design.insights.count() == 1


def test_two_people_see_both_texts(client, cast, lesson, at):
    page = at("studio_insight", lesson.pk)
    sent = fields_of(client.get(page)) | {"headline": "Mine", "values": values("care")}
    theirs = Value.objects.filter(slug="play")
    save_insight(lesson, by=cast.teammate, revision=1, values=theirs, headline="Theirs")
    response = client.post(page, sent)
    assert response.status_code == 409
    html = response.content.decode()
    assert_valid(html)
    assert text_of(html, "clash-text") == ["Mine", "Theirs", "Care", "Play"]
    assert client.post(page, fields_of(response)).status_code == 302
    lesson.refresh_from_db()
    assert (lesson.headline, [value.slug for value in lesson.values.all()]) == ("Mine", ["care"])


def test_what_was_typed_survives_its_removal(client, lesson, at):
    page = at("studio_insight", lesson.pk)
    sent = fields_of(client.get(page)) | {"headline": "Worth keeping"}
    lesson.delete()
    response = client.post(page, sent)
    assert response.status_code == 409
    assert client.post(at("studio_insight_new"), fields_of(response)).status_code == 302
    assert Insight.objects.get().headline == "Worth keeping"


def test_removing(client, lesson, at):
    page = at("studio_insight_remove", lesson.pk)
    asked = client.get(page)
    assert "“Teach it tomorrow”" in asked.content.decode()
    assert client.post(page, fields_of(asked)).url == at("studio_insights")
    assert Insight.objects.count() == 0
    empty = client.get(at("studio_insights")).content.decode()
    assert_valid(empty)
    assert "An insight is one sentence that a stranger can use." in empty


def test_nobody_reaches_the_insights_of_others(client, cast, at):
    other = factories.community(cast.classmate, "Another").insights.get()
    for name in ("studio_insight", "studio_insight_remove"):
        assert client.get(at(name, other.pk)).status_code == 404
    client.post(at("studio_insight", other.pk), {"headline": "Mine now", "type": "worked"})
    client.post(at("studio_insight_remove", other.pk), {"revision": 1})
    assert Insight.objects.get(pk=other.pk).headline == "Teach it tomorrow"
