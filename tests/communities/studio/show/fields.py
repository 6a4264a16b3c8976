"""Pages as people use them: the fields are read from the page and sent back."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """What a browser would send of all forms of a page."""

    def __init__(self):
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.written: list[str] = []
        self._text = self._select = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "textarea" and name:
            self._text = (name, [])
            self.written.append(name)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in attrs:
            self._put(self._select, attrs.get("value", ""))
        elif tag == "input" and name:
            self._input(name, attrs)

    def _input(self, name, attrs):
        kind = attrs.get("type", "text")
        if kind in ("file", "submit") or (kind in ("radio", "checkbox") and "checked" not in attrs):
            return
        self._put(name, attrs.get("value", "on" if kind == "checkbox" else ""))
        if kind == "text" and "inputmode" not in attrs:
            self.written.append(name)

    def handle_data(self, data):
        if self._text:
            self._text[1].append(data)

    def handle_endtag(self, tag):
        if tag == "textarea" and self._text:
            name, parts = self._text
            self._put(name, "".join(parts).removeprefix("\n"))
            self._text = None
        elif tag == "select":
            self._select = None

    def _put(self, name, value):
        self.fields.setdefault(name, []).append(value)


def fields_of(response) -> dict:
    """The fields of the page's forms as they would be sent; the site's theme is left alone."""
    reader = _Fields()
    reader.feed(response.content.decode())
    skipped = ("theme", "next", "csrfmiddlewaretoken")
    return {name: values for name, values in reader.fields.items() if name not in skipped}


def written_in(response) -> list[str]:
    """The names of the fields in which people write words, as the page shows them."""
    reader = _Fields()
    reader.feed(response.content.decode())
    return reader.written
