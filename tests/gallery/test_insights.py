import pytest

from accounts.models import Cohort
from communities.models import Community, Value
from communities.services.insights import add_insight
from tests import factories
from tests.html import XHTML, assert_valid, text_of


@pytest.fixture
def lessons(cast):
    """Five published lessons of two designs, and one of a draft."""
    cohort = Cohort.objects.create(
        name="Spring 2025",
        slug="spring-2025",
        starts_on="2025-02-01",
        ends_on="2025-06-01",
        capacity=20,
    )
    circle = factories.community(cast.author, "The Mending Circle", cohort=cohort)
    library = factories.community(cast.author, "Library of Questions", kind="library")
    add(circle, cast, "Waiting is part of it", "did-not-work", "observed", "care")
    add(circle, cast, "Keep the CHAIR", "surprised", "told", "care", "play")
    add(library, cast, "A due date makes it real", "worked", "counted", "curiosity")
    for made in (circle, library):
        factories.publish(made, by=cast.author, staff=cast.staff)
    draft = factories.community(cast.author, "Secret draft")
    add(draft, cast, "Secret lesson", "worked", "counted", "care")


def add(made, cast, headline, type_, basis, *values):
    rows = Value.objects.filter(slug__in=values)
    add_insight(
        made, by=cast.author, type=type_, headline=headline, body="", basis=basis, values=rows
    )


def html_of(client, query: str = "") -> str:
    response = client.get(f"/insights/?{query}")
    assert response.status_code == 200
    html = response.content.decode()
    assert_valid(html)
    return html


def headlines(client, query: str = "") -> list[str]:
    rows = text_of(html_of(client, query), "insight-list")
    names = ["Teach it tomorrow", "Waiting is part of it", "Keep the CHAIR"]
    names += ["A due date makes it real", "Secret lesson"]
    return sorted(name for name in names for row in rows for _ in range(row.count(name)))


ALL = [
    "A due date makes it real",
    "Keep the CHAIR",
    "Teach it tomorrow",
    "Teach it tomorrow",
    "Waiting is part of it",
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ALL),
        ("value=care", ["Keep the CHAIR", "Waiting is part of it"]),
        ("value=care&value=curiosity", [ALL[0], "Keep the CHAIR", "Waiting is part of it"]),
        ("value=care&value=play", ["Keep the CHAIR", "Waiting is part of it"]),
        ("type=did-not-work", ["Waiting is part of it"]),
        ("type=did-not-work&type=surprised", ["Keep the CHAIR", "Waiting is part of it"]),
        ("basis=told", ["Keep the CHAIR"]),
        ("kind=library", ["A due date makes it real", "Teach it tomorrow"]),
        ("cohort=spring-2025&type=worked", ["Teach it tomorrow"]),
        ("q=chair", ["Keep the CHAIR"]),
        ("q=mending+waiting", ["Waiting is part of it"]),
        ("q=questions", ["A due date makes it real", "Teach it tomorrow"]),
        ("q=%25", ALL),
        ("q=secret", []),
        ("value=care&kind=library", []),
        ("inclusion=1", ALL),
    ],
)
def test_lessons_are_found_by_words_and_filters(client, lessons, query, found):
    assert headlines(client, query) == found


def test_another_word_for_a_value_means_the_value(client, lessons):
    assert headlines(client, "value=inquiry") == ["A due date makes it real"]


def counts(html: str, name: str) -> dict[str, int]:
    found = {}
    for label in assert_valid(html).iter(f"{XHTML}label"):
        fields = [e.attrib["value"] for e in label.iter() if e.attrib.get("name") == name]
        numbers = [int(e.text) for e in label.iter() if e.attrib.get("class") == "count"]
        found |= dict(zip(fields, numbers, strict=False))
    return found


