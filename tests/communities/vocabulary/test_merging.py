"""Two words that are one: in drafts, versions, search, feeds, and under the old address."""

import pytest
from django.urls import reverse

from communities.models import (
    Community,
    CommunityValue,
    Topic,
    Value,
    Version,
    VocabularyEvent,
)
from communities.queries.vocabulary import alike
from communities.snapshot import Snapshot
from communities.tagging import set_topics
from gallery.index import index_communities, write_sets_anew
from tests import factories
from tests.html import assert_valid


@pytest.fixture
def designs(cast):
    """One holds mastery alone, one both, one neither; the first is a draft as well."""
    made = [
        factories.published(cast.author, cast.staff, "Alone", values=("mastery",)),
        factories.published(cast.author, cast.staff, "Both", values=("care", "mastery")),
        factories.published(cast.author, cast.staff, "Neither", values=("equity",)),
    ]
    draft = factories.community(cast.author, "Draft", values=("mastery",))
    return [*made, draft]


def merge(client, kind: str, slug: str, into: str, **more):
    said = {"into": into, "confirm": "on", **more}
    return client.post(reverse("review_merge", args=[kind, slug]), said)


def snapshot_of(community) -> Snapshot:
    published = Community.objects.select_related("published_version").get(pk=community.pk)
    return Snapshot.from_json(published.published_version.snapshot)


def test_the_preview_says_what_would_change_and_changes_nothing(sign_in, cast, designs):
    client = sign_in(cast.staff)
    answer = client.get(reverse("review_merge", args=["value", "mastery"]), {"into": "care"})
    html = " ".join(answer.content.decode().split())
    assert answer.status_code == 200
    assert_valid(answer.content.decode())
    assert "3 designs and drafts change, 2 of them published; 1 holds both" in html
    assert "4 insights speak of “Care”" in html
    assert all(title in html for title in ("Alone", "Both", "Draft"))
    assert "Neither" not in html
    assert Value.objects.filter(slug="mastery").exists()


def test_without_the_last_click_nothing_is_merged(sign_in, cast, designs):
    answer = merge(sign_in(cast.staff), "value", "mastery", "care", confirm="")
    assert answer.status_code == 200
    assert Value.objects.filter(slug="mastery").exists()


@pytest.mark.parametrize("into", ["", "mastery", "nothing of the kind", "!!!"])
def test_it_takes_another_value_that_there_is(sign_in, cast, designs, into):
    answer = merge(sign_in(cast.staff), "value", "mastery", into)
    assert answer.status_code == 422
    assert_valid(answer.content.decode())
    assert Value.objects.filter(slug="mastery").exists()


def test_drafts_hold_the_other_value_with_the_texts_of_both(sign_in, cast, designs):
    alone, both, _, draft = designs
    before = Community.objects.get(pk=both.pk).values_revision
    merge(sign_in(cast.staff), "value", "mastery", "care")
    held = {
        made.title: [
            (link.tag.slug, link.rank, link.rationale)
            for link in CommunityValue.objects.filter(content_object=made).select_related("tag")
        ]
        for made in (alone, both, draft)
    }
    assert held == {
        "Alone": [("care", 1, "Mastery in Alone")],
        "Both": [("care", 1, "Care in Both\n\nMastery in Both")],
        "Draft": [("care", 1, "Mastery in Draft")],
    }
    assert Community.objects.get(pk=both.pk).values_revision == before + 1


def test_what_is_published_is_found_under_the_other_value_only(sign_in, cast, designs):
    alone, both, *_ = designs
    client = sign_in(cast.staff)
    merge(client, "value", "mastery", "care")
    index_communities([alone.pk, both.pk])
    assert [value.slug for value in snapshot_of(alone).values] == ["care"]
    assert [value.slug for value in snapshot_of(both).values] == ["care"]
    assert snapshot_of(both).values[0].evidence == "Seen: Care\n\nSeen: Mastery"
    assert {note.values for note in snapshot_of(alone).insights} == {("care",)}
    visitor = sign_in(None)
    found = visitor.get("/api/v1/designs/?value=care").json()
    assert {one["title"] for one in found["results"]} == {"Alone", "Both"}
    values = {o["choice"]: o["count"] for o in found["facets"]["value"]["options"]}
    assert "mastery" not in values
    # Whoever saved the old search, or follows it, gets the new one.
    old = visitor.get("/api/v1/designs/?value=mastery").json()
    assert {one["title"] for one in old["results"]} == {"Alone", "Both"}
    assert b"Alone" in visitor.get("/designs/feed.atom?value=mastery").content
    answer = visitor.get(reverse("value", args=["mastery"]))
    assert (answer.status_code, answer.url) == (301, reverse("value", args=["care"]))
    assert write_sets_anew() == 0


