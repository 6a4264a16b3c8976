"""What a search that finds nothing offers instead: other words, or one choice less."""

import pytest
from django.http import QueryDict

from communities.snapshot import InsightNote, Snapshot
from gallery.catalogue import current_catalogue
from gallery.results import DesignsPage
from gallery.spelling import WordList, corrections
from tests import factories
from tests.gallery.shelf import held, shelve, topics

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(db):
    shelve(
        Snapshot(
            title="Lantern Camp",
            kind="camp",
            values=held("belonging", "play"),
            topics=topics("Outdoors"),
            summary="Nobody arrives alone.",
        ),
        Snapshot(
            title="Mending Circle",
            kind="workshop",
            values=held("care", "play"),
            description="A lantern stands on the long table.",
            insights=(InsightNote(type="worked", headline="Kettles teach patience"),),
        ),
        Snapshot(title="Night Kitchen", kind="book-club", values=held("belonging", "care")),
    )


def page(**asked) -> DesignsPage:
    query = QueryDict(mutable=True)
    for name, value in asked.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return DesignsPage.of(query)


def meant(**asked) -> tuple[str, int] | None:
    way = page(**asked).ways_out.did_you_mean
    return (way.state.q, way.total) if way else None


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("lantren", ("lantern", 2)),
        ("Lanternn", ("lantern", 2)),
        ("belnoging", ("belonging", 2)),
        ("fairnes -kettle", None),
        ("outdors", ("outdoors", 1)),
        ("kitchne", ("kitchen", 1)),
        ("ketles", ("kettles", 1)),
        ("lantrem mending", ("lantern mending", 1)),
        ("lantren mendimg", ("lantern mending", 1)),
        ('"mendimg circle"', ('"mending circle"', 1)),
        ("“mendimg circle”", ('"mending circle"', 1)),
        ("lantrem -mending", ("lantern -mending", 1)),
        ("lantren -mendimg", ("lantern -mendimg", 2)),
        ("zzzzzz", None),
        ("lantren zzzzzz", None),
        ("lantern kitchen", None),
        ("xq", None),
    ],
)
def test_unknown_words_are_corrected_where_that_finds_something(shelf, typed, corrected):
    assert meant(q=typed) == corrected


def test_the_other_choices_stay(shelf):
    assert meant(q="lantrem", kind="camp") == ("lantern", 1)
    assert meant(q="lantrem", kind="book-club") is None
    way = page(q="lantrem", kind="camp").ways_out.did_you_mean
    assert way.state.url == "/designs/?q=lantern&kind=camp"


def test_the_page_offers_it_as_a_link(client, shelf):
    html = client.get("/designs/?q=lantrem&kind=camp").content.decode()
    assert (
        'Did you mean <a href="/designs/?q=lantern&amp;kind=camp">lantern</a>?'
        " That finds 1 design." in html
    )
    assert "Did you mean" not in client.get("/designs/?q=lantern&kind=book-club").content.decode()


def test_a_word_of_something_unpublished_is_offered_no_more(cast):
    gone = factories.published(cast.author, cast.staff, title="Zeppelins")
    assert meant(q="zepelins") == ("zeppelins", 1)
    factories.unpublish(gone, by=cast.staff)
    assert meant(q="zepelins") is None


def test_the_nearest_word_comes_first():
    known = WordList(["planet planet plant plane plan", "café"])
    assert known.nearest("plent") == ["plant"]
    assert known.nearest("plannet") == ["planet", "plant", "plane"]
    assert known.nearest("cafr") == ["café"]
    assert known.nearest("planet") == ["plant", "plane", "plan"]
    assert known.nearest("pl") == []
    assert known.nearest("x" * 5000) == []


def test_only_the_words_that_are_wanted_are_replaced():
    known = WordList(["lantern"])
    assert corrections('-lantrn "lantrn lamp" lantrn-lamp', ["lantrn"], known) == [
        '-lantrn "lantern lamp" lantern-lamp'
    ]
    assert corrections("a b c d e", list("abcde"), known) == []


def ways(**asked) -> list[tuple[str, int]]:
    out = page(**asked).ways_out
    return [(way.label, way.total) for way in out.broader or out.broadest]


def test_each_choice_by_itself(shelf):
    assert ways(value=["belonging", "play", "care"], match="all") == [
        ("Any of the values instead of all", 3),
        ("Without Belonging", 1),
        ("Without Care", 1),
        ("Without Play", 1),
    ]
    assert ways(q="kitchen", value="belonging", kind="camp") == [
        ("Without “kitchen”", 1),
        ("Without Camp", 1),
    ]


def test_of_several_in_one_filter_all_go_together(shelf):
    assert ways(value="play", kind=["book-club", "library"]) == [
        ("Without Book club or Library", 2),
        ("Without Play", 1),
    ]


def test_each_word_by_itself(shelf):
    assert ways(q="lantern kitchen") == [
        ("Without the word “kitchen”", 2),
        ("Without the word “lantern”", 1),
    ]
    assert ways(q='"long table" lantern kitchen') == [("Without the word “kitchen”", 1)]
    assert ways(q="mending -lantern") == [
        ("Without the word “mending”", 1),
        ("Not leaving out “lantern”", 1),
    ]
    assert ways(q="lantern kitchen", kind="camp") == [
        ("Without “lantern kitchen”", 1),
        ("Without the word “kitchen”", 1),
    ]


def test_each_way_finds_what_it_says(shelf):
    for asked in (
        {"q": "lantern kitchen"},
        {"q": "lantern kitchen", "kind": "camp"},
        {"value": ["belonging", "play", "care"], "match": "all"},
        {"q": "nigh -kitchen table"},
        {"q": "kitchen", "kind": "camp", "value": "play"},
        {"q": "lantrem mendimg"},
    ):
        out = page(**asked).ways_out
        offered = [*out.broader, *out.broadest, *filter(None, [out.did_you_mean])]
        assert offered
        for way in offered:
            search = DesignsPage(way.state, [], current_catalogue()).search
            assert search.total == way.total


def test_the_queries_are_bounded(client, shelf, django_assert_max_num_queries):
    client.get("/designs/")
    query = "+".join(f"lantrem{n}" for n in range(4))
    filters = "&".join(f"value={v}" for v in ("care", "play", "belonging", "equity"))
    with django_assert_max_num_queries(11):
        client.get(f"/designs/?q=lantrem+mendimg+{query}&{filters}&match=all&kind=camp")


def test_lessons_are_corrected_too(client, shelf):
    html = client.get("/insights/?q=kettels&value=care").content.decode()
    assert "Did you mean" not in html
    html = client.get("/insights/?q=kettels+pateince&type=worked").content.decode()
    assert (
        'Did you mean <a href="/insights/?q=kettles+patience&amp;type=worked">kettles patience</a>?'
        " That finds 1 insight." in html
    )
