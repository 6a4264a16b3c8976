"""Structured sections in the editor: rows without script, kept whatever happens."""

import json
import re

import pytest

from communities.models import BusyPeriod, Section, SectionTemplate, Suggestion
from communities.services.document import save_section
from tests.html import assert_valid, text_of

from .test_text import NAUGHTY


@pytest.fixture
def url(made):
    return f"/studio/{made.slug}/document/barriers/"


def kept(made, key="barriers"):
    return Section.objects.get(community=made, template__key=key).structure


def sent(*rows, revision="0", **more):
    """A form with these rows, each (id, need, antidote)."""
    cells = {}
    for row_id, need, antidote in rows:
        cells |= {f"barriers-{row_id}-need": need, f"barriers-{row_id}-antidote": antidote}
    ids = [row_id for row_id, *_ in rows]
    return {"revision": revision, "body": "", "barriers": ids, **cells, **more}


def drawn(page: str) -> list[str]:
    return re.findall(r'type="hidden" name="barriers" value="([0-9a-z]+)"', page)


def written(page: str) -> list[str]:
    pattern = r'<textarea name="barriers-\w+-(?:need|antidote)"[^>]*>\n?([^<]*)</textarea>'
    return [text for text in re.findall(pattern, page) if text]


def test_rows_are_saved_without_the_empty_ones_and_shown_again(sign_in, cast, made, url):
    client = sign_in(cast.author)
    first = drawn(client.get(url).content.decode())
    assert first == [f"{cast.author.pk}x1", f"{cast.author.pk}x2"]
    answer = client.post(url, sent((first[0], "Late shift", "Begin at three"), (first[1], "", "")))
    assert (answer.status_code, answer.url) == (302, url)
    assert kept(made) == {
        "layout": "barriers",
        "barriers": [{"id": first[0], "need": "Late shift", "antidote": "Begin at three"}],
    }
    page = client.get(url).content.decode()
    assert_valid(page)
    assert written(page) == ["Late shift", "Begin at three"]
    assert drawn(page) == [f"{cast.author.pk}x1", f"{cast.author.pk}x2"]
    assert "There is no antidote" not in page


def test_another_row_keeps_everything_and_saves_nothing(sign_in, cast, made, url):
    data = sent(("1x1", "Late shift", ""), row="add barriers")
    answer = sign_in(cast.author).post(url, data)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert drawn(page) == ["1x1", f"{cast.author.pk}x{2 if cast.author.pk == 1 else 1}"]
    assert written(page) == ["Late shift"]
    assert text_of(page, "save-state") == ["Not saved yet"]
    assert not Section.objects.filter(template__key="barriers").exists()
    assert_valid(page)


def test_a_row_is_taken_away_only_by_saving(sign_in, cast, made, url):
    client = sign_in(cast.author)
    client.post(url, sent(("ax1", "One", ""), ("ax2", "Two", "")))
    rows = (("ax1", "One", ""), ("ax2", "Two", ""))
    page = client.post(url, sent(*rows, revision="1", row="drop barriers ax1")).content.decode()
    assert (drawn(page), written(page)) == (["ax2"], ["Two"])
    assert len(kept(made)["barriers"]) == 2
    client.post(url, sent(("ax2", "Two", ""), revision="1"))
    assert [row["need"] for row in kept(made)["barriers"]] == ["Two"]


def test_a_suggestion_goes_into_an_empty_row(sign_in, cast, made, url):
    client = sign_in(cast.author)
    suggestion = Suggestion.objects.filter(template__key="barriers").first()
    assert suggestion.text in client.get(url).content.decode()
    data = sent(("ax1", "Mine", ""), ("ax2", "", ""), take=str(suggestion.pk))
    page = client.post(url, data).content.decode()
    assert drawn(page) == ["ax1", "ax2"]
    assert written(page) == ["Mine", suggestion.text, suggestion.answer]
    assert f'name="take" value="{suggestion.pk}"' not in page, (
        "what stands in a row is not offered again"
    )


@pytest.mark.parametrize("take", ["", "0", "999999", "x", "9" * 40, "²", "-1"])
def test_a_suggestion_nobody_keeps_changes_nothing(sign_in, cast, made, url, take):
    answer = sign_in(cast.author).post(url, sent(("ax1", "Mine", ""), take=take))
    assert answer.status_code == 200
    assert written(answer.content.decode()) == ["Mine"]


@pytest.mark.parametrize("wish", ["add", "add nothing", "drop", "drop barriers", "sum", "x y z"])
def test_unknown_wishes_lose_nothing(sign_in, cast, made, url, wish):
    answer = sign_in(cast.author).post(url, sent(("ax1", "Mine", ""), row=wish))
    assert (answer.status_code, written(answer.content.decode())) == (200, ["Mine"])


