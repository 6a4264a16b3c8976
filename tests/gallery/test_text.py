"""One contract for the text search of whichever database the suite runs on."""

import pytest

from communities.snapshot import (
    ImplementationNote,
    InsightNote,
    Purpose,
    ReflectionText,
    SectionText,
    Snapshot,
)
from gallery.catalogue import current_catalogue
from gallery.corpora import DESIGNS, INSIGHTS
from gallery.models import Entry, EntryInsight, EntryText
from gallery.search import Search, SearchState
from gallery.text import parse, text_index
from gallery.text.query import Term, TextQuery
from tests.gallery.shelf import held, shelve, topics

pytestmark = pytest.mark.django_db


def found(typed: str) -> list[str]:
    """The titles in the order of relevance; nothing when there is no word to look for."""
    titles = dict(Entry.objects.values_list("number", "title"))
    state = SearchState(q=typed)
    numbers = Search(state, current_catalogue()).numbers(0, 99) if state.words else []
    return [titles[number] for number in numbers]


def passage(typed: str, number: int = 1):
    marked = text_index(DESIGNS.table).marked(parse(typed).terms, [number])
    return marked[0].passage() if marked else None


def shown(typed: str, number: int = 1) -> tuple[str, str]:
    """The part and the passage with [brackets] around what was found."""
    cut = passage(typed, number)
    return cut.part, "".join(f"[{text}]" if hit else text for text, hit in cut.pieces)


@pytest.fixture
def shelf(db):
    shelve(
        Snapshot(
            title="The Mending Circle",
            kind="workshop",
            summary="Nobody should own a thing they are afraid to open.",
            purpose=Purpose(who="neighbours", what="mend kettles", so_that="nothing is wasted"),
            values=held("equity", why="Every hand repairs, says"),
            sections=(SectionText(key="agenda", title="Agenda", body="First a **long** table."),),
        ),
        Snapshot(
            title="Café des Élèves",
            kind="book-club",
            summary="Reading Borges aloud, self-directed and slow.",
            values=held("belonging", "play"),
            topics=topics("Poetry"),
            implementations=(
                ImplementationNote(
                    outcome="ran",
                    place="Straße 5, Kraków",
                    reflections=(ReflectionText(stage="after", surprised="Shy people sang."),),
                ),
            ),
        ),
        Snapshot(
            title="Night Kitchen",
            kind="discussion-group",
            summary="Cook one dish together.",
            description="An onion and/or a leek; see recipes.example.org/soup for 2025.",
            insights=(InsightNote(type="worked", headline="Give the hands something to do"),),
        ),
    )


# What was typed, and the titles of what it finds, whatever their order.
MENDING, CAFE, NIGHT = "The Mending Circle", "Café des Élèves", "Night Kitchen"
CASES = [
    # All words, anywhere in a design.
    ("mending neighbours", {MENDING}),
    ("mending borges", set()),
    ("hands", {MENDING, NIGHT}),
    # Quoted words stand side by side.
    ('"long table"', {MENDING}),
    ("table long", {MENDING}),
    ('"table long"', set()),
    ("“something to do”", {NIGHT}),
    # Without.
    ("hands -mending", {NIGHT}),
    ("-mending", {CAFE, NIGHT}),
    ("-mending -borges", {NIGHT}),
    ('hands -"long table"', {NIGHT}),
    ("hands -kitchen -circle", set()),
    # The last word may be a beginning, the others may not.
    ("bor", {CAFE}),
    ("bor aloud", set()),
    ('"bor"', set()),
    # English words in their other forms.
    ("repair", {MENDING}),
    ("mended kettle", {MENDING}),
    ("cooking", {NIGHT}),
    ("read", {CAFE}),
    # Case and accents.
    ("CAFE", {CAFE}),
    ("eleves", {CAFE}),
    ("ÉLÈVES café", {CAFE}),
    ("krakow", {CAFE}),
    # Other names of values and kinds.
    ("fairness", {MENDING}),
    ('"social justice"', {MENDING}),
    ("makerspace", {MENDING}),
    ("reading group", {CAFE}),
    ("fellowship", {CAFE}),
    # Small words count too.
    ("the", {MENDING, NIGHT}),
    # What stands in addresses, between hyphens and slashes, and figures.
    ("self-directed", {CAFE}),
    ("directed", {CAFE}),
    ("leek", {NIGHT}),
    ("recipes", {NIGHT}),
    ("2025", {NIGHT}),
    # Topics, reflections, places.
    ("poetry", {CAFE}),
    ("shy sang", {CAFE}),
    # Nothing to search for.
    ("", set()),
    ("?!", set()),
    ("-", set()),
]


@pytest.mark.parametrize(("typed", "titles"), CASES, ids=[case[0] for case in CASES])
def test_what_is_found(shelf, typed, titles):
    result = found(typed)
    assert set(result) == titles
    assert len(result) == len(titles)


