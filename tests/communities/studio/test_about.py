from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Cohort
from accounts.services import enrol
from communities.models import Community
from communities.services.editing import save_revised
from communities.tagging import set_topics
from tests import factories
from tests.html import assert_valid, text_of

FILLED = {
    "title": "Bench Swap",
    "kind": "afterschool",
    "mode": "hybrid",
    "audience": "children",
    "audience_note": "Ten and over",
    "summary": "Bicycles teach patience.",
    "purpose_who": "children of the yard",
    "purpose_what": "mend in pairs",
    "purpose_so_that": "each has taught one other",
    "description": "One.\n\nTwo.",
    "topics": "bicycles, Repair; bicycles",
    "licence": "cc-by-sa-4.0",
    "credit": "Thanks to the shop",
}


@pytest.fixture
def url(made):
    return f"/studio/{made.slug}/about/"


@pytest.fixture
def post(sign_in, cast, url, fill):
    """post(person, **changes) sends the form as it was drawn a moment ago."""

    def send(person, **changes):
        client = sign_in(person)
        form = fill(url)
        sent = {**FILLED, "revision": form.revision, "seen": form.seen, **changes}
        return client.post(url, {name: value for name, value in sent.items() if value is not None})

    return send


def test_everything_is_saved_as_typed(post, cast, made):
    assert post(cast.author).status_code == 302
    made.refresh_from_db()
    saved = {name: getattr(made, name) for name in FILLED if name != "topics"}
    assert saved == {name: text for name, text in FILLED.items() if name != "topics"}
    topics = made.community_topics.order_by("pk").values_list("tag__name", flat=True)
    assert sorted(topics) == ["Repair", "bicycles"]
    assert (made.revision, made.updated_by) == (2, cast.author)


def test_nobody_changes_the_source_address(post, cast, made):
    post(cast.author, source_url="https://evil.example", slug="taken", needs_staff="x")
    made.refresh_from_db()
    assert (made.source_url, made.slug, made.needs_staff) == ("", "bench-swap", "")


def test_a_double_click_is_one_save(post, sign_in, cast, made, url, fill):
    client, form = sign_in(cast.author), fill(url)
    data = {**FILLED, "revision": form.revision, "seen": form.seen}
    assert [client.post(url, data).status_code for _ in range(2)] == [302, 302]
    made.refresh_from_db()
    assert made.revision == 2


def test_a_topic_is_spelt_as_by_whoever_named_it_first(post, cast, made):
    other = factories.community(cast.classmate, "Other")
    set_topics(other, ["Peer Review"])
    assert post(cast.author, topics="zines, peer-review, PEER review").status_code == 302
    assert post(cast.author, topics="zines, peer-review, PEER review").status_code == 302
    made.refresh_from_db()
    names = made.community_topics.order_by("tag__slug").values_list("tag__name", flat=True)
    assert list(names) == ["Peer Review", "zines"]
    assert made.revision == 2


