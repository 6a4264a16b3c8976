import json

import pytest

from communities.enums import Licence
from communities.models import Community, Photo, TeamMember
from communities.services.submitting import submit_for_review
from tests import factories
from tests.html import assert_valid, text_of

PARTS = ("", "document/", "lineage/", "cite/", "export.json", "export.md")


def address(made: Community, part: str = "") -> str:
    return f"/designs/{made.slug}/{part}"


@pytest.fixture
def made(cast) -> Community:
    return factories.published(cast.author, cast.staff)


@pytest.mark.parametrize("part", ["", "document/", "lineage/", "cite/"])
def test_every_page_of_a_design_is_valid(client, made, part):
    response = client.get(address(made, part))
    assert response.status_code == 200
    assert_valid(response.content.decode())


def test_the_page_says_what_the_snapshot_says(client, made):
    html = client.get(address(made)).content.decode()
    assert text_of(html, "big") == ["Nobody should own a thing they are afraid to open."]
    assert text_of(html, "citation") == [
        "Amara T. (2025). The Mending Circle, version 1. Gatherings, no. 1. "
        "http://testserver/designs/the-mending-circle/".replace("2025", str(made.published_at.year))
    ]
    assert text_of(html, "reason") == [
        "Care Care in The Mending Circle What we saw. Seen: Care",
        "Mastery Mastery in The Mending Circle What we saw. Seen: Mastery",
    ]


@pytest.mark.parametrize("part", PARTS)
def test_a_design_that_is_not_published_is_nowhere_even_for_its_team(sign_in, cast, part):
    draft = factories.community(cast.author)
    submit_for_review(draft, by=cast.author)
    for person in (cast.author, cast.staff, cast.visitor):
        assert sign_in(person).get(address(draft, part)).status_code == 404


@pytest.mark.parametrize("part", PARTS)
def test_an_unpublished_design_is_gone_by_every_address(client, cast, made, part):
    assert client.get(address(made, part)).status_code == 200
    factories.unpublish(made, by=cast.staff)
    assert client.get(address(made, part)).status_code == 404


@pytest.mark.parametrize("part", PARTS)
def test_a_later_edit_shows_nowhere(client, made, part):
    before = client.get(address(made, part)).content.decode()
    Community.objects.update(title="Secret title", summary="Secret summary", credit="Secret")
    made.sections.update(body="Secret body")
    after = client.get(address(made, part)).content.decode()
    assert "Secret" not in after
    assert ("The Mending Circle" in before) == ("The Mending Circle" in after)


@pytest.mark.parametrize("part", PARTS)
def test_an_old_address_leads_on_for_good(client, cast, made, part):
    made.old_slugs.create(slug="mending")
    response = client.get(f"/designs/mending/{part}?format=ris")
    assert (response.status_code, response["Location"]) == (
        301,
        f"{address(made, part)}?format=ris",
    )


def test_an_old_address_of_what_is_not_published_tells_nothing(client, cast):
    draft = factories.community(cast.author)
    draft.old_slugs.create(slug="mending")
    assert client.get("/designs/mending/").status_code == 404


@pytest.mark.parametrize("slug", ["nothing", "a" * 5000, "%00", "..%2f..", "The-Mending-Circle"])
def test_hostile_addresses_are_not_found(client, made, slug):
    assert client.get(f"/designs/{slug}/").status_code == 404


def test_a_hidden_picture_is_left_out_of_page_and_exports(client, cast):
    draft = factories.community(cast.author)
    photos = [factories.photo(draft, by=cast.author) for _ in range(2)]
    made = factories.publish(draft, by=cast.author, staff=cast.staff)
    pages = [client.get(address(made, part)).content.decode() for part in PARTS]
    tag = client.get(address(made, "export.json"))["ETag"]
    assert [photos[0].key.hex in page for page in pages] == [True, False, False, False, True, True]
    Photo.objects.filter(pk=photos[0].pk).update(is_hidden=True)
    pages = [client.get(address(made, part)).content.decode() for part in PARTS]
    assert [photos[0].key.hex in page for page in pages] == [False] * 6
    assert [photos[1].key.hex in page for page in pages] == [True, False, False, False, True, True]
    again = client.get(address(made, "export.json"), headers={"If-None-Match": tag})
    assert again.status_code == 200


def build_on(parent, cast, title) -> Community:
    draft = factories.community(cast.author, title, parent=parent)
    return factories.publish(draft, by=cast.author, staff=cast.staff)


def test_lineage_shows_what_is_published_on_both_sides(client, cast, made):
    child = build_on(made, cast, "Bench Swap")
    build_on(child, cast, "Swap Again")
    factories.community(cast.author, "Secret draft", parent=child)
    html = client.get(address(child)).content.decode()
    assert_valid(html)
    assert text_of(html, "kin") == [
        "The Mending Circle Nobody should own a thing they are afraid to open.",
        "Swap Again Nobody should own a thing they are afraid to open.",
    ]
    html = client.get(address(made, "lineage/")).content.decode()
    assert_valid(html)
    summary = "Nobody should own a thing they are afraid to open."
    assert text_of(html, "kin") == [f"Bench Swap {summary}", f"Swap Again {summary}"]
    assert "Secret" not in html


def test_two_designs_built_on_each_other_end(client, cast, made):
    child = build_on(made, cast, "Bench Swap")
    Community.objects.filter(pk=made.pk).update(parent=child)
    made.refresh_from_db()
    made = factories.publish(made, by=cast.author, staff=cast.staff)
    assert client.get(address(made, "lineage/")).status_code == 200


def test_lineage_forgets_what_is_no_longer_published(client, cast, made):
    child = build_on(made, cast, "Bench Swap")
    factories.unpublish(made, by=cast.staff)
    for part in ("", "lineage/"):
        assert "The Mending Circle" not in client.get(address(child, part)).content.decode()


