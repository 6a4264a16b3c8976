"""The rows of the index are what is published, however they came about."""

import logging

import pytest
from django.core.management import call_command
from django.forms.models import model_to_dict
from pyroaring import BitMap

from accounts.models import Cohort
from communities.models import OldSlug, Photo
from communities.signals import public_content_changed
from gallery import index
from gallery.models import (
    Entry,
    EntryInsight,
    EntryText,
    FacetSet,
    Generation,
    InsightText,
)
from tests import factories

pytestmark = pytest.mark.django_db


def everything() -> dict:
    """All rows of the index, but for when they were written."""
    return {
        "entries": [model_to_dict(entry) for entry in Entry.objects.order_by("pk")],
        "texts": [model_to_dict(text) for text in EntryText.objects.order_by("pk")],
        "insights": [model_to_dict(insight) for insight in EntryInsight.objects.order_by("pk")],
        "lessons": [model_to_dict(text) for text in InsightText.objects.order_by("pk")],
        "sets": {key: found for key, found in sets().items() if found[1]},
    }


def sets() -> dict[str, tuple[str, list[int]]]:
    return {
        row.key: (row.label, list(BitMap.deserialize(bytes(row.numbers))))
        for row in FacetSet.objects.all()
    }


@pytest.fixture
def gallery_of_three(cast):
    """Two designs of a cohort, one of them built on the other, and one that was taken down."""
    cohort = Cohort.objects.create(
        name="IAP 2025", slug="iap-2025", starts_on="2025-01-06", ends_on="2025-01-31", capacity=9
    )
    people = {"by": cast.author, "staff": cast.staff}
    first = factories.published(**people, title="First", cohort=cohort)
    draft = factories.community(cast.author, "Second", cohort=cohort, parent=first)
    factories.photo(draft, by=cast.author)
    second = factories.publish(draft, **people)
    gone = factories.published(**people, title="Gone")
    factories.unpublish(gone, by=cast.staff)
    return first, second, gone


def test_an_entry_says_what_the_published_version_says(cast, gallery_of_three):
    first, second, _ = gallery_of_three
    entry = Entry.objects.get(community=second)
    photo = Photo.objects.get()
    assert model_to_dict(entry, exclude=["card"]) == {
        "number": 2,
        "community": second.pk,
        "version": second.published_version_id,
        "published_at": second.published_at,
        "slug": "second",
        "title": "Second",
        "summary": "Nobody should own a thing they are afraid to open.",
        "kind": "workshop",
        "participants": 46,
        "parent": first.pk,
        "built_on_count": 0,
        "found_under": {
            "value": ["care", "mastery"],
            "kind": ["workshop"],
            "mode": ["in-person"],
            "audience": ["anyone"],
            "duration": ["days"],
            "cohort": ["iap-2025"],
            "outcome": ["ran"],
            "year": ["2025"],
            "section": ["big-purpose"],
        },
        "excerpts": {"description": "", "reflections": {"did_not_work": "The queue."}},
    }
    assert entry.card == {
        "cover": {
            "key": photo.key.hex,
            "color": photo.color,
            "alt": "A long table",
            "focus": [50, 50],
            "until": "",
            "files": [
                {"name": file["name"].split("/")[-1], "width": 64, "height": 48}
                for file in photo.files
            ],
        },
        "line": "Workshop or makerspace, in person. IAP 2025, 5\xa0days, 46\xa0people reached.",
        "values": [
            {
                "slug": "care",
                "name": "Care",
                "mark": "care",
                "rationale": "Care in Second",
                "evidence": "Seen: Care",
            },
            {
                "slug": "mastery",
                "name": "Mastery",
                "mark": "mastery",
                "rationale": "Mastery in Second",
                "evidence": "Seen: Mastery",
            },
        ],
    }


def test_the_sets_of_a_gallery(cast, gallery_of_three):
    both = {f"designs/{place}": (label, [1, 2]) for place, label in SHARED.items()}
    lessons = [number << 8 | 255 for number in (1, 2)]
    same = {f"insights/{place}": (label, lessons) for place, label in LEARNED.items()}
    amounts = {"designs/built-on/1": ("", [1]), "designs/built-on/0": ("", [2])}
    assert everything()["sets"] == both | amounts | same


SHARED = {
    "/": "",
    "value/care": "Care",
    "value/mastery": "Mastery",
    "kind/workshop": "",
    "mode/in-person": "",
    "audience/anyone": "",
    "duration/days": "",
    "cohort/iap-2025": "IAP 2025",
    "outcome/ran": "",
    "year/2025": "",
    "section/big-purpose": "",
    "participants/46": "",
}
LEARNED = {
    "/": "",
    "value/mastery": "Mastery",
    "type/worked": "",
    "basis/counted": "",
    "kind/workshop": "",
    "cohort/iap-2025": "IAP 2025",
}


