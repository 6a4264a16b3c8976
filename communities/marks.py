"""Which marks are drawn and which have a paint, read from the files that the site serves."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders


@cache
def drawn_marks() -> tuple[str, ...]:
    """The symbols of the sprite, in its order."""
    return tuple(re.findall(r'<symbol id="v-([\w-]+)"', _text("img/marks.svg")))


@cache
def painted_marks() -> frozenset[str]:
    """Those with a paint in the tokens."""
    rules = re.findall(r'\[data-value="([\w-]+)"\]\s*\{[^}]*--paint:', _text("css/tokens.css"))
    return frozenset(rules)


def _text(name: str) -> str:
    return Path(finders.find(name)).read_text(encoding="utf-8")
