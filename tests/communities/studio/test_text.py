import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from communities.forms.text import FORBIDDEN, LineField, TextField, marked

NAUGHTY = [
    "‮שלום עולם‬ مرحبا",
    "👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301 ﷽",
    "zero\u200bwidth\u200djoiner\ufeffbom",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "+1 -1 @SUM(1)",
    "  leading and trailing  \n\n",
    "\tTab\tstays",
    "{{ 7*7 }} {% now %}",
    "'; DROP TABLE communities_section; --",
    "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤",
    "\U0001f600" * 50,
]


@pytest.mark.parametrize("text", NAUGHTY)
def test_text_is_kept_byte_for_byte(text):
    assert TextField().clean(text) == text


def test_line_ends_become_one_kind():
    assert TextField().clean("a\r\nb\rc\nd") == "a\nb\nc\nd"


def test_a_line_has_no_breaks_and_no_space_around_it():
    assert LineField(max_length=20).clean("  one\r\ntwo\tthree ") == "one two three"


@pytest.mark.parametrize("field", [TextField(), LineField(max_length=50)])
def test_what_no_page_can_carry_is_counted_named_and_refused(field):
    with pytest.raises(ValidationError) as error:
        field.clean("a\x00b\x00c\x7fd\x85e\ud800")
    assert error.value.messages == [
        "5 invisible characters here cannot be kept (2 × U+0000, shown as ␀; 1 × U+007F, shown as"
        " ␡; 1 × U+0085, shown as \ufffd; 1 × U+D800, shown as \ufffd). Delete the marks or leave"
        " them, and save again."
    ]


def test_one_and_very_many_kinds_are_said_in_a_sentence_too():
    with pytest.raises(ValidationError) as one:
        TextField().clean("a\x0bb")
    with pytest.raises(ValidationError) as many:
        TextField().clean("".join(map(chr, range(9))) * 1_000)
    assert one.value.messages == [
        "One invisible character here cannot be kept (1 × U+000B, shown as ␋). Delete the mark or"
        " leave it, and save again."
    ]
    assert many.value.messages == [
        "9,000 invisible characters here cannot be kept (1,000 × U+0000, shown as ␀; 1,000 ×"
        " U+0001, shown as ␁; 1,000 × U+0002, shown as ␂; 1,000 × U+0003, shown as ␃; 1,000 ×"
        " U+0004, shown as ␄; and 4 more kinds). Delete the marks or leave them, and save again."
    ]


def test_each_such_character_has_a_mark_of_its_own_place():
    assert marked("a\x00b\x0bc\x1fd\x7fe\x85f\ufffeg\U0001ffffh\ud800i") == (
        "a␀b␋c␟d␡e\ufffdf\ufffdg\ufffdh\ufffdi"
    )


def test_too_long_is_refused_with_both_figures():
    with pytest.raises(ValidationError) as error:
        TextField(max_length=1_000).clean("x" * 1_234)
    assert error.value.messages == ["Shorten this to 1,000 characters; it has 1,234 now."]


def test_no_browser_cuts_a_pasted_text_short():
    assert "maxlength" not in LineField(max_length=20).widget.attrs


def test_blank_text_counts_as_none_where_some_is_required():
    with pytest.raises(ValidationError):
        TextField(error_messages={"required": "Write something."}).clean(" \n ")


@given(st.text())
def test_text_is_kept_or_refused_and_once_marked_it_is_kept(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if FORBIDDEN.search(text):
        with pytest.raises(ValidationError):
            TextField(required=False).clean(text)
    else:
        assert TextField(required=False).clean(text) == lines
    assert len(marked(text)) == len(text)
    assert FORBIDDEN.search(marked(text)) is None
    marked(text).encode()