@pytest.mark.parametrize("text", [text.strip() for text in NAUGHTY if "\n" not in text.strip()])
def test_any_line_comes_back_and_is_inert(sign_in, cast, made, url, text):
    client = sign_in(cast.author)
    client.post(url, sent(("ax1", text, "")))
    text = " ".join(text.split("\t"))
    assert kept(made)["barriers"][0]["need"] == text[:300]
    page = client.get(url).content.decode()
    assert "<script>alert" not in page
    preview = client.post(url, sent(("ax1", text, ""), revision="1", preview="1"))
    assert "<script>alert" not in preview.content.decode()


def test_too_long_and_too_many_are_bounded(sign_in, cast, made, url):
    client = sign_in(cast.author)
    answer = client.post(url, sent(("ax1", "w" * 301, "kept")))
    assert answer.status_code == 422
    assert "Shorten this to 300 characters; it has 301 now." in answer.content.decode()
    assert written(answer.content.decode()) == ["w" * 301, "kept"]
    many = [(f"ax{n}", f"Need {n}", "") for n in range(40)]
    client.post(url, sent(*many))
    assert len(kept(made)["barriers"]) == 24


@pytest.mark.parametrize("row_id", ["", "A", "a b", "x" * 25, "<b>", "../"])
def test_ids_that_no_page_gave_are_no_rows(sign_in, cast, made, url, row_id):
    client = sign_in(cast.author)
    answer = client.post(url, sent((row_id, "Forged", ""), body="x"))
    assert answer.status_code == 302
    assert kept(made) is None


def test_two_who_change_different_rows_keep_both(sign_in, cast, made, url):
    template = SectionTemplate.objects.get(key="barriers")
    client = sign_in(cast.author)
    client.post(url, sent(("ax1", "One", "1"), ("ax2", "Two", "2"), ("ax3", "Three", "3")))
    seen = re.search(
        r'name="seen" multiple hidden><option value="([^"]*)"', client.get(url).content.decode()
    )[1]
    theirs = [
        {"id": "ax2", "need": "Two, theirs", "antidote": "2"},
        {"id": "ax3", "need": "Three", "antidote": "3"},
        {"id": "bx1", "need": "New, theirs"},
    ]
    structure = {"layout": "barriers", "barriers": theirs}
    save_section(made, template, by=cast.teammate, revision=1, structure=structure)
    # Mine: the first untouched, the second untouched, the third changed, one more.
    mine = (("ax1", "One", "1"), ("ax2", "Two", "2"), ("ax3", "Three, mine", "3"))
    data = sent(*mine, ("ax4", "New, mine", ""), revision="1", seen=seen.replace("&quot;", '"'))
    answer = client.post(url, data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "You changed different things." in page
    assert drawn(page) == ["ax2", "ax3", "ax4", "bx1"]
    assert written(page) == ["Two, theirs", "2", "Three, mine", "3", "New, mine", "New, theirs"]
    assert_valid(page)


def test_two_who_change_one_cell_see_both_texts(sign_in, cast, made, url):
    template = SectionTemplate.objects.get(key="barriers")
    client = sign_in(cast.author)
    client.post(url, sent(("ax1", "One", "1")))
    structure = {"layout": "barriers", "barriers": [{"id": "ax1", "need": "Theirs"}]}
    save_section(made, template, by=cast.teammate, revision=1, structure=structure)
    page = client.post(url, sent(("ax1", "Mine", ""), revision="1")).content.decode()
    assert text_of(page, "clash") == [
        "Barrier 1: What stands in the way, or is needed Yours, not saved Mine Theirs, saved Theirs"
        " Keep mine: Barrier 1: What stands in the way, or is needed"
        " Take theirs: Barrier 1: What stands in the way, or is needed"
        " Put both in the field: Barrier 1: What stands in the way, or is needed"
    ]
    assert written(page) == ["Mine"]


def test_a_row_taken_away_comes_back_when_somebody_wrote_in_it(sign_in, cast, made, url):
    template = SectionTemplate.objects.get(key="barriers")
    client = sign_in(cast.author)
    client.post(url, sent(("ax1", "One", ""), ("ax2", "Two", "")))
    seen = re.search(
        r'name="seen" multiple hidden><option value="([^"]*)"', client.get(url).content.decode()
    )[1]
    rows = [{"id": "ax1", "need": "One, better"}, {"id": "ax2", "need": "Two"}]
    structure = {"layout": "barriers", "barriers": rows}
    save_section(made, template, by=cast.teammate, revision=1, structure=structure)
    data = sent(revision="1", seen=seen.replace("&quot;", '"'), body="Only text")
    page = client.post(url, data).content.decode()
    assert (drawn(page), written(page)) == (["ax1"], ["One, better"])


def test_the_calculator_reckons_without_saving_and_with(sign_in, cast, made):
    url = f"/studio/{made.slug}/document/resources/"
    row = {"who": "Members", "rate": "50", "hours": "4", "months": "10", "people": "6"}
    data = {"revision": "0", "body": "", "plan-currency": "EUR", "stipends": ["ax1"]}
    data |= {f"stipends-ax1-{name}": value for name, value in row.items()}
    client = sign_in(cast.author)
    page = client.post(url, {**data, "row": "sum"}).content.decode()
    assert "Members: 2,000 EUR each, 12,000 EUR together." in page
    assert "No source is named for the 12,000 EUR it costs." in page
    assert not Section.objects.filter(template__key="resources").exists()
    client.post(url, data)
    assert kept(made, "resources")["stipends"] == [
        {"id": "ax1", "who": "Members", "rate": "50", "hours": "4", "months": "10", "people": 6}
    ]
    assert "It comes to 12,000 EUR in all." in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("1,200.50", "1200.5"), ("12,5", "12.5"), ("50.00", "50"), (" 1 000 ", "1000"), ("0", "0")],
)
def test_amounts_are_read_as_people_write_them(sign_in, cast, made, typed, stored):
    url = f"/studio/{made.slug}/document/resources/"
    data = {"revision": "0", "body": "", "costs": ["ax1"], "costs-ax1-money": typed}
    client = sign_in(cast.author)
    assert client.post(url, data).status_code == 302
    assert kept(made, "resources")["costs"] == [{"id": "ax1", "money": stored}]
    assert client.post(url, {**data, "revision": "1"}).status_code == 302
    assert Section.objects.get(template__key="resources").revision == 1


