"""Plain text of strangers as HTML: paragraphs, line breaks and links, and nothing else."""

import re

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ADDRESS = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
# Ends a sentence rather than an address.
TRAILING = ".,;:!?…'’)]}"


def to_paragraphs(text: str) -> SafeString:
    """`text` with its addresses as links that search engines do not follow."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return mark_safe("".join(f"<p>{_lines(one)}</p>" for one in paragraphs if one.strip()))


def _lines(paragraph: str) -> str:
    return mark_safe("<br>".join(_linked(line) for line in paragraph.strip().split("\n")))


def _linked(line: str) -> str:
    found, done = [], 0
    for match in ADDRESS.finditer(line):
        address = match[0].rstrip(TRAILING)
        # What the address opened it also closes.
        if "(" in address and match[0][len(address) :].startswith(")"):
            address += ")"
        found.append(format_html("{}", line[done : match.start()]))
        found.append(
            format_html('<a href="{}" rel="nofollow ugc noopener">{}</a>', address, address)
        )
        done = match.start() + len(address)
    found.append(format_html("{}", line[done:]))
    return "".join(found)
