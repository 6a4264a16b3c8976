"""A structured section is seen wherever a design is: page, document, exports, search, changes."""

import pytest

from communities.differences import compare
from communities.models import SectionTemplate
from communities.services.document import save_section
from communities.services.working_copy import snapshot_of
from gallery.words import text_of_design
from tests import factories
from tests.html import assert_valid, text_of

HOSTILE = "<script>alert(1)</script> | tram"
BARRIERS = {
    "layout": "barriers",
    "barriers": [
        {"id": "1x1", "kind": "time", "need": "Late shift at the bakery", "antidote": "Soup at 3"},
        {"id": "1x2", "kind": "materials", "need": HOSTILE},
    ],
}


@pytest.fixture
def made(cast):
    made = factories.community(cast.author, "Bench Swap")
    template = SectionTemplate.objects.get(key="barriers")
    save_section(made, template, by=cast.author, revision=0, body="So we do.", structure=BARRIERS)
    return made


@pytest.fixture
def published(cast, made):
    return factories.publish(made, by=cast.author, staff=cast.staff)


@pytest.mark.parametrize("below", ["", "document/"])
def test_the_public_page_shows_the_rows(client, published, below):
    html = client.get(f"/designs/{published.slug}/{below}").content.decode()
    assert_valid(html)
    assert text_of(html, "table-box") == [
        "Barriers and antidotes KindWhat stands in the way, or is neededAntidote: what we do"
        " TimeLate shift at the bakerySoup at 3"
        f" Tools, materials and resources{HOSTILE}"
    ]
    assert "<script>alert" not in html


@pytest.mark.parametrize("address", ["/studio/{}/preview/", "/review/{}/page/"])
def test_preview_and_review_show_the_same(sign_in, cast, published, address):
    place = published.slug if "studio" in address else published.submissions.get().pk
    html = sign_in(cast.staff).get(address.format(place)).content.decode()
    assert "Late shift at the bakery" in text_of(html, "table-box")[0]


def test_exports_carry_it_without_ids(client, published):
    data = client.get(f"/designs/{published.slug}/export.json").json()
    section = next(s for s in data["sections"] if s["key"] == "barriers")
    assert section["structure"] == {
        "layout": "barriers",
        "barriers": [
            {"kind": "time", "need": "Late shift at the bakery", "antidote": "Soup at 3"},
            {"kind": "materials", "need": HOSTILE},
        ],
    }
    text = client.get(f"/designs/{published.slug}/export.md").content.decode()
    assert (
        "### Barriers and antidotes\n\n"
        "| Kind | What stands in the way, or is needed | Antidote: what we do |\n"
        "| --- | --- | --- |\n"
        "| Time | Late shift at the bakery | Soup at 3 |\n"
        "| Tools, materials and resources | \\<script\\>alert(1)\\</script\\> \\| tram |  |\n\n"
        "So we do."
    ) in text


def test_it_is_found(client, published):
    assert "Bench Swap" in client.get("/designs/?q=bakery").content.decode()
    assert "Late shift at the bakery" in text_of_design(snapshot_of(published), {})["rest"]


def test_a_changed_row_is_a_change_of_its_section(cast, made):
    before = snapshot_of(made)
    rows = [{**BARRIERS["barriers"][0], "antidote": "Soup at 4"}, BARRIERS["barriers"][1]]
    template = SectionTemplate.objects.get(key="barriers")
    structure = {**BARRIERS, "barriers": rows}
    save_section(made, template, by=cast.author, revision=1, structure=structure)
    [change] = compare(before, snapshot_of(made)).texts
    assert change.title == "Barriers and antidotes"
    assert [(piece.change, piece.text) for piece in change.blocks[0].pieces] == [
        ("", "- Time; Late shift at the bakery; Soup at "),
        ("cut", "3"),
        ("add", "4"),
    ]
    assert change.unchanged == 2


def test_what_only_rows_say_counts_as_written(made):
    assert snapshot_of(made).sections[-1].structure is not None
    made.sections.filter(template__key="barriers").update(body="")
    assert [section.key for section in snapshot_of(made).sections] == ["big-purpose", "barriers"]