@pytest.mark.parametrize("typed", ["-1", "a", "1e9", "NaN", "1.005", "9" * 12, "١٢x", "1.2.3"])
def test_amounts_that_make_no_sense_are_refused_and_kept(sign_in, cast, made, typed):
    url = f"/studio/{made.slug}/document/resources/"
    data = {"revision": "0", "body": "", "costs": ["ax1"], "costs-ax1-money": typed}
    answer = sign_in(cast.author).post(url, data)
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode()


def test_days_are_held_against_busy_periods_and_order(sign_in, cast, made):
    BusyPeriod.objects.create(name="Lunar New Year", starts_on="2026-02-17", ends_on="2026-02-20")
    BusyPeriod.objects.create(name="Elsewhere", starts_on="2026-05-17", ends_on="2026-05-20")
    url = f"/studio/{made.slug}/document/calendar/"
    data = {"revision": "0", "body": "", "days": ["ax1"], "days-ax1-kind": "meetings"}
    data |= {"days-ax1-first": "2026-02-10", "days-ax1-last": "2026-02-17"}
    client = sign_in(cast.author)
    page = client.post(url, {**data, "row": "sum"}).content.decode()
    assert "Lunar New Year (holiday), 17–20 February 2026, falls into these days." in page
    assert "Elsewhere" not in page
    answer = client.post(url, {**data, "days-ax1-last": "2026-02-09"})
    assert answer.status_code == 422
    assert "The last day comes before the first." in answer.content.decode()
    assert client.post(url, data).status_code == 302, "a warning never blocks"


def test_staff_read_rows_without_empty_ones(sign_in, cast, made, url):
    sign_in(cast.author).post(url, sent(("ax1", "One", "")))
    page = sign_in(cast.staff).get(url).content.decode()
    assert drawn(page) == ["ax1"]
    assert 'name="row"' not in page
    assert "data-add-row" not in page


def test_rows_count_as_words_and_as_begun(sign_in, cast, made, url):
    client = sign_in(cast.author)
    client.post(url, sent(("ax1", "Late shift", "Begin at three")))
    lines = text_of(client.get(f"/studio/{made.slug}/document/").content.decode(), "words")
    assert "5 words" in lines
    client.post(url, sent(revision="1"))
    assert kept(made) is None


@pytest.mark.parametrize("rows", [1, 24])
def test_the_editor_asks_the_same_questions_however_long(
    sign_in, cast, made, url, rows, django_assert_num_queries
):
    client = sign_in(cast.author)
    client.post(url, sent(*[(f"ax{n}", f"Need {n}", "It") for n in range(rows)]))
    with django_assert_num_queries(7):
        client.get(url)


def test_seen_is_json_of_every_saved_cell(sign_in, cast, made, url):
    client = sign_in(cast.author)
    client.post(url, sent(("ax1", "One", "1")))
    seen = re.search(
        r'name="seen" multiple hidden><option value="([^"]*)"', client.get(url).content.decode()
    )[1]
    assert {"barriers", "barriers-ax1-need", "body"} <= json.loads(
        seen.replace("&quot;", '"')
    ).keys()