HOSTILE = [
    '"',
    '"""',
    "'; DROP TABLE gallery_entry; --",
    'title:mending AND NOT (x OR y) NEAR("a" "b", 5)',
    "^mending* + {title} : circle",
    "mending:*A & !circle | <-> (",
    "%s %% {0} \\ $1 $$",
    "\x00\x01\x02\x1e mending\x00",
    "\ud800 lone",
    "‮ right to left",
    "日本語 العربية हिन्दी 🙂",
    "a" * 20_000,
    "a " * 10_000,
    "- " * 500,
    '-"' * 200,
    "1e5 -1e-5 .5 5. 1.2.3",
    "<b>mending</b> &amp; http://x.y/z?a=b#c user@example.org",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_odd_input_is_searched_for_and_never_an_error(shelf, typed):
    search = Search(SearchState(q=typed), current_catalogue())
    assert set(search.numbers(0, 99)) <= {1, 2, 3}
    if terms := parse(typed).terms:
        text_index(DESIGNS.table).marked(terms, [1, 2, 3])


def test_what_is_typed_becomes_terms():
    assert parse('  Big "night kitchen" -play -“own time” self-made be') == TextQuery(
        terms=(
            Term(("Big",)),
            Term(("night", "kitchen")),
            Term(("self", "made")),
            Term(("be",), is_beginning=True),
        ),
        without=(Term(("play",)), Term(("own", "time"))),
    )
    assert parse("a").terms == (Term(("a",)),)
    assert parse("open -done").terms == (Term(("open",)),)
    assert sum(len(term.words) for term in parse("word " * 40).terms) == 16


def test_order_is_by_the_weight_of_the_place(db):
    shelve(
        Snapshot(title="A", sections=(SectionText(key="a", title="Agenda", body="Lantern."),)),
        Snapshot(title="B", insights=(InsightNote(type="worked", headline="Lantern " * 20),)),
        Snapshot(title="C", summary="A lantern in the long grass of a very long summary."),
        Snapshot(title="Lantern D", description="word " * 5000),
        Snapshot(title="E", description="lantern " * 500),
        Snapshot(title="F", purpose=Purpose(who="lantern makers")),
    )
    result = found("lantern")
    assert result[0] == "Lantern D"
    assert set(result[1:3]) == {"C", "F"}
    assert result[3] == "B"
    assert set(result[4:]) == {"A", "E"}


def test_all_words_in_the_title_come_before_words_in_several_places(db):
    shelve(
        Snapshot(title="Lantern Camp"),
        Snapshot(title="Lantern", summary="A camp, a camp, a camp."),
        Snapshot(title="Camp", description="Lantern. " * 50),
    )
    assert found("lantern camp") == ["Lantern Camp", "Lantern", "Camp"]


def test_equals_stand_newest_first(db):
    shelve(*(Snapshot(title=f"Same {letter}", summary="lantern") for letter in "abc"))
    assert found("lantern") == ["Same c", "Same b", "Same a"]
    assert found("-nothing") == ["Same c", "Same b", "Same a"]


def test_quoted_words_stand_in_one_place(db):
    shelve(
        Snapshot(title="A night", summary="Kitchen of all."), Snapshot(title="The night kitchen")
    )
    assert found('"night kitchen"') == ["The night kitchen"]
    assert found("night kitchen") == ["The night kitchen", "A night"]


def test_a_passage_says_where_it_comes_from(shelf):
    assert shown("long table") == ("Agenda", "First a **[long]** [table].")
    assert shown("kettle") == ("Big purpose", "neighbours, mend [kettles], nothing is wasted")
    assert shown("repair") == ("Equity, why", "Every hand [repairs], says Equity")
    assert shown("sang", 2) == ("What surprised us", "Shy people [sang].")
    assert shown("hands something", 3) == ("Insight", "Give the [hands] [something] to do")
    assert shown("krakow", 2) == ("The run", "Straße 5, [Kraków]")
    assert shown("leek", 3)[1] == (
        "An onion and/or a [leek]; see recipes.example.org/soup for 2025."
    )


def test_another_name_of_a_value_explains_itself(shelf):
    part, text = shown("fairness")
    assert part == "Value"
    assert text.startswith("Equity, also called ")
    assert ", [fairness], " in text


def test_what_the_card_shows_anyway_needs_no_passage(shelf):
    assert passage("mending circle") is None
    assert passage("afraid") is None


def test_a_passage_is_cut_from_a_long_text_between_words(db):
    body = "before " * 400 + "the lantern hung over a lantern " + "after " * 400
    shelve(Snapshot(title="Long", description=body))
    part, text = shown("lantern")
    assert part == "Description"
    assert text.startswith("… before ")
    assert text.endswith("after …")
    assert "the [lantern] hung over a [lantern] after" in text
    assert len(text) < 300


def test_markup_in_a_text_stays_text(db):
    shelve(Snapshot(title="X", description="<script>alert(1)</script> &amp; \x02lantern\x03"))
    assert shown("lantern")[1].startswith("<script>alert(1)</script> &amp; ")


def test_a_very_long_design_is_indexed(db):
    words = " ".join(f"w{number:x}" for number in range(300_000))
    shelve(Snapshot(title="Vast", description=words, sections=()), Snapshot(title="Other"))
    assert found("w10 w100") == ["Vast"]
    assert shown("wff")[0] == "Description"


def test_deleting_and_changing_rows_reaches_the_words(shelf):
    def holding(word):
        return list(text_index(DESIGNS.table).holding(parse(word).terms, 4))

    EntryText.objects.filter(entry=1).update(title="Quilting bee")
    assert holding("quilting") == [1]
    assert holding("mending circle") == []
    Entry.objects.filter(number=1).delete()
    assert holding("quilting") == []
    assert holding("hands") == [3]


def test_lessons_have_words_of_their_own(shelf):
    lessons = current_catalogue(INSIGHTS)

    def headlines(typed):
        numbers = Search(SearchState(q=typed, corpus=INSIGHTS), lessons).numbers(0, 9)
        return [EntryInsight.objects.get(pk=number).headline for number in numbers]

    assert headlines("handed something") == ["Give the hands something to do"]
    assert headlines("kitchen") == ["Give the hands something to do"]
    assert headlines("leek") == []
