"""What changed between two snapshots, exactly, and in bounded time."""

import json
import random
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest

from communities.differences import (
    Block,
    Budget,
    FactChange,
    Fold,
    Piece,
    ValueChange,
    change_of_words,
    compare,
    compare_texts,
)
from communities.differences.sequences import same_stretches, shortest_edit
from communities.snapshot import (
    HeldValue,
    ImplementationNote,
    InsightNote,
    Person,
    PhotoFile,
    PhotoNote,
    Purpose,
    ReflectionText,
    SectionText,
    SessionNote,
    Snapshot,
)

PLAY = HeldValue(slug="play", name="Play", mark="play", rationale="We play.")
CARE = HeldValue(slug="care", name="Care", mark="care", rationale="We care.")
TRUST = HeldValue(slug="trust", name="Trust", mark="trust", rationale="We trust.")


def section(body, key="structure", title="Structure", **columns):
    return SectionText(key=key, title=title, body=body, **columns)


def picture(key, **words):
    words = {"alt": "A table", "consent": "no-people", "kind": "photo", **words}
    file = PhotoFile(name=f"photos/{key}/1.webp", width=640, height=480)
    return PhotoNote(key=key, files=(file,), color="#ffffff", **words)


def texts(before, after, **options):
    return compare_texts("Structure", before, after, Budget(**options))


def test_the_same_design_has_no_differences():
    design = Snapshot(title="Bench Swap", values=(PLAY,), sections=(section("A yard."),))
    found = compare(design, design)
    assert not found
    assert (found.count, found.unchanged_sections) == (0, 1)


def test_words_within_an_edited_paragraph():
    found = texts(
        "The gate opens at half past three.\n\nFour benches stand in the yard.",
        "The gate opens at twenty past three.\n\nFour benches stand in the yard.",
    )
    assert found.change == "edit"
    assert found.unchanged == 1
    assert found.blocks == (
        Block(
            "edit",
            (
                Piece("", "The gate opens at "),
                Piece("cut", "half"),
                Piece("add", "twenty"),
                Piece("", " past three."),
            ),
        ),
    )


def test_a_rewritten_phrase_stays_in_one_piece():
    found = texts(
        "There are four old benches in the yard, each with a bicycle on it.",
        "There are six new benches in the yard, each with a bicycle on it.",
    )
    assert found.blocks[0].pieces[1:3] == (Piece("cut", "four old"), Piece("add", "six new"))


def test_paragraphs_that_come_and_go():
    found = texts(
        "One stays.\n\nChildren fill in a card about the fault.\n\nTwo stays.",
        "One stays.\n\nTwo stays.\n\nEverybody moves a bench to the left.",
    )
    assert [(block.change, block.pieces[0].text) for block in found.blocks] == [
        ("cut", "Children fill in a card about the fault."),
        ("add", "Everybody moves a bench to the left."),
    ]
    assert found.unchanged == 2


def test_the_items_of_a_list_are_compared_one_by_one():
    found = texts("- bread\n- salt\n- tea", "- bread\n- tea")
    assert [(block.change, block.pieces[0].text) for block in found.blocks] == [("cut", "- salt")]


def test_the_size_of_a_change_in_words():
    before = everything()
    assert change_of_words({}, Snapshot(title="Two words").to_json()) == (2, 0)
    grown = replace(before, description="Three new words", title="B")
    assert change_of_words(before.to_json(), grown.to_json()) == (4, 1)
    moved = replace(before, summary="A yard", description="")
    again = replace(before, summary="", description="A yard")
    assert change_of_words(moved.to_json(), again.to_json()) == (0, 0)
    as_stored = json.loads(json.dumps(before.to_json()))
    assert change_of_words(as_stored, before.to_json()) == (0, 0)


def test_line_ends_and_blank_lines_are_no_change():
    assert texts("One.\n\nTwo.", "One.\r\n\r\n\r\nTwo.\n") is None


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [("", "New.", "add"), ("Old.", "", "cut"), ("Old.", "New.", "edit")],
)
def test_a_text_that_is_new_or_gone(before, after, change):
    assert texts(before, after).change == change


