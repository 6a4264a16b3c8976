"""What changed between two snapshots, exactly, and in bounded time."""

import random
import time
from dataclasses import replace
from datetime import date

import pytest

from communities.differences import (
    Block,
    Budget,
    FactChange,
    Piece,
    ValueChange,
    compare,
    compare_texts,
)
from communities.snapshot import (
    HeldValue,
    ImplementationNote,
    InsightNote,
    PhotoFile,
    PhotoNote,
    Purpose,
    ReflectionText,
    SectionText,
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
        ValueChange("Trust", "trust", "add"),
        ValueChange("Play", "play", ""),
        ValueChange("Care", "care", "cut"),
    )
    assert not found.are_values_reordered
    assert [(change.title, change.change) for change in found.texts] == [
        ("Trust: how it shapes the design", "add")
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
    found = texts(before, after)
    assert found.is_cut_short
    assert len(found.blocks) == 600
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
    found = texts("One two three four.", "One two three five.", words=4)
    assert [(b.change, b.pieces[0].text) for b in found.blocks] == [
        ("cut", "One two three four."),
        ("add", "One two three five."),
    ]


@pytest.mark.parametrize(
    "alphabet",
    [["a", "b"], ["a"], [f"w{n}" for n in range(90)], ["\x00", "‮", "𝕬", "<b>"]],
    ids=["binary", "one", "many", "odd"],
)
@pytest.mark.parametrize("joint", [" ", "\n\n"], ids=["words", "paragraphs"])
def test_hostile_texts_are_compared_in_bounded_time(alphabet, joint):
    rng = random.Random(7)
    designs = [
        Snapshot(
            title="A",
            sections=tuple(
                section(joint.join(rng.choices(alphabet, k=40_000)), f"k{n}") for n in range(13)
            ),
        )
        for _ in range(2)
    ]
    begun = time.process_time()
    compare(*designs)
    assert time.process_time() - begun < 5


def test_many_medium_paragraphs_are_compared_in_bounded_time():
    rng = random.Random(9)

    def essay():
        return "\n\n".join(" ".join(rng.choices("ab", k=390)) for _ in range(60))

    before, after = (
        Snapshot(title="A", description=essay()),
        Snapshot(title="A", description=essay()),
    )
    begun = time.process_time()
    compare(before, after)
    assert time.process_time() - begun < 5