def test_no_title_is_refused_and_all_is_kept(post, cast, made):
    answer = post(cast.author, title="", description="A long <i>text</i>\nof two lines")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Title: Give it a name; you can change it later." in text_of(page, "errors")[0]
    assert "A long &lt;i&gt;text&lt;/i&gt;\nof two lines</textarea>" in page
    assert '<option value="cc-by-sa-4.0" selected>' in page
    assert "Bench Swap</a></h1>" in page
    assert_valid(page)
    made.refresh_from_db()
    assert made.revision == 1


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("summary", "x" * 201, "Shorten this to 200 characters; it has 201 now."),
        ("description", "é" * 20_001, "Shorten this to 20,000 characters; it has 20,001 now."),
        ("topics", ", ".join(f"t{n}" for n in range(13)), "Name at most 12 topics"),
        ("builds_on", "/designs/nowhere/", "There is no published design at this address."),
        ("kind", "prison", "Choose one of these."),
        ("cohort", "99999999999999999999999", "not one of the available choices"),
        ("cohort", "\x00", "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_is_refused_with_the_text_kept(post, cast, made, name, value, words):
    answer = post(cast.author, **{name: value})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert name in ("kind", "cohort") or value in answer.content.decode()


def test_a_teammate_was_quicker(post, sign_in, cast, made, url, fill):
    """Both texts are shown; what only they changed is theirs; saving again is a choice."""
    client, form = sign_in(cast.author), fill(url)
    theirs = {"summary": "Theirs & more", "credit": "Only theirs"}
    save_revised(made, by=cast.teammate, revision=1, **theirs)
    mine = {
        "title": "Bench Swap",
        "kind": "workshop",
        "mode": "in-person",
        "audience": "anyone",
        "summary": "Mine <b>here</b>",
        "purpose_who": "neighbours",
        "purpose_what": "mend what they own",
        "purpose_so_that": "they are no longer afraid of it",
        "licence": "cc-by-4.0",
    }
    answer = client.post(url, {**mine, "revision": form.revision, "seen": form.seen})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert text_of(page, "clash") == [
        "In one sentence Yours, not saved Mine <b>here</b> Theirs, saved Theirs & more"
        " Keep mine: In one sentence"
        " Take theirs: In one sentence"
        " Put both in the field: In one sentence"
    ]
    assert "Jun-ho P. saved this at" in page
    assert 'name="summary" value="Mine &lt;b&gt;here&lt;/b&gt;"' in page
    assert 'name="credit" value="Only theirs"' in page
    assert 'name="revision" multiple hidden><option value="2"' in page
    assert_valid(page)
    made.refresh_from_db()
    assert made.summary == "Theirs & more"
    again = {**mine, "credit": "Only theirs", "revision": "2"}
    assert client.post(url, again).status_code == 302
    made.refresh_from_db()
    assert (made.summary, made.credit) == ("Mine <b>here</b>", "Only theirs")


def test_different_fields_are_put_together_and_asked_about(post, sign_in, cast, made, url, fill):
    client, form = sign_in(cast.author), fill(url)
    save_revised(made, by=cast.teammate, revision=1, credit="Theirs")
    made.refresh_from_db()
    drawn = {name: getattr(made, name) for name in FILLED if name != "topics"} | {"credit": ""}
    data = {**drawn, "summary": "Mine", "revision": form.revision, "seen": form.seen}
    answer = client.post(url, data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "You changed different things." in page
    assert text_of(page, "clash") == []
    assert 'name="credit" value="Theirs"' in page
    assert 'name="summary" value="Mine"' in page


@pytest.mark.parametrize("revision", ["", "x", "-1", "0", "7", "9" * 40, "\x00", "2147483647"])
def test_no_revision_ever_overwrites(post, cast, made, revision):
    answer = post(cast.author, revision=revision, summary="Forced")
    assert answer.status_code in (409, 422)
    made.refresh_from_db()
    assert made.summary != "Forced"


@pytest.mark.parametrize("seen", ["", "x", "[]", "1", '{"title": 7}', "x" * 20_000, "\x00"])
def test_a_damaged_memory_of_what_was_seen_does_no_harm(post, cast, made, seen):
    assert post(cast.author, seen=seen).status_code in (302, 422)


def test_building_on_by_address(post, cast, made):
    parent = factories.published(cast.classmate, cast.staff)
    address = f"https://testserver/designs/{parent.slug}/document/?x=1#y"
    assert post(cast.author, builds_on=address).status_code == 302
    made.refresh_from_db()
    assert made.parent == parent
    post(cast.author, builds_on="")
    made.refresh_from_db()
    assert made.parent is None


@pytest.mark.parametrize("address", ["bench-swap", "/designs/quiet/", "http://[", "\x00", "///"])
def test_nobody_builds_on_themselves_or_on_a_draft(post, cast, made, address):
    factories.community(cast.classmate, "Quiet")
    post(cast.author, builds_on=address)
    made.refresh_from_db()
    assert made.parent is None


def test_cohorts_offered_are_mine_and_those_running(post, sign_in, cast, made, url):
    today, day = timezone.localdate(), timedelta(days=1)

    def cohort(name, first, last):
        dates = {"starts_on": today + first * day, "ends_on": today + last * day}
        return Cohort.objects.create(name=name, slug=name.lower(), capacity=5, **dates)

    past, mine = cohort("Past", -20, -10), cohort("Mine", -40, -30)
    running, future = cohort("Running", -1, 0), cohort("Future", 1, 9)
    enrol(cast.author, cohort=mine)
    page = sign_in(cast.author).get(url).content.decode()
    offered = [
        name for name in ("Past", "Mine", "Running", "Future") if f">{name}</option>" in page
    ]
    assert offered == ["Mine", "Running"]
    assert post(cast.author, cohort=str(running.pk)).status_code == 302
    made.refresh_from_db()
    assert made.cohort == running
    assert post(cast.author, cohort=str(past.pk)).status_code == 422
    assert post(cast.author, cohort=str(future.pk)).status_code == 422


def test_a_cohort_that_ended_stays_chosen(post, cast, made):
    cohort = Cohort.objects.create(
        name="Past", slug="past", starts_on="2020-01-01", ends_on="2020-02-01", capacity=5
    )
    Community.objects.filter(pk=made.pk).update(cohort=cohort)
    assert post(cast.author, cohort=str(cohort.pk)).status_code == 302
    made.refresh_from_db()
    assert made.cohort == cohort


@pytest.mark.parametrize(
    "text",
    [
        "‮שלום‬",
        "👩‍👩‍👧‍👦",
        "zero\u200bwidth",
        "<script>alert(1)</script>",
        "=1+1",
        "a\n\n\nb ",
        "\n\nlead",
    ],
)
def test_naughty_text_comes_back_byte_for_byte_and_inert(post, sign_in, cast, made, url, text):
    assert post(cast.author, description=text.replace("\n", "\r\n")).status_code == 302
    made.refresh_from_db()
    assert made.description == text
    page = sign_in(cast.author).get(url).content.decode()
    assert "<script>alert" not in page
    assert_valid(page)


def test_editing_leaves_the_public_version_as_it_is(post, cast):
    published = factories.published(cast.author, cast.staff, "Bench Swap Two")
    before = published.published_version.snapshot
    save_revised(published, by=cast.author, revision=published.revision, summary="Later")
    published.refresh_from_db()
    assert published.published_version.snapshot == before