def test_the_insights_of_an_entry(gallery_of_three):
    insight = EntryInsight.objects.get(entry=2)
    assert (insight.headline, insight.type, insight.basis) == (
        "Teach it tomorrow",
        "worked",
        "counted",
    )
    assert insight.values == [{"slug": "mastery", "name": "Mastery", "mark": "mastery"}]
    assert insight.found_under["value"] == ["mastery"]


def test_rebuilding_gives_the_rows_that_following_gave(gallery_of_three):
    followed = everything()
    assert [entry["number"] for entry in followed["entries"]] == [1, 2]
    assert followed["entries"][0]["built_on_count"] == 1
    Entry.objects.all().delete()
    FacetSet.objects.filter(key__endswith="care").delete()
    FacetSet.objects.filter(key="designs/mode/in-person").update(numbers=BitMap([9]).serialize())
    call_command("rebuild_search", verbosity=0)
    assert everything() == followed
    call_command("rebuild_search", verbosity=0)
    assert everything() == followed


def test_what_is_taken_down_leaves_every_table(cast, gallery_of_three):
    first, second, _ = gallery_of_three
    factories.unpublish(second, by=cast.staff)
    left = everything()
    assert [entry["community"] for entry in left["entries"]] == [first.pk]
    assert left["entries"][0]["built_on_count"] == 0
    assert {tuple(numbers) for _, numbers in sets().values()} <= {(1,), (1 << 8 | 255,), ()}
    assert {row["entry"] for row in left["insights"]} == {1}
    factories.unpublish(first, by=cast.staff)
    assert not any(everything().values())


def test_publishing_again_keeps_the_number_and_changes_the_words(cast, gallery_of_three):
    first, _, _ = gallery_of_three
    first.title = "First, revised"
    first.save()
    factories.publish(first, by=cast.author, staff=cast.staff)
    assert list(Entry.objects.values_list("number", "slug", "title", "built_on_count")) == [
        (2, "second", "Second", 0),
        (1, "first", "First, revised", 1),
    ]


def test_a_parent_is_found_by_an_address_that_it_once_had(cast, gallery_of_three):
    first, second, _ = gallery_of_three
    OldSlug.objects.create(slug="first", community=first)
    first.slug = "renamed"
    first.save()
    index.index_communities([first.pk, second.pk])
    assert Entry.objects.get(community=second).parent_id == first.pk
    assert Entry.objects.get(community=first).built_on_count == 1


def test_a_hidden_picture_is_no_cover(gallery_of_three):
    _, second, _ = gallery_of_three
    Photo.objects.update(is_hidden=True)
    index.index_community(second.pk)
    assert Entry.objects.get(community=second).card["cover"] is None
    assert "long table" not in EntryText.objects.get(entry=2).rest


def test_the_signal_brings_a_publication_into_the_index(cast, django_capture_on_commit_callbacks):
    submission = factories.submitted(cast.author)
    assert not Entry.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        factories.approve(submission, by=cast.staff)
    assert Entry.objects.get().community_id == submission.community_id


def test_a_failing_index_is_logged_and_repaired(cast, caplog):
    made = factories.published(cast.author, cast.staff)
    whole = everything()
    snapshot = made.published_version.snapshot
    made.published_version.snapshot = {**snapshot, "schema": 99}
    made.published_version.save()
    with caplog.at_level(logging.ERROR):
        public_content_changed.send(sender=type(made), community_ids=[made.pk])
    assert "rebuild_search --check" in caplog.text
    made.published_version.snapshot = snapshot
    made.published_version.save()
    call_command("rebuild_search", check=True, verbosity=0)
    assert everything() == whole


def test_checking_puts_right_only_what_differs(cast, gallery_of_three, capsys):
    first, second, _ = gallery_of_three
    index.rebuild()
    whole = everything()
    key = Generation.current()
    call_command("rebuild_search", check=True)
    assert capsys.readouterr().out == "The index is right.\n"
    assert Generation.current() == key
    Entry.objects.filter(community=first).delete()
    Entry.objects.filter(community=second).update(slug="other")
    FacetSet.objects.filter(key="designs/participants/46").update(key="designs/participants/45")
    call_command("rebuild_search", check=True)
    assert capsys.readouterr().out == "3 put right.\n"
    assert everything() == whole
    assert Generation.current() != key


def test_each_change_has_a_key_of_its_own(cast):
    seen = {Generation.current()}
    made = factories.published(cast.author, cast.staff)
    seen.add(Generation.current())
    for _ in range(3):
        index.index_community(made.pk)
        seen.add(Generation.current())
    index.index_community(987_654)
    seen.add(Generation.current())
    assert len(seen) == 6
    assert Generation.objects.get().number == 5


def test_indexing_many_costs_no_more_queries_than_one(
    cast, gallery_of_three, django_assert_max_num_queries
):
    first, second, gone = gallery_of_three
    with django_assert_max_num_queries(34):
        index.index_community(second.pk)
    with django_assert_max_num_queries(34):
        index.index_communities([first.pk, second.pk, gone.pk])