def test_the_two_sides_can_be_put_together_again():
    rng = random.Random(4)
    words = ["the", "a", "bench", "yard", "gate", "bell", "relay", "turns"]

    def essay():
        return "\n\n".join(
            " ".join(rng.choices(words, k=rng.randint(1, 12))) for _ in range(rng.randint(1, 9))
        )

    for _ in range(200):
        before, after = essay(), essay()
        found = compare_texts("x", before, after, Budget())
        if found is None:
            assert before == after
            continue
        old = [b for b in before.split("\n\n") if b]
        new = [b for b in after.split("\n\n") if b]
        for block in found.blocks:
            cut = "".join(p.text for p in block.pieces if p.change != "add")
            added = "".join(p.text for p in block.pieces if p.change != "cut")
            if block.change != "add":
                old.remove(cut)
            if block.change != "cut":
                new.remove(added)
        assert old == new
        assert len(old) == found.unchanged


def test_values_added_removed_and_put_in_another_order():
    before = Snapshot(title="A", values=(PLAY, CARE))
    after = Snapshot(title="A", values=(TRUST, PLAY))
    found = compare(before, after)
    assert found.values == (
        ValueChange("Trust", "trust", "add", None, 1),
        ValueChange("Play", "play", "", 1, 2),
        ValueChange("Care", "care", "cut", 2, None),
    )
    assert not found.are_values_reordered
    assert [(change.title, change.change) for change in found.texts] == [
        ("Trust: how it shapes the design", "add"),
        ("Care: how it shapes the design", "cut"),
    ]
    turned = compare(before, Snapshot(title="A", values=(CARE, PLAY)))
    assert turned.are_values_reordered
    assert [value.name for value in turned.values] == ["Care", "Play"]


def test_reasons():
    after = Snapshot(
        title="A", values=(replace(PLAY, rationale="We play on.", evidence="A ball."),)
    )
    found = compare(Snapshot(title="A", values=(PLAY,)), after)
    assert found.values == ()
    assert [(change.title, change.change) for change in found.texts] == [
        ("Play: how it shapes the design", "edit"),
        ("Play: what we saw", "add"),
    ]


def test_sections_by_their_key_and_both_columns():
    before = Snapshot(
        title="A", sections=(section("Same.", "a", "Plan"), section("Old.", "b", "Was"))
    )
    after = Snapshot(
        title="A",
        sections=(section("Same.", "a", "Plan", is_not_text="A school"), section("N.", "c")),
    )
    found = compare(before, after)
    assert [(t.title, t.change) for t in found.texts] == [
        ("Plan", "edit"),
        ("Was", "cut"),
        ("Structure", "add"),
    ]
    plan = found.texts[0]
    assert [b.pieces[0].text for b in plan.blocks] == ["What it is not:", "A school"]
    assert found.unchanged_sections == 0


def test_short_fields_with_their_words():
    before = Snapshot(title="A", kind="workshop", licence="cc-by-4.0")
    after = Snapshot(title="B", kind="library", mode="from-another-time", licence="cc-by-4.0")
    assert compare(before, after).facts == (
        FactChange("Title", "A", "B"),
        FactChange("Kind", "Workshop or makerspace", "Library"),
        FactChange("Mode", "", "from-another-time"),
    )


def test_what_happened_reflections_insights_and_purpose():
    run = ImplementationNote(
        outcome="ran", place="Yard", starts_on=date(2025, 3, 3), participants_within=4
    )
    said = ReflectionText(stage="after", author="Mei", surprised="The cards went first.")
    before = Snapshot(title="A", implementations=(run,))
    after = Snapshot(
        title="A",
        implementations=(replace(run, participants_beyond=9, reflections=(said,)),),
        insights=(InsightNote(type="worked", headline="Teach it tomorrow.", basis="counted"),),
        purpose=Purpose(who="neighbours", what="mend", so_that="nobody fears"),
    )
    found = {change.title: change for change in compare(before, after).texts}
    assert set(found) == {"Big purpose", "What happened", "Reflections", "Insights"}
    added = [p.text for b in found["What happened"].blocks for p in b.pieces if p.change == "add"]
    assert added == [", 9 from beyond it"]
    assert "The cards went first." in [b.pieces[0].text for b in found["Reflections"].blocks]


def test_pictures_added_removed_and_described_anew():
    before = Snapshot(title="A", photos=(picture("a"), picture("b")))
    after = Snapshot(title="A", photos=(picture("a", alt="A long table"), picture("c")))
    found = [(p.photo.key, p.change, p.words) for p in compare(before, after).pictures]
    assert found == [
        ("a", "edit", (FactChange("Description", "A table", "A long table"),)),
        ("c", "add", ()),
        ("b", "cut", ()),
    ]


