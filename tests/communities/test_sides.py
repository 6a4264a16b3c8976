"""Two texts beside each other: whole, marked where they differ, and together in one."""

from hypothesis import given
from hypothesis import strategies as st

from communities.differences.sides import beside

texts = st.text(st.sampled_from("ab é\n😀-"), max_size=60)


def marked(pieces):
    return [piece.text for piece in pieces if piece.change]


def whole(pieces):
    return "".join(piece.text for piece in pieces)


def test_the_words_that_differ_are_marked_on_both_sides():
    sides = beside("We meet on Mondays.\nBring tea.", "We meet on Tuesdays.\nBring tea.", by="Mei")
    assert (marked(sides.yours), marked(sides.theirs)) == (["Mondays"], ["Tuesdays"])
    assert sides.union == ("[Yours] We meet on Mondays.\n[Mei] We meet on Tuesdays.\nBring tea.")


def test_what_only_one_of_them_wrote_is_marked_as_theirs():
    sides = beside("Tea.\n", "Tea.\nCake.", by="Mei")
    assert (marked(sides.yours), marked(sides.theirs)) == ([], ["Cake."])
    assert sides.union == "Tea.\n[Mei] Cake."


@given(texts, texts)
def test_each_side_is_its_text_to_the_letter(yours, theirs):
    sides = beside(yours, theirs, by="Mei")
    assert (whole(sides.yours), whole(sides.theirs)) == (yours, theirs)
    assert bool(marked(sides.yours) or marked(sides.theirs)) == (yours != theirs)


@given(texts)
def test_the_same_text_twice_is_itself(text):
    assert beside(text, text, by="Mei").union == text


def test_very_long_texts_are_compared_in_bounds():
    yours, theirs = "a word\n" * 40_000, "a ward\n" * 40_000
    sides = beside(yours, theirs, by="Mei")
    assert marked(sides.yours) == [yours]
    assert beside("x" * 250_000, "y" * 250_000, by="Mei").yours[0].change == "add"
