import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from communities.forms.text import FORBIDDEN, LineField, TextField, clean_text

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


def test_what_nothing_can_show_is_left_out():
    assert TextField().clean("a\x00b\x0bc\x1fd\x7fe\x85f\ufffeg\U0001ffffh\ud800i") == "abcdefghi"


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
def test_cleaning_is_settled_and_leaves_only_forbidden_characters_out(text):
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert cleaned == FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    cleaned.encode()
