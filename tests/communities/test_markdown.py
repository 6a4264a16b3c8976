"""Headings in what people write: one below the page's own, and none left out."""

import re

import pytest

from communities.markdown import to_html


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# One\n\n## Two\n\n# Three", "454"),
        ("### Deep\n\n### Also deep", "44"),
        ("# One\n\n### Deep\n\n## Less deep\n\n### Deep", "4556"),
        ("## Two\n\n# One", "44"),
        ("# 1\n\n## 2\n\n### 3\n\n#### 4\n\n##### 5", "45666"),
    ],
)
def test_headings_begin_at_the_fourth_level_and_leave_none_out(text, levels):
    html = to_html(text)
    assert "".join(re.findall("<h([1-6])>", html)) == levels
    assert "".join(re.findall("</h([1-6])>", html)) == levels
