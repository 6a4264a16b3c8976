"""Bytes in a form that are no text in UTF-8, such as half of a character.

Django puts U+FFFD in their place without a word. Here it is MARK, a code point that is no
character: the fields of the studio refuse it and say so, and give the rest back.
"""

import codecs
import re

from django.http import QueryDict

MARK = "\ufdd0"
ENCODING = "utf-8-marked"
# What a lone surrogate is when somebody writes it as UTF-8 all the same.
_HALF = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")


def _put_mark(error: UnicodeError) -> tuple[str, int]:
    half = _HALF.match(error.object, error.start)
    return MARK, half.end() if half else error.end


def _decode(data, errors="strict"):
    return codecs.utf_8_decode(data, "marked" if errors == "replace" else errors, True)


def _find(name: str) -> codecs.CodecInfo | None:
    is_ours = name.replace("_", "-") == ENCODING
    return codecs.CodecInfo(codecs.utf_8_encode, _decode, name=ENCODING) if is_ours else None


codecs.register_error("marked", _put_mark)
codecs.register(_find)


def read_form(request) -> None:
    """Read what was posted, marked where it is damaged; raises what request.POST raises."""
    if request.content_type == "multipart/form-data":
        request.encoding = ENCODING
    posted = request.POST
    is_urlencoded = request.content_type == "application/x-www-form-urlencoded"
    if is_urlencoded and any("\ufffd" in text for _, texts in posted.lists() for text in texts):
        request.POST = QueryDict(request.body, encoding=ENCODING)
