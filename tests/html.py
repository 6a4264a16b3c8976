"""Strict reading of the pages we answer with."""

from itertools import pairwise

import html5lib

XHTML = "{http://www.w3.org/1999/xhtml}"
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget")


def parsed(html: str):
    """The document as an ElementTree; raises html5lib.html5parser.ParseError on any error."""
    return html5lib.HTMLParser(strict=True).parse(html)


def assert_valid(html: str):
    """No parse error, unique ids, references that resolve, labelled fields, described pictures.

    Returns the document.
    """
    document = parsed(html)
    elements = [element for element in document.iter() if isinstance(element.tag, str)]
    ids = [element.attrib["id"] for element in elements if "id" in element.attrib]
    assert sorted(set(ids)) == sorted(ids), "an id stands twice"
    assert [_describe(e) for e in elements if _dangling(e, set(ids))] == []
    labels = {e.attrib["for"] for e in elements if e.tag == f"{XHTML}label" and "for" in e.attrib}
    assert [_describe(e) for e in _fields(document) if not _is_labelled(e, labels)] == []
    pictures = [e for e in elements if e.tag == f"{XHTML}img"]
    assert [_describe(e) for e in pictures if "alt" not in e.attrib] == []
    assert [_describe(e) for e in elements if "style" in e.attrib or _has_handler(e)] == []
    assert_outline(document)
    return document


def assert_outline(document) -> None:
    """One h1, and no heading more than one step below the one before."""
    levels = [int(e.tag[-1]) for e in document.iter() if _is_heading(e)]
    assert levels.count(1) == 1, f"{levels.count(1)} headings of the first level"
    jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
    assert jumps == [], "a level of heading is left out"


def text_of(html: str, css_class: str) -> list[str]:
    """The words of each element with this class, with single spaces."""
    found = [e for e in parsed(html).iter() if css_class in e.attrib.get("class", "").split()]
    return [" ".join("".join(e.itertext()).split()) for e in found]


def _is_heading(element) -> bool:
    return element.tag in [f"{XHTML}h{level}" for level in range(1, 7)]


def _dangling(element, ids: set[str]) -> bool:
    wanted = {word for name in REFERENCES for word in element.attrib.get(name, "").split()}
    href = element.attrib.get("href", "")
    if element.tag == f"{XHTML}a" and href.startswith("#") and href != "#":
        wanted.add(href[1:])
    return not wanted <= ids


def _fields(document):
    """Fields a person fills in, outside of labels."""
    parents = {child: parent for parent in document.iter() for child in parent}
    for element in document.iter():
        if element.tag not in (f"{XHTML}input", f"{XHTML}select", f"{XHTML}textarea"):
            continue
        if element.attrib.get("type") in ("hidden", "submit") or "hidden" in element.attrib:
            continue
        above = parents.get(element)
        while above is not None and above.tag != f"{XHTML}label":
            above = parents.get(above)
        if above is None:
            yield element


def _is_labelled(element, labels: set[str]) -> bool:
    names = ("aria-label", "aria-labelledby", "title")
    return element.attrib.get("id") in labels or any(name in element.attrib for name in names)


def _has_handler(element) -> bool:
    return any(name.startswith("on") for name in element.attrib)


def _describe(element) -> str:
    return f"<{element.tag.removeprefix(XHTML)} {dict(element.attrib)}>"