def test_a_very_long_text_is_compared_in_part_and_says_so():
    before = "\n\n".join(f"Paragraph {n} of the old text." for n in range(2000))
    after = "\n\n".join(f"Section {n} in quite another one." for n in range(2000))
    found = texts(before, after, blocks=1200)
    assert found.is_cut_short
    assert len(found.blocks) == 1200
    few = texts(before, after, characters=300)
    assert few.is_cut_short
    shown = sum(len(piece.text) for block in few.blocks for piece in block.pieces)
    assert shown == 300
    assert not texts("Short.", "Shorter.").is_cut_short


def test_an_edit_in_a_very_long_text_is_found_wherever_it_stands():
    paragraphs = [f"Paragraph {n} of the text." for n in range(5000)]
    edited = [*paragraphs]
    edited[4321] = "Paragraph 4321 of the book."
    found = texts("\n\n".join(paragraphs), "\n\n".join(edited))
    assert not found.is_cut_short
    assert found.unchanged == 4999
    assert found.blocks[0].pieces[1:3] == (Piece("cut", "text"), Piece("add", "book"))


def test_without_budget_paragraphs_are_shown_whole():
    found = texts("One two three four.", "One two three five.", steps=4)
    assert [(b.change, b.pieces[0].text) for b in found.blocks] == [
        ("cut", "One two three four."),
        ("add", "One two three five."),
    ]


def test_unchanged_paragraphs_are_folded_where_they_stand():
    found = texts("One.\n\nTwo.\n\nThree.\n\nFour.", "One.\n\nTwo.\n\nFive!\n\nFour.")
    assert [(part.change, getattr(part, "texts", None)) for part in found.parts] == [
        ("same", ("One.", "Two.")),
        ("cut", None),
        ("add", None),
        ("same", ("Four.",)),
    ]
    many = texts("\n\n".join(["Old.", *map(str, range(90))]), "\n\n".join(map(str, range(90))))
    assert many.parts[-1] == Fold(90, tuple(map(str, range(40))))


STORY = "Children go round in pairs and draw what is wrong with the bicycle."
RETOLD = "Children go round in threes and draw what is wrong with the bicycle."


def test_a_paragraph_that_moved_is_said_to_be_moved_and_shows_its_new_words():
    found = texts(
        f"{STORY}\n\nThe bell.\n\nThe gate opens.\n\nThe stones.",
        f"The bell.\n\nThe gate opens.\n\nThe stones.\n\n{RETOLD}",
    )
    assert [(part.change, getattr(part, "moved", "")) for part in found.parts] == [
        ("cut", ""),
        ("same", ""),
        ("add", ""),
    ]
    before = Snapshot(
        title="A",
        sections=(section(f"{STORY}\n\nThe bell.\n\nThe gate."), section("Time.", "b", "Calendar")),
    )
    after = Snapshot(
        title="A",
        sections=(
            section("The bell.\n\nThe gate."),
            section(f"Time.\n\n{RETOLD}", "b", "Calendar"),
        ),
    )
    structure, calendar = compare(before, after).texts
    went, came = structure.blocks[0], calendar.blocks[0]
    assert went == Block("went", (Piece("cut", STORY),), "Moved to “Calendar”")
    assert (came.change, came.moved) == ("came", "Moved here from “Structure”")
    assert came.pieces[1:3] == (Piece("cut", "pairs"), Piece("add", "threes"))


def test_a_paragraph_moved_within_its_text():
    rest = [f"Paragraph {number} says what it says." for number in range(4)]
    before = Snapshot(title="A", description="\n\n".join([STORY, *rest]))
    after = Snapshot(title="A", description="\n\n".join([*rest, STORY]))
    blocks = compare(before, after).texts[0].blocks
    assert blocks == (
        Block("went", (Piece("cut", STORY),), "Moved further down"),
        Block("came", (Piece("", STORY),), "Moved here from further up"),
    )


def test_the_reasons_of_a_value_no_longer_held_are_shown_as_cut():
    found = compare(Snapshot(title="A", values=(PLAY,)), Snapshot(title="A"))
    assert [(change.title, change.change) for change in found.texts] == [
        ("Play: how it shapes the design", "cut")
    ]


def test_pictures_in_another_order():
    before = Snapshot(title="A", photos=(picture("a"), picture("b")), cover_key="a")
    found = compare(before, replace(before, photos=before.photos[::-1]))
    assert (found.pictures, found.are_pictures_reordered, found.count) == ((), True, 1)


