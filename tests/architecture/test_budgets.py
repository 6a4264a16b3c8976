"""Nothing grows beyond what a person can hold in mind, or a phone can load quickly."""

import ast
import gzip
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from gallery.staticfiles import joined
from tests.architecture.source import APPS, ROOT, place_of, python_files, tree_of

MAX_FILE = 300
# A list, read from top to bottom.
MAX_SETTINGS = 350
# Cases beside each other; longer only where one subject would be torn apart.
MAX_TEST_FILE = 500
MAX_VIEW = 25
MAX_TEMPLATE = 150
KILOBYTE = 1000
MAX_CSS, MAX_JS, MAX_FONTS = 40 * KILOBYTE, 30 * KILOBYTE, 150 * KILOBYTE

# Other hosts that a page may name, because people follow a link there; nothing is loaded from them.
LINKED_HOSTS = {
    "creativecommons.org",  # licences
    "docs.djangoproject.com",
    "example.org",  # what an address may look like
    "openfontlicense.org",
    "scripts.sil.org",
    "www.w3.org",  # name spaces of SVG and XML
    "www.sitemaps.org",
    "schema.org",
}


def lines_of(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def files_under(folder: str, *endings: str) -> list[Path]:
    return sorted(f for f in (ROOT / folder).rglob("*") if f.suffix in endings)


TEMPLATES = files_under("templates", ".html", ".txt", ".xml")


def limit_of(file: Path) -> int:
    if place_of(file) == "gallery/settings.py":
        return MAX_SETTINGS
    return MAX_TEST_FILE if place_of(file).startswith("tests/") else MAX_FILE


def test_no_file_is_long():
    files = python_files(*APPS, "tests")
    assert {place_of(f): lines_of(f) for f in files if lines_of(f) > limit_of(f)} == {}


def test_no_template_is_long():
    assert {place_of(f): lines_of(f) for f in TEMPLATES if lines_of(f) > MAX_TEMPLATE} == {}


def test_no_view_is_long():
    """Counted from `def` to the last line, without decorators and docstring."""
    views = [
        file for file in python_files(*APPS) if "views" in file.parts or file.name == "views.py"
    ]
    long = {
        f"{place_of(file)}:{node.name}": length
        for file in views
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.FunctionDef) and (length := _length(node)) > MAX_VIEW
    }
    assert long == {}


def _length(function: ast.FunctionDef) -> int:
    first = function.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    words = first.end_lineno - first.lineno + 1 if is_docstring else 0
    return function.end_lineno - function.lineno + 1 - words


def compressed(data: bytes) -> int:
    return len(gzip.compress(data, mtime=0))


def test_the_stylesheet_is_light():
    assert compressed(joined(ROOT / "static/css/site.css").encode()) <= MAX_CSS


def test_the_scripts_are_light():
    assert sum(compressed(f.read_bytes()) for f in files_under("static/js", ".js")) <= MAX_JS


def test_the_fonts_of_a_first_page_are_light():
    """Those of the first two unicode ranges in use: all but the extended Latin ones."""
    fonts = [f for f in files_under("static/fonts", ".woff2") if "latin-ext" not in f.name]
    assert len(fonts) == 3
    assert sum(f.stat().st_size for f in fonts) <= MAX_FONTS


INLINE = re.compile(
    r"""\sstyle\s*=\s*["']|<style\b|<script\b(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*["']|javascript:""",
    re.I,
)


def test_templates_have_neither_style_nor_script_in_them():
    wrong = {place_of(f): found for f in TEMPLATES if (found := INLINE.findall(_code(f)))}
    assert wrong == {}


def _code(template: Path) -> str:
    """Without data for machines, which is a script that does not run."""
    text = template.read_text(encoding="utf-8")
    return re.sub(r'<script type="application/ld\+json"', "", text)


@pytest.mark.parametrize(
    "text",
    ['<p style="x">', "<script>", '<script type="module">', '<a onclick="x">', "<style>"],
)
def test_what_is_written_into_a_page_is_caught(text):
    assert INLINE.search(text)


def test_a_script_of_its_own_is_free():
    assert not INLINE.search('<script type="module" src="/static/js/site.js"></script>')


def test_nothing_refers_to_other_hosts():
    files = [*TEMPLATES, *files_under("static", ".css", ".js", ".svg", ".json", ".webmanifest")]
    wrong = {
        f"{place_of(file)}: {address}"
        for file in files
        for address in re.findall(r"""(?:https?:)?//[\w.-]+\.[a-z]{2,}[^\s"'<>)]*""", _text(file))
        if urlsplit(address).hostname not in LINKED_HOSTS
    }
    assert wrong == set()


def _text(file: Path) -> str:
    """Without comments of scripts, where // begins a sentence."""
    return re.sub(r"(?m)^\s*//.*$", "", file.read_text(encoding="utf-8"))
