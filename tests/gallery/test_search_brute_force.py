"""Search against brute force: small galleries of generated designs, searched in generated ways.

`python -m benchmarks --verify` does the same with thousands of synthetic designs.
"""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.brute import Reader, designs
from benchmarks.engines import ours
from benchmarks.faults import faults
from benchmarks.workload import Query
from communities.enums import Audience, Kind, Mode, Outcome
from communities.snapshot import (
    ImplementationNote,
    InsightNote,
    Purpose,
    Reference,
    SectionText,
    Snapshot,
)
from tests.gallery.shelf import held, shelve

VALUES = ("belonging", "care", "equity", "play")
KINDS = (Kind.CAMP, Kind.WORKSHOP, Kind.LIBRARY)
# Words in several forms, with accents, with the same beginning; “fairness” is an alias of equity.
WORDS = (
    "table tables gardening garden gardens lantern lanterns café cafés repair repairing mending"
    " mended fairness makerspace relay relational open opening nation national the"
).split()
TOPICS = ("Repair", "Bicycles", "Tables", "Night-schools")
COHORTS = ("Spring-2025", "IAP-2026")


def some(strategy, most: int):
    return st.lists(strategy, max_size=most, unique=True).map(tuple)


def references(names):
    return st.sampled_from([Reference(slug=name.lower(), name=name) for name in names])


texts = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
lines = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
runs = st.builds(
    ImplementationNote,
    outcome=st.sampled_from(Outcome.values),
    mode=st.sampled_from(["", *Mode.values]),
    starts_on=st.none() | st.dates(date(2023, 12, 1), date(2024, 2, 1)),
    participants_within=st.integers(0, 3),
)
insights = st.builds(InsightNote, type=st.just("worked"), headline=lines, body=texts)
sections = st.builds(SectionText, key=st.just("people"), title=st.just("People"), body=texts)
snapshots = st.builds(
    Snapshot,
    title=lines,
    kind=st.sampled_from(["", *KINDS]).map(str),
    mode=st.sampled_from(["", *Mode.values]),
    audience=st.sampled_from(["", *Audience.values[:2]]),
    summary=texts,
    description=texts,
    purpose=st.builds(Purpose, who=texts),
    cohort=st.none() | references(COHORTS),
    topics=some(references(TOPICS), 2),
    sections=st.lists(sections, max_size=1).map(tuple),
    implementations=st.lists(runs, max_size=2).map(tuple),
    insights=st.lists(insights, max_size=1).map(tuple),
)
galleries = st.lists(st.tuples(snapshots, some(st.sampled_from(VALUES), 3), texts), max_size=8)
quoted = st.sampled_from(WORDS).map('"{}"'.format)
begun = st.sampled_from(WORDS).flatmap(
    lambda word: st.integers(2, len(word)).map(lambda length: word[:length])
)
asked_words = st.lists(quoted, max_size=2).flatmap(
    lambda words: st.just(words) | begun.map(lambda last: [*words, last])
)
queries = st.builds(
    Query,
    id=st.just("generated"),
    kind=st.just("generated"),
    q=st.just("") | asked_words.map(" ".join),
    chosen=st.fixed_dictionaries(
        {},
        optional={
            "value": some(st.sampled_from([*VALUES, "courage"]), 3),
            "kind": some(st.sampled_from(KINDS).map(str), 2),
            "mode": some(st.sampled_from(Mode.values), 2),
            "topic": some(st.sampled_from([name.lower() for name in TOPICS]), 2),
            "year": some(st.sampled_from(["2023", "2024", "1999"]), 2),
            "outcome": some(st.sampled_from(Outcome.values), 2),
        },
    ),
    match=st.sampled_from(["any", "all"]),
    page=st.integers(1, 2),
)


@pytest.mark.django_db
@given(gallery=galleries, asked=st.lists(queries, min_size=1, max_size=6))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_every_answer_equals_brute_force(gallery, asked):
    with transaction.atomic():
        shelve(
            *(
                replace(
                    snapshot,
                    values=tuple(replace(value, rationale=why) for value in held(*values)),
                )
                for snapshot, values, why in gallery
            )
        )
        reader = Reader(designs())
        found = [(query, list(faults(reader, ours.search(query), query))) for query in asked]
        transaction.set_rollback(True)
    assert [(query, wrong) for query, wrong in found if wrong] == []