def test_counts_reflect_the_other_choices(client, lessons):
    html = html_of(client, "value=care&type=worked")
    assert text_of(html, "results-bar")[0].startswith("No insights match")
    types = counts(html_of(client, "value=care"), "type")
    assert types == {
        "worked": 0,
        "did-not-work": 1,
        "as-expected": 0,
        "surprised": 1,
        "differently": 0,
    }
    types = counts(html_of(client, "value=care&type=surprised"), "type")
    assert (types["did-not-work"], types["surprised"]) == (1, 1)


def test_the_sentence_says_what_is_chosen_and_each_chip_takes_it_back(client, lessons):
    html = html_of(client, "q=keep&value=care&value=play&basis=told")
    assert text_of(html, "active-filters") == [
        "Showing insights that mention “keep” , remove and are about Care , remove or"
        " Play , remove and were Told to us , remove Clear all"
    ]
    assert 'href="/insights/?value=care&amp;value=play&amp;basis=told"' in html
    assert 'href="/insights/?q=keep&amp;value=care&amp;value=play"' in html


def test_an_empty_answer_offers_ways_on(client, lessons):
    html = html_of(client, "value=care&kind=library")
    assert text_of(html, "blank") == [
        "Nobody has written that down yet There are no insights that are about Care and come from"
        " a Library. Without Care: 2 insightsWithout Library: 2 insights All insights"
    ]


def test_before_the_first_insight(client, db):
    assert "No insight has been published yet" in html_of(client)


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=x",
        "page=" + "9" * 400,
        "page=2",
        "page=%00",
        "q=%00",
        "q=%ff%fe",
        "q=" + "a%20" * 1900,
        "q=%ed%a0%80",
        "q=%27%22%3Cscript%3E",
        "value=%00",
        "value=" + "a" * 5000,
        "type=x",
        "cohort=%00&kind=%00&basis=%00",
        "&".join(f"value=v{n}" for n in range(500)),
        "x[]=1&%00=1",
        "q=a&q=b",
        "type=worked&type=",
    ],
)
def test_hostile_questions_are_answered(client, lessons, query):
    html_of(client, query)


def test_many_lessons_come_in_pages_and_a_page_too_far_is_the_last(client, cast):
    made = factories.community(cast.author)
    for number in range(24):
        add(made, cast, f"Lesson {number}", "worked", "counted", "care")
    factories.publish(made, by=cast.author, staff=cast.staff)
    first, last = html_of(client, "value=care"), html_of(client, "value=care&page=999")
    assert text_of(first, "results-bar")[0].startswith("24 insights")
    assert (first.count("<h3>Lesson"), last.count("<h3>Lesson")) == (20, 4)
    assert 'href="/insights/?value=care&amp;page=2"' in first
    assert text_of(last, "numbers") == ["1 2"]


def test_what_is_unpublished_takes_its_lessons_along(client, cast, lessons):
    factories.unpublish(Community.objects.get(slug="library-of-questions"), by=cast.staff)
    assert headlines(client) == ["Keep the CHAIR", "Teach it tomorrow", "Waiting is part of it"]


QUERIES = {
    # The generation, for the tag of the page and for its catalogue.
    "": 1,
    "type=worked&value=mastery": 1,
    # One for each depth of the text at which the page is not full.
    "q=teach&value=mastery&type=worked&basis=counted&kind=workshop": 5,
}


def test_insights_cost_the_same_at_one_and_at_three(client, cast, django_assert_num_queries):
    made = factories.community(cast.author)
    made = factories.publish(made, by=cast.author, staff=cast.staff)
    client.get("/insights/?again")
    for query, number in QUERIES.items():
        with django_assert_num_queries(number):
            client.get(f"/insights/?{query}")
    for number in range(2):
        factories.insight(made, by=cast.author, headline=f"Teach {number}")
    factories.publish(made, by=cast.author, staff=cast.staff)
    client.get("/insights/?again")
    for query, number in QUERIES.items():
        with django_assert_num_queries(number):
            client.get(f"/insights/?{query}")