def test_citations_in_four_forms(client, cast, made):
    year = made.published_at.year
    url = "http://testserver/designs/the-mending-circle/"
    answers = {
        form: client.get(address(made, "cite/") + f"?format={form}")
        for form in ("text", "bibtex", "ris", "csl")
    }
    assert {form: answer["Content-Disposition"] for form, answer in answers.items()} == {
        "text": 'attachment; filename="the-mending-circle.txt"',
        "bibtex": 'attachment; filename="the-mending-circle.bib"',
        "ris": 'attachment; filename="the-mending-circle.ris"',
        "csl": 'attachment; filename="the-mending-circle.json"',
    }
    texts = {form: answer.content.decode() for form, answer in answers.items()}
    assert texts["text"] == (
        f"Amara T. ({year}). The Mending Circle, version 1. Gatherings, no. 1. {url}\n"
    )
    assert texts["bibtex"] == (
        f"@misc{{the-mending-circle-{year},\n"
        "  author = {{Amara T.}},\n"
        "  title = {{The Mending Circle}},\n"
        f"  year = {{{year}}},\n"
        "  howpublished = {Gatherings, no. 1},\n"
        "  note = {Version 1},\n"
        f"  url = {{{url}}}\n}}\n"
    )
    lines = texts["ris"].splitlines()
    assert [lines[0], lines[1], lines[2], lines[-2], lines[-1]] == [
        "TY  - WEB",
        "AU  - Amara T.",
        "TI  - The Mending Circle",
        f"UR  - {url}",
        "ER  - ",
    ]
    [item] = json.loads(texts["csl"])
    assert (item["author"], item["URL"]) == ([{"literal": "Amara T."}], url)


def test_a_title_cannot_break_out_of_its_citation(client, cast):
    title = "Stairs} & 100%_\nER  - \\write18{x}"
    made = factories.published(cast.author, cast.staff, title)
    bib = client.get(address(made, "cite/") + "?format=bibtex").content.decode()
    assert r"Stairs\} \& 100\%\_ ER - \textbackslash{}write18\{x\}" in bib
    ris = client.get(address(made, "cite/") + "?format=ris").content.decode()
    assert [line for line in ris.splitlines() if line.startswith("ER")] == ["ER  - "]


@pytest.mark.parametrize("value", ["", "nonsense", "%00", "a" * 5000])
def test_an_unknown_form_shows_them_all(client, made, value):
    response = client.get(address(made, "cite/") + f"?format={value}")
    assert response.status_code == 200
    assert len(text_of(response.content.decode(), "source")) == 4


def test_the_json_holds_what_the_page_shows_and_no_address_of_a_person(client, cast):
    draft = factories.community(cast.author)
    photo = factories.photo(draft, by=cast.author, caption="The shelf")
    made = factories.publish(draft, by=cast.author, staff=cast.staff)
    response = client.get(address(made, "export.json"))
    design = response.json()
    assert sorted(design) == sorted(
        [
            *("url", "number", "version", "published_at", "schema", "title", "kind", "mode"),
            *("audience", "audience_note", "summary", "description", "purpose", "team", "cohort"),
            *("built_on", "topics", "values", "sections", "implementations", "insights"),
            *("photos", "attachments", "cover", "licence", "licence_url", "credit", "source_url"),
        ]
    )
    name = photo.files[0]["name"].rpartition("/")[2]
    url = f"http://testserver/pictures/{photo.key.hex}/{name}"
    assert design["cover"] == url
    assert design["photos"] == [
        {
            "files": [{"url": url, "width": 64, "height": 48}],
            "kind": "photo",
            "alt": "A long table",
            "caption": "The shelf",
            "credit": "",
            "color": "#336699",
        }
    ]
    assert (design["url"], design["number"]) == ("http://testserver/designs/the-mending-circle/", 1)
    assert design["licence_url"] == Licence.CC_BY.url
    assert "@" not in response.content.decode()


def test_the_markdown_reads_from_title_to_licence(client, made):
    text = client.get(address(made, "export.md")).content.decode()
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == [
        "# The Mending Circle",
        "## What it values, why, and what we saw",
        "### Care",
        "### Mastery",
        "## Big purpose",
        "## The run: 3–7 March 2025",
        "### Looking back: the team, after it ran",
        "## What we learned",
        "### Teach it tomorrow",
        "## Cite",
    ]
    assert text.endswith("Licence: CC BY 4.0 https://creativecommons.org/licenses/by/4.0/\n")


@pytest.mark.parametrize("part", ["export.json", "export.md"])
def test_an_export_that_was_seen_is_not_sent_again(client, made, part):
    tag = client.get(address(made, part))["ETag"]
    assert client.get(address(made, part), headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("part", PARTS)
def test_designs_are_only_read(client, made, part):
    assert client.post(address(made, part)).status_code == 405


@pytest.mark.parametrize(
    ("part", "queries"),
    [
        ("", 6),
        ("document/", 2),
        ("lineage/", 3),
        ("cite/", 2),
        ("export.json", 3),
        ("export.md", 3),
    ],
)
def test_a_design_costs_the_same_however_much_it_holds(
    client, cast, part, queries, django_assert_num_queries
):
    small = factories.published(cast.author, cast.staff, "Small")
    draft = factories.community(
        cast.author, "Large", values=("care", "mastery", "play"), parent=small
    )
    TeamMember.objects.create(community=draft, user=cast.teammate)
    for _ in range(3):
        factories.photo(draft, by=cast.author)
        factories.insight(draft, by=cast.author)
    large = factories.publish(draft, by=cast.author, staff=cast.staff)
    for made in (small, large):
        with django_assert_num_queries(queries):
            client.get(address(made, part))