def everything():
    """One of each part of a snapshot, every field filled."""
    said = {name: f"{name} said." for name in ("worked_well", "did_not_work", "matched")}
    filled = _filled(ReflectionText(stage="after", author="Mei", **said))
    run = replace(
        _filled(ImplementationNote(outcome="ran")),
        sessions=(_filled(SessionNote(date=date(2026, 3, 1), title="First")),),
        reflections=(filled,),
    )
    return Snapshot(
        title="A",
        values=(PLAY, CARE),
        sections=(_filled(section("Text.")),),
        implementations=(run,),
        insights=(InsightNote(type="worked", headline="Teach it.", values=("play",)),),
        photos=(picture("a"), picture("b")),
        team=(Person(name="Mei", role="lead"),),
        purpose=Purpose(who="a", what="b", so_that="c"),
    )


def _filled(note):
    texts_ = {f.name: f"{f.name}." for f in fields(note) if getattr(note, f.name) == ""}
    return replace(note, **texts_)


def _changed_places(note, path=()):
    """(where, the snapshot with that one field changed) for every plain field of every part."""
    for field in fields(note):
        value = getattr(note, field.name)
        here = (*path, field.name)
        if is_dataclass(value):
            for where, changed in _changed_places(value, here):
                yield where, replace(note, **{field.name: changed})
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            for where, changed in _changed_places(value[0], here):
                yield where, replace(note, **{field.name: (changed, *value[1:])})
        elif isinstance(value, str):
            yield here, replace(note, **{field.name: value + " Otherwise"})
        elif (isinstance(value, int) and not isinstance(value, bool)) or value is None:
            other = date(2026, 5, 5) if field.name.endswith("_on") else (value or 0) + 7
            yield here, replace(note, **{field.name: other})


# Machinery of a picture or a name, nothing that anybody reads.
# Of `structure` see tests/communities/structure/test_where_it_shows.py.
NOT_READ = {
    "structure",
    "schema",
    "key",
    "slug",
    "mark",
    "color",
    "files",
    "cohort",
    "built_on",
    "cover_key",
}


def test_every_field_that_a_page_shows_is_compared():
    before = everything()
    places = [
        (where, after) for where, after in _changed_places(before) if not NOT_READ & set(where)
    ]
    assert len(places) > 40
    missed = [".".join(where) for where, after in places if not compare(before, after)]
    assert missed == ["values.name", "sections.title"]


@pytest.mark.parametrize(
    "alphabet",
    [["a", "b"], ["a"], [f"w{n}" for n in range(90)], ["\x00", "\u202e", "𝕬", "<b>"]],
    ids=["binary", "one", "many", "odd"],
)
@pytest.mark.parametrize("joint", [" ", "\n\n"], ids=["words", "paragraphs"])
def test_the_work_on_hostile_texts_is_bounded(alphabet, joint, monkeypatch):
    """Counted where it is done: the walk of words, and the paragraphs that are looked at."""
    walks, budget = [], Budget(characters=200_000, blocks=900, steps=50_000)

    def walk(old, new, steps):
        found = shortest_edit(old, new, steps)
        walks.append(found[1])
        return found

    monkeypatch.setattr("communities.differences.text.shortest_edit", walk)
    rng = random.Random(7)
    before, after = (
        Snapshot(
            title="A",
            sections=tuple(
                section(joint.join(rng.choices(alphabet, k=9_000)), f"k{n}") for n in range(9)
            ),
        )
        for _ in range(2)
    )
    found = compare(before, after, budget=budget)
    # The walk that uses the budget up is stopped at the end of its round, within its length.
    assert sum(walks) <= 50_000 + 2 * 20_000
    blocks = [block for change in found.texts for block in change.blocks]
    assert len(blocks) <= 2 * 900
    assert sum(len(p.text) for block in blocks for p in block.pieces) <= 200_000
    if len(alphabet) > 1:
        assert found.is_cut_short


@pytest.mark.parametrize("size", [1, 2, 5, 40])
def test_the_walk_finds_the_fewest_changes(size):
    rng = random.Random(size)
    for _ in range(150):
        old, new = (rng.choices([str(n) for n in range(size)], k=rng.randrange(20)) for _ in "ab")
        stretches, _ = shortest_edit(old, new, 10**6)
        same = [old[i : i + n] for i, _, n in stretches]
        assert same == [new[j : j + n] for _, j, n in stretches]
        assert sum(map(len, same)) == _longest_common(old, new)
        kept = same_stretches(old, new)
        assert [old[i : i + n] for i, _, n in kept] == [new[j : j + n] for _, j, n in kept]
        assert [i for i, _, _ in kept] == sorted(i for i, _, _ in kept)


def _longest_common(old, new) -> int:
    row = [0] * (len(new) + 1)
    for one in old:
        above = row[:]
        for j, other in enumerate(new):
            row[j + 1] = above[j] + 1 if one == other else max(above[j + 1], row[j])
    return row[-1]
