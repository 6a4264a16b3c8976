"""A working copy read by one query says what reading each table for itself says."""

from datetime import date

import pytest
from django.db.models import prefetch_related_objects

from communities.enums import Outcome
from communities.models import Community, SectionTemplate, Value
from communities.services.about import save_about
from communities.services.document import save_section
from communities.services.implementations import add_implementation, add_reflection
from communities.services.values import save_values
from communities.services.working_copy import snapshot_at_hand, with_snapshot_parts
from tests import factories

RELATIONS = (
    "members__user",
    "community_values__tag",
    "community_topics__tag",
    "sections__template",
    "implementations__sessions",
    "implementations__reflections__author",
    "insights__values",
    "photos",
    "attachments",
)
# Text that looks like JSON, and what JSON writes otherwise.
ODD = '{"a": [1, "ö\\n\\u0041"]} \\ "quoted" \u2028 𝔘 null'


@pytest.fixture
def made(cast):
    made = factories.team(cast.teammate, made=factories.community(cast.author, "Bench Swap"))
    values = list(Value.objects.all()[:3])
    reasons = [{"value": value, "rationale": ODD, "evidence": "null"} for value in values[::-1]]
    save_values(made, by=cast.author, revision=made.values_revision, reasons=reasons)
    save_about(made, by=cast.author, revision=made.revision, topics=["Zinc", "Ash", "Öl"])
    template = SectionTemplate.objects.get(key="barriers")
    rows = {"layout": "barriers", "barriers": [{"id": "a", "barrier": ODD, "answer": "1"}]}
    save_section(made, template, by=cast.author, revision=0, body=ODD, structure=rows)
    for day in (date(2025, 3, 3), None, date(2024, 1, 1)):
        sessions = [{"date": date(2025, 3, n), "title": f"Day {n}"} for n in (9, 2)]
        facts = {"outcome": Outcome.RAN, "starts_on": day, "sessions": sessions}
        run = add_implementation(made, by=cast.author, **facts)
        for author in (cast.teammate, None, cast.author):
            answers = [{"value": "care", "name": "Care", "question": "Why?", "answer": ODD}]
            said = {"worked_well": ODD, "value_answers": answers}
            add_reflection(run, by=cast.author, author=author, **said)
    for count in range(2):
        factories.insight(made, by=cast.author, headline=f"Lesson {count}").values.set(values)
        factories.photo(made, by=cast.author, alt=ODD)
        factories.attachment(made, by=cast.author, name=f"{count}.csv", data=b"a,%d\n" % count)
    factories.photo(made, by=cast.author, is_removed=True)
    return made


def _one_by_one(made) -> Community:
    row = Community.objects.get(pk=made.pk)
    prefetch_related_objects([row], *RELATIONS)
    for name in ("photos", "attachments"):
        rows = getattr(row, name).all()
        rows._result_cache = [one for one in rows if not one.is_removed]
    topics = row.community_topics.all()
    topics._result_cache = sorted(topics, key=lambda topic: topic.pk)
    return row


def test_one_query_says_the_same_as_one_for_each_table(made, django_assert_num_queries):
    with django_assert_num_queries(1):
        row = with_snapshot_parts().get(pk=made.pk)
        said = snapshot_at_hand(row)
    assert said == snapshot_at_hand(_one_by_one(made))
    assert len(said.photos) == len(said.attachments) == 2
    assert [len(run.reflections) for run in said.implementations].count(3) == 3


def test_the_rows_are_those_of_the_database_field_by_field(made):
    row, other = with_snapshot_parts().get(pk=made.pk), _one_by_one(made)
    for name in {path.split("__")[0] for path in RELATIONS}:
        found, expected = list(getattr(row, name).all()), list(getattr(other, name).all())
        assert found == expected, name
        assert found, name
        for mine, theirs in zip(found, expected, strict=True):
            for one in mine._meta.concrete_fields:
                assert getattr(mine, one.attname) == getattr(theirs, one.attname), (name, one)


def test_a_design_with_nothing_below_it_has_empty_lists(cast, django_assert_num_queries):
    bare = Community.objects.create(title="Bare", slug="bare")
    with django_assert_num_queries(1):
        row = with_snapshot_parts().get(pk=bare.pk)
        assert [list(getattr(row, p.split("__")[0]).all()) for p in RELATIONS] == [[]] * 9


def test_many_designs_are_read_by_one_query_each_with_its_own(cast, made):
    other = factories.community(cast.teammate, "Other")
    found = {row.pk: row for row in with_snapshot_parts().filter(pk__in=[made.pk, other.pk])}
    for design in (made, other):
        assert snapshot_at_hand(found[design.pk]) == snapshot_at_hand(_one_by_one(design))
