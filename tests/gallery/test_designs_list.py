"""The list of designs as a visitor reads and filters it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities.snapshot import ImplementationNote, PhotoFile, PhotoNote, SectionText, Snapshot
from gallery.results import DesignsPage
from tests import factories
from tests.gallery.hostile import HOSTILE
from tests.gallery.shelf import held, shelve, topics
from tests.html import XHTML, assert_valid, parsed, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(db):
    """Four designs: two camps, a workshop and a book club."""
    cover = PhotoNote(
        key="0" * 32,
        kind="photo",
        files=(PhotoFile(name="photos/00/00/a-640.webp", width=640, height=480),),
        color="#336699",
        alt="From above",
    )
    run = ImplementationNote(outcome="ran", participants_within=12)
    shelve(
        Snapshot(
            title="Lantern Camp",
            kind="camp",
            mode="in-person",
            summary="Nobody arrives alone.",
            values=held("belonging", "play", why="Because of", seen="Saw"),
            topics=topics("Outdoors"),
            photos=(cover,),
            implementations=(run,),
        ),
        Snapshot(
            title="Mending Circle",
            kind="workshop",
            mode="in-person",
            values=held("care", "play", why="For"),
            sections=(SectionText(key="a", title="Agenda", body="A lantern on the table."),),
        ),
        Snapshot(title="Night Kitchen", kind="book-club", mode="online", values=held("belonging")),
        Snapshot(title="Winter Camp", kind="camp", mode="hybrid", values=held("care")),
    )


def page(client, query="") -> str:
    response = client.get(f"/designs/?{query}")
    assert response.status_code == 200
    html = response.content.decode()
    assert_valid(html)
    return html


def titles(html: str) -> list[str]:
    return [
        "".join(heading.itertext())
        for card in parsed(html).iter(f"{XHTML}article")
        for heading in card.iter(f"{XHTML}h3")
    ]


def links(html: str, css_class: str) -> dict[str, str]:
    return {
        " ".join("".join(a.itertext()).split()): a.attrib["href"]
        for a in parsed(html).iter(f"{XHTML}a")
        if css_class in a.attrib.get("class", "").split()
    }


def counts(html: str, name: str) -> dict[str, int]:
    """The number beside each choice of a filter."""
    return {
        label[0].attrib["value"]: int(next(e for e in label if e.get("class") == "count").text)
        for label in parsed(html).iter(f"{XHTML}label")
        if len(label) and label[0].get("name") == name and label[0].get("type") == "checkbox"
    }


def in_use(html: str) -> dict[str, int]:
    return {choice: count for choice, count in counts(html, "value").items() if count}


def test_all_designs_newest_first_with_counts_beside_all_choices(client, shelf):
    html = page(client)
    assert titles(html) == ["Winter Camp", "Night Kitchen", "Mending Circle", "Lantern Camp"]
    assert in_use(html) == {"belonging": 2, "care": 2, "play": 2}
    assert len(counts(html, "value")) == 16
    kinds = counts(html, "kind")
    assert {kind: count for kind, count in kinds.items() if count} == {
        "camp": 2,
        "workshop": 1,
        "book-club": 1,
    }
    assert len(kinds) == 16
    assert counts(html, "mode") == {"in-person": 2, "online": 1, "hybrid": 1}
    assert counts(html, "topic") == {"outdoors": 1}
    assert "<title>4 designs – Gatherings</title>" in html


def test_a_card_answers_with_its_own_reasons_for_the_values_searched_for(client, shelf):
    html = page(client, "value=belonging&value=play&kind=camp&kind=workshop")
    assert titles(html) == ["Mending Circle", "Lantern Camp"]
    assert text_of(html, "why") == [
        "Play For Play",
        "Belonging Because of Belonging",
        "Play Because of Play",
    ]
    assert text_of(html, "seen") == [
        "What we saw. Saw Belonging",
        "What we saw. Saw Play",
    ]
    assert text_of(page(client, "kind=camp"), "why") == []
    assert text_of(page(client, "value=belonging&mode=online"), "why") == [
        "Belonging The team gave no reason."
    ]


def test_any_and_all_with_what_adding_a_value_would_give(client, shelf):
    some = page(client, "value=belonging&value=play")
    assert len(titles(some)) == 3
    assert in_use(some) == {"belonging": 2, "care": 2, "play": 2}
    every = page(client, "value=belonging&value=play&match=all")
    assert titles(every) == ["Lantern Camp"]
    assert in_use(every) == {"belonging": 1, "play": 1}
    assert counts(every, "mode") == {"in-person": 1, "online": 0, "hybrid": 0}


def test_what_is_chosen_reads_as_a_sentence_of_links_that_remove_it(client, shelf):
    html = page(client, "q=lantern&value=play&value=care&mode=in-person")
    words = " ".join(text_of(html, "active-filters")[0].replace(", remove", "").split())
    assert words == (
        "Showing designs that mention “lantern” and hold Care or Play and are In person Clear all"
    )
    assert links(html, "chip") == {
        "“lantern” , remove": "/designs/?value=care&value=play&mode=in-person",
        "Care , remove": "/designs/?q=lantern&value=play&mode=in-person",
        "Play , remove": "/designs/?q=lantern&value=care&mode=in-person",
        "In person , remove": "/designs/?q=lantern&value=care&value=play",
    }
    assert (
        "<title>2 designs that mention “lantern” and hold Care or Play and are In person –" in html
    )
    assert " or " not in text_of(page(client, "value=play&value=care&match=all"), "chips")[0]


def test_the_form_keeps_what_was_asked(client, shelf):
    html = page(client, "q=lantern&value=play&match=all&sort=newest")
    fields = [e.attrib for e in parsed(html).iter() if e.tag in (f"{XHTML}input",)]
    checked = {(f["name"], f["value"]) for f in fields if "checked" in f}
    assert ("value", "play") in checked
    assert ("match", "all") in checked
    assert next(f["value"] for f in fields if f.get("name") == "q") == "lantern"
    options = {
        option.text: ("selected" in option.attrib, option.attrib["value"])
        for option in parsed(html).iter(f"{XHTML}option")
    }
    assert options == {
        "Relevance": (False, ""),
        "Newest": (True, "newest"),
        "People reached": (False, "participants"),
        "Most built on": (False, "built-on"),
    }
    assert all(f.get("form") == "search" for f in fields if f["name"] in ("value", "match"))


def test_a_passage_shows_where_the_words_stand(client, shelf):
    html = page(client, "q=lantern")
    assert titles(html) == ["Lantern Camp", "Mending Circle"]
    assert text_of(html, "matched") == ["Agenda: A lantern on the table."]
    assert "A <mark>lantern</mark> on the table." in html


def test_markup_in_what_was_typed_and_written_stays_text(client, db):
    evil = "<script>alert(1)</script>"
    shelve(Snapshot(title=f"{evil} tent", description=f"tent pole {evil}", values=held("play")))
    html = page(client, f"q=pole+{evil}&value={evil}&{evil}=1")
    assert "<script>alert" not in html
    assert titles(html) == [f"{evil} tent"]


def test_nothing_found_names_what_to_leave_out_and_what_that_finds(client, shelf):
    html = page(client, "q=kitchen&value=belonging&kind=camp")
    assert text_of(html, "results-bar")[0].startswith("No designs match")
    blank = text_of(html, "blank")[0]
    assert blank.startswith(
        "This room is still empty There are no designs that mention “kitchen” and hold Belonging"
        " and are Camp."
    )
    assert "Without Camp: 1 design" in blank
    assert "Without “kitchen”: 1 design" in blank
    assert "Without Belonging" not in blank
    assert "See all 4 designs" in blank
    assert 'href="/designs/?q=kitchen&amp;value=belonging"' in html


def test_where_no_single_choice_is_to_blame_words_or_filters_go(client, shelf):
    html = page(client, "q=kitchen&kind=camp&mode=in-person&value=care")
    blank = text_of(html, "blank")[0]
    assert "Without" not in blank
    assert "Keep the words and clear the filters: 1 design" in blank
    assert "Keep the filters and clear the words" not in blank


def test_an_empty_gallery_invites(client, db):
    html = page(client)
    assert "No design has been published yet." in text_of(html, "blank")[0]


def test_what_could_not_be_understood_is_said(client, shelf):
    html = page(client, "colour=red&kind=castle&value=play")
    assert text_of(html, "notice") == [
        "We don’t know the kind “castle”.",
        "There is no filter called “colour”.",
    ]
    assert titles(html) == ["Mending Circle", "Lantern Camp"]


@pytest.mark.parametrize(
    ("query", "choice"),
    [
        ("kind=makerspace", "kind=workshop"),
        ("kind=Maker+Space", "kind=workshop"),
        ("kind=reading+circle", "kind=book-club"),
        ("value=Fairness", "value=equity"),
        ("value=PLAY", "value=play"),
        ("topic=Outdoors", "topic=outdoors"),
        ("topic=+OUT-doors+&topic=", "topic=outdoors"),
        ("mode=In+Person", "mode=in-person"),
    ],
)
def test_choices_are_understood_by_any_name(client, shelf, query, choice):
    html = page(client, query)
    assert f'rel="canonical" href="http://testserver/designs/?{choice}"' in html
    assert text_of(html, "notice") == []


def test_an_unknown_topic_names_the_nearest(client, shelf):
    html = page(client, "topic=outdors&value=zzzzzz")
    assert text_of(html, "notice") == [
        "We don’t know the value “zzzzzz”.",
        "We don’t know the topic “outdors”. Did you mean “Outdoors”?",
    ]


def test_the_topics_that_find_most_here_are_shown_and_the_others_are_found_by_name(client, db):
    common = [Snapshot(title=f"C{n}", topics=topics(f"Common{n}")) for n in range(22)]
    twice = [Snapshot(title=f"D{n}", topics=topics(f"Common{n}")) for n in range(22)]
    rare = Snapshot(title="E", kind="camp", topics=topics("Rare"))
    shelve(*common, *twice, rare)
    every = counts(page(client), "topic")
    assert len(every) == 20
    assert "rare" not in every
    assert counts(page(client, "kind=camp"), "topic") == {"rare": 1}
    assert counts(page(client, "topic=rare"), "topic")["rare"] == 1
    fields = [e.attrib for e in parsed(page(client)).iter() if e.get("id") == "find-topic"]
    assert [(field["name"], field["form"]) for field in fields] == [("topic", "search")]


def test_what_each_value_and_kind_means_stands_beside_the_filter(client, shelf):
    html = page(client)
    meanings = text_of(html, "meanings")
    assert len(meanings) == 2
    assert "Equity" in meanings[0]
    assert "fairness" in meanings[0]
    assert "Unconference Days of meetings" in meanings[1].replace("\n", " ") or (
        "UnconferenceDays of meetings" in meanings[1]
    )


def test_a_cover_is_drawn_from_its_files_or_from_the_first_value(client, shelf):
    covers = [
        (e.get("data-value"), [i.get("src") for i in e.iter(f"{XHTML}img")])
        for e in parsed(page(client)).iter()
        if "cover" in (e.get("class") or "").split()
    ]
    assert covers == [
        ("care", []),
        ("belonging", []),
        ("care", []),
        (None, [f"/pictures/{'0' * 32}/a-640.webp"]),
    ]


def test_pages_of_results(client, db):
    total = DesignsPage.size * 2 + 3
    shelve(*(Snapshot(title=f"Design {n}", values=held("play")) for n in range(1, total + 1)))
    first, last = page(client, "value=play"), page(client, "value=play&page=3")
    assert len(titles(first)) == DesignsPage.size
    assert titles(last) == ["Design 3", "Design 2", "Design 1"]
    assert links(first, "next") == {"Next 12": "/designs/?value=play&page=2"}
    assert links(page(client, "value=play&page=2"), "next") == {
        "Next three": "/designs/?value=play&page=3"
    }
    assert links(last, "next") == {}
    assert titles(page(client, "value=play&page=1000000000")) == titles(last)
    assert f"<title>{total} designs that hold Play, page 3 –" in last
    assert '<link rel="canonical" href="http://testserver/designs/?value=play&amp;page=3">' in last


def test_what_is_unpublished_leaves_results_counts_and_words(client, cast):
    kept = factories.published(cast.author, cast.staff, title="Kept")
    gone = factories.published(cast.author, cast.staff, title="Secret garden")
    assert titles(page(client, "value=care")) == ["Secret garden", "Kept"]
    factories.unpublish(gone, by=cast.staff)
    html = page(client)
    assert titles(html) == [kept.title]
    assert in_use(html) == {"care": 1, "mastery": 1}
    assert "Secret garden" not in page(client, "q=secret+garden")
    assert "Secret garden" not in client.get("/").content.decode()


def test_drafts_are_not_found(client, cast):
    factories.community(cast.author, "Unfinished")
    factories.submitted(cast.author, "Waiting")
    html = page(client)
    assert titles(html) == []
    assert in_use(html) == {}


@pytest.mark.parametrize("how_many", [1, 3])
def test_queries_do_not_grow(client, how_many, django_assert_num_queries):
    shelve(*(Snapshot(title=f"Tent {n}", values=held("play")) for n in range(how_many)))
    client.get("/designs/")
    # The generation, for the tag of the page and for its catalogue, and which cards were drawn.
    with django_assert_num_queries(2):
        client.get("/designs/?value=play")
    # One more for each depth of the text at which the page is not full, and for the passages.
    with django_assert_num_queries(6):
        client.get("/designs/?q=tent&value=play")
    with django_assert_num_queries(1):
        client.get("/designs/?value=care")


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_are_answered(client, shelf, query):
    page(client, query)


names = st.sampled_from(["q", "value", "kind", "match", "sort", "page", "topic", "year", "x"])
words = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["play", "camp", "all", "newest", '"', "-", "2", "NEAR(", "*", "\x00"]),
)


@given(st.lists(st.tuples(names, words), max_size=8))
@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_parameters_are_answered(client, shelf, pairs):
    data = {}
    for name, word in pairs:
        data.setdefault(name, []).append(word.encode("utf-8", "replace").decode())
    assert client.get("/designs/", data).status_code == 200


def test_only_reading(client, db):
    assert client.post("/designs/").status_code == 405
    assert client.head("/designs/").status_code == 200