def test_old_versions_say_the_other_value_and_keep_their_texts(sign_in, cast, designs):
    both = designs[1]
    merge(sign_in(cast.staff), "value", "mastery", "care")
    texts = [str(version.snapshot) for version in Version.objects.all()]
    assert texts
    assert not any("'mastery'" in text for text in texts)
    assert "Mastery in Both" in str(both.versions.get().snapshot)


def test_a_merge_is_in_the_log_with_the_designs_it_changed(sign_in, cast, designs):
    client = sign_in(cast.staff)
    merge(client, "value", "mastery", "care")
    [event] = VocabularyEvent.objects.all()
    alone, both, _, draft = designs
    assert (event.act, event.slug, event.actor) == ("merged", "mastery", cast.staff)
    assert event.details["into"] == "care"
    assert event.details["designs"] == sorted([alone.pk, both.pk, draft.pk])
    html = client.get(reverse("review_word", args=["value", "mastery"])).content.decode()
    assert_valid(html)
    assert "was merged into Care, in 3 designs" in " ".join(html.split())


def test_topics_merge_and_the_old_name_means_the_other_one(sign_in, cast):
    made = factories.community(cast.author, "Baking")
    set_topics(made, ["Sourdough", "Bread"])
    other = factories.community(cast.author, "Milling")
    set_topics(other, ["Bread"])
    for one in (made, other):
        factories.publish(one, by=cast.author, staff=cast.staff)
    client = sign_in(cast.staff)
    assert merge(client, "topic", "sourdough", "Bread").status_code == 302
    index_communities([made.pk, other.pk])
    assert [topic.name for topic in snapshot_of(made).topics] == ["Bread"]
    found = sign_in(None).get("/api/v1/designs/?topic=sourdough").json()
    assert {one["title"] for one in found["results"]} == {"Baking", "Milling"}
    set_topics(other, ["sourdough"])
    assert [topic.name for topic in other.topics.all()] == ["Bread"]
    assert not Topic.objects.filter(slug="sourdough").exists()


def test_names_that_differ_in_a_letter_are_shown_beside_each_other(db):
    topics = [
        Topic(name="Peer review"),
        Topic(name="Peer reviews"),
        Topic(name="Bread"),
        Topic(name="Breadth"),
        Topic(name="peer-review"),
    ]
    found = {(pair.less.name, pair.more.name) for pair in alike(topics)}
    assert ("Peer reviews", "Peer review") in found
    assert ("peer-review", "Peer review") in found
    assert not any("Bread" in pair for pair in found if "Peer" in str(pair))


@pytest.mark.parametrize(
    ("kind", "slug"), [("value", "no-such"), ("topic", "no-such"), ("x", "care")]
)
def test_what_is_not_there_is_404(sign_in, cast, kind, slug):
    client = sign_in(cast.staff)
    for name in ("review_word", "review_merge"):
        assert client.get(reverse(name, args=[kind, slug])).status_code == 404


def test_nobody_but_staff_merges(sign_in, cast, designs):
    for person in (cast.author, cast.classmate):
        assert merge(sign_in(person), "value", "mastery", "care").status_code == 404
    assert merge(sign_in(None), "value", "mastery", "care").status_code == 302
    assert Value.objects.filter(slug="mastery").exists()


def test_topics_that_help_nobody_are_listed(sign_in, cast):
    """Unused, spelt nearly alike, and so common that they narrow nothing."""
    for number in range(12):
        made = factories.community(cast.author, f"Design {number}")
        set_topics(made, ["bread", *(["mending"] if number < 4 else [])])
    set_topics(made, ["bread", "mendings"])
    Topic.objects.create(name="forgotten", slug="forgotten")
    page = sign_in(cast.staff).get(reverse("review_vocabulary"))
    topics = page.context["page"].topics
    assert [topic.name for topic in topics.unused] == ["forgotten"]
    assert [(pair.less.name, pair.more.name) for pair in topics.alike] == [("mendings", "mending")]
    # More than a quarter of all designs.
    assert [(topic.name, topic.used) for topic in topics.broad] == [("bread", 12), ("mending", 4)]
    body = page.content.decode()
    for heading in ("Used by nobody", "Perhaps the same", "So common that they narrow nothing"):
        assert heading in body
    assert_valid(body)
