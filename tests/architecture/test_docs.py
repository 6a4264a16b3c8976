"""What the documentation promises exists, and what exists is documented."""

import re
from pathlib import Path

import pytest

from communities.importing import COLUMNS
from tests.architecture.source import APPS, ROOT

OPERATOR = "docs/guides/operator.md"
NOT_OURS = {".venv", "var", "node_modules"}
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|^    .*?$|`[^`\n]*`", re.S | re.M)
HEADING = re.compile(r"^#+ (?P<title>.+)$", re.M)
PICTURE_BYTES = 150_000


def read(place: str) -> str:
    return (ROOT / place).read_text(encoding="utf-8")


def texts() -> list[Path]:
    found = sorted(ROOT.rglob("*.md"))
    return [file for file in found if not NOT_OURS & set(file.relative_to(ROOT).parts)]


def variables_read() -> set[str]:
    settings = re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', read("gallery/settings.py"))
    server = re.findall(r'os\.environ\.get\([\'"]([A-Z_]+)', read("gallery/gunicorn.py"))
    return {*settings, *server}


def variables_described() -> set[str]:
    """Those in the first column of the guide's tables."""
    cells = re.findall(r"^\| (`[A-Z_`, ]+`) \|", read(OPERATOR), re.M)
    return {name for cell in cells for name in re.findall(r"`([A-Z_]+)`", cell)}


def test_the_operator_is_told_of_every_variable_and_of_no_other():
    assert variables_described() == variables_read()


def test_the_operator_is_told_of_every_command():
    files = (file for app in APPS for file in (ROOT / app).glob("management/commands/[a-z]*.py"))
    commands = {file.stem for file in files}
    assert commands >= {"demo", "import_designs", "rebuild_search", "sweep"}
    assert {name for name in commands if f"manage.py {name}" not in read(OPERATOR)} == set()


def test_staff_are_told_of_every_column_of_an_import():
    section = read("docs/guides/staff.md").partition("## Importing designs")[2]
    cells = re.findall(r"^\| (`[a-z_`, ]+`) \|", section, re.M)
    assert tuple(name for cell in cells for name in re.findall(r"`([a-z_]+)`", cell)) == COLUMNS


def anchors_of(text: str) -> set[str]:
    """The names that GitHub gives to headings."""
    titles = (match["title"].lower() for match in HEADING.finditer(text))
    return {re.sub(r"[^\w\- ]", "", title).strip().replace(" ", "-") for title in titles}


def broken_links(file: Path, within: Path = ROOT) -> list[str]:
    broken = []
    for match in LINK.finditer(CODE.sub("", file.read_text(encoding="utf-8"))):
        place, _, anchor = match["target"].partition("#")
        if re.match(r"[a-z]+:", place):
            continue
        target = (file.parent / place).resolve() if place else file
        is_found = target.exists() and target.is_relative_to(within)
        if is_found and anchor:
            is_found = anchor in anchors_of(target.read_text(encoding="utf-8"))
        if not is_found:
            broken.append(match["target"])
    return broken


@pytest.mark.parametrize("file", texts(), ids=lambda file: str(file.relative_to(ROOT)))
def test_every_link_leads_somewhere(file):
    assert broken_links(file) == []


def test_a_broken_link_is_seen(tmp_path):
    file = tmp_path / "a.md"
    file.write_text("# One two\n[a](#one-two) [b](b.md) [c](#three) `[d](d.md)` <https://e.org>\n")
    assert broken_links(file, tmp_path) == ["b.md", "#three"]


def test_pictures_of_the_guides_are_light_and_used():
    pictures = sorted((ROOT / "docs/img").iterdir())
    written = "".join(file.read_text(encoding="utf-8") for file in texts())
    assert pictures
    assert [p.name for p in pictures if p.stat().st_size > PICTURE_BYTES] == []
    assert [p.name for p in pictures if f"img/{p.name})" not in written] == []
