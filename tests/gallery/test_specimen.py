import re
from pathlib import Path

from django.conf import settings

from tests.html import assert_valid

TEMPLATES = Path(settings.BASE_DIR) / "templates"


def test_the_specimen_sheet_is_valid_and_not_for_search_engines(client, db):
    html = client.get("/specimen/").content.decode()
    assert_valid(html)
    assert '<meta name="robots" content="noindex">' in html


def test_every_component_is_on_the_specimen_sheet():
    """Add yours to templates/gallery/specimen, in each of its states."""
    folder = TEMPLATES / "components"
    components = {str(p.relative_to(folder).with_suffix("")) for p in folder.rglob("*.html")}
    sheet = "".join(p.read_text() for p in (TEMPLATES / "gallery/specimen").glob("*.html"))
    shown = set(re.findall(r'{% component "([\w/-]+)"', sheet))
    assert components - shown == set()


def test_every_mark_and_icon_is_on_the_specimen_sheet(client, db):
    html = client.get("/specimen/").content.decode()
    for file, prefix in (("marks.svg", "v-"), ("icons.svg", "i-")):
        text = (Path(settings.BASE_DIR) / "static/img" / file).read_text()
        symbols = set(re.findall(rf'id="({prefix}[\w-]+)"', text))
        assert symbols
        assert {symbol for symbol in symbols if f"{file}#{symbol}" not in html} == set()


def test_the_specimen_sheet_costs_one_query(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/specimen/")
