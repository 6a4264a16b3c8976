import json
from collections import Counter
from pathlib import Path

import pytest

SEEDS = Path(__file__).resolve().parents[2] / "communities" / "seeds"
VALUES = json.loads((SEEDS / "values.json").read_text(encoding="utf-8"))
SECTIONS = json.loads((SEEDS / "sections.json").read_text(encoding="utf-8"))

SLUGS = [
    "belonging",
    "curiosity",
    "dialogue",
    "autonomy",
    "equity",
    "play",
    "mastery",
    "care",
    "purpose",
    "trust",
    "courage",
    "creativity",
    "dignity",
    "service",
    "reciprocity",
    "stewardship",
]
MARKS = {
    *SLUGS,
    "justice",
    "wonder",
    "access",
    "rest",
    "joy",
    "solidarity",
    "memory",
    "shelter",
}
SECTION_KEYS = [
    "big-purpose",
    "values",
    "is-and-is-not",
    "people",
    "structure",
    "calendar",
    "inquiry-cycle",
    "value-questions",
    "barriers",
    "risks",
    "resources",
    "implementation-plan",
    "evidence-plan",
]


def by_key(items, key):
    return [pytest.param(item, id=item[key]) for item in items]


each_value = pytest.mark.parametrize("value", by_key(VALUES, "slug"))
each_section = pytest.mark.parametrize("section", by_key(SECTIONS, "key"))


def test_values_are_the_sixteen_in_their_order():
    assert [value["slug"] for value in VALUES] == SLUGS


def test_an_alias_leads_to_one_value_only():
    aliases = Counter(alias for value in VALUES for alias in value["aliases"])
    assert [alias for alias, count in aliases.items() if count > 1] == []


def test_an_alias_is_never_itself_a_value():
    aliases = {alias.casefold() for value in VALUES for alias in value["aliases"]}
    names = {value[key].casefold() for value in VALUES for key in ("slug", "name")}
    assert aliases & names == set()


def test_no_two_values_share_a_mark():
    assert len({value["mark"] for value in VALUES}) == len(VALUES)


@each_value
def test_a_value_has_exactly_the_known_fields(value):
    assert list(value) == [
        "slug",
        "name",
        "short",
        "definition",
        "not_confused_with",
        "questions",
        "aliases",
        "mark",
        "drawn_as",
    ]


@each_value
def test_a_value_has_three_or_four_questions(value):
    assert len(value["questions"]) in (3, 4)
    assert all(question.endswith("?") for question in value["questions"])


@each_value
def test_a_value_has_three_to_six_lower_case_aliases(value):
    assert 3 <= len(value["aliases"]) <= 6
    assert value["aliases"] == [alias.strip().lower() for alias in value["aliases"]]


@each_value
def test_a_value_says_what_it_is_not(value):
    assert value["not_confused_with"].startswith("Not to be confused with ")


@each_value
def test_the_mark_of_a_value_has_been_drawn(value):
    assert value["mark"] in MARKS


def test_sections_are_the_thirteen_in_their_order():
    assert [section["key"] for section in SECTIONS] == SECTION_KEYS


def test_only_the_chart_of_is_and_is_not_has_two_columns():
    layouts = {section["key"]: section["layout"] for section in SECTIONS}
    assert layouts.pop("is-and-is-not") == "two-columns"
    assert "two-columns" not in layouts.values()
    text_alone = {key for key, layout in layouts.items() if layout == "prose"}
    assert text_alone == {"big-purpose", "values", "value-questions"}


def test_a_team_may_skip_only_these_sections():
    assert {section["key"] for section in SECTIONS if section["is_optional"]} == {
        "calendar",
        "value-questions",
        "risks",
        "resources",
        "evidence-plan",
    }


@each_section
def test_a_section_has_exactly_the_known_fields(section):
    assert list(section) == [
        "key",
        "title",
        "guide",
        "prompts",
        "example",
        "layout",
        "is_optional",
        "words_from",
        "words_to",
    ]


@each_section
def test_a_section_asks_two_to_five_things_and_shows_an_example(section):
    assert 2 <= len(section["prompts"]) <= 5
    assert section["guide"]
    assert section["example"]
    assert 0 < section["words_from"] < section["words_to"]
