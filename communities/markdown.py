"""Markdown to safe HTML: raw HTML is off in the parser and the sanitiser runs as well."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

# A section is at most about this long; anything beyond is shown as plain text, in bounded time.
MAX_CHARACTERS = 250_000
_BLOCKS = "p br hr pre div blockquote ul ol li h4 h5 h6 section table thead tbody tr th td"
_WORDS = "em strong s code a sup sub"
ALLOWED_TAGS = {*_BLOCKS.split(), *_WORDS.split()}
ALLOWED_ATTRIBUTES = {
    "a": {"href", "title", "id", "class"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"class"},
    "section": {"class"},
}
# Sections stand under an h3, so that "#" begins at h4 and the outline of the page stays in order.
TOP_LEVEL = 4

_parser = (
    MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    .enable(["table", "strikethrough"])
    .use(footnote_plugin)
)
# A wide table scrolls in its own box, also by keyboard.
_BOX = '<div class="table-box" tabindex="0" role="group" aria-label="Table"><table>\n'
_parser.add_render_rule("table_open", lambda *_: _BOX)
_parser.add_render_rule("table_close", lambda *_: "</table>\n</div>\n")


def _set_headings(tokens) -> None:
    """Begin at TOP_LEVEL and leave out no level, however many signs somebody typed."""
    above: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            above = [*(tag for tag in above if tag < token.tag), token.tag]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(TOP_LEVEL - 1 + len(above), 6)}"


def to_html(text: str, *, prefix: str = "") -> SafeString:
    """Sanitised HTML of `text`; `prefix` keeps footnote ids apart when a page shows several."""
    if len(text) > MAX_CHARACTERS:
        return mark_safe("<pre>" + nh3.clean_text(text) + "</pre>")
    env = {"docId": prefix} if prefix else {}
    tokens = _parser.parse(text, env)
    _set_headings(tokens)
    html = _parser.renderer.render(tokens, _parser.options, env)
    return mark_safe(
        nh3.clean(
            html,
            tags=ALLOWED_TAGS,
            attributes=ALLOWED_ATTRIBUTES,
            url_schemes={"http", "https", "mailto"},
            link_rel="nofollow noopener noreferrer ugc",
        )
    )
