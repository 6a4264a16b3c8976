"""Text search by PostgreSQL's tsvector, with a GIN index."""

from django.db import connection

from .parts import COLUMNS, MARKED_CHARACTERS
from .passages import START, STOP, Marked, spans_of
from .query import Term, TextQuery

# An entry belongs to the smallest depth whose columns, here called by weight, hold the whole query.
RANKED = """
SELECT entry_id FROM gallery_entrytext
WHERE document @@ to_tsquery('gallery', %s)
ORDER BY
    CASE
        WHEN document @@ to_tsquery('gallery', %s) THEN 0
        WHEN document @@ to_tsquery('gallery', %s) THEN 1
        WHEN document @@ to_tsquery('gallery', %s) THEN 2
        ELSE 3
    END,
    ts_rank(document, to_tsquery('gallery', %s)) DESC,
    entry_id DESC
"""
WITHOUT = """
SELECT entry_id FROM gallery_entrytext
WHERE NOT document @@ to_tsquery('gallery', %s) ORDER BY entry_id DESC
"""
MARKED = """
SELECT entry_id, {columns}, parts FROM gallery_entrytext WHERE entry_id = ANY(%s)
"""
MARKED_COLUMN = (
    "left({column}, {length}), "
    "ts_headline('gallery', gallery_words(left({column}, {length})), to_tsquery('gallery', %s), "
    '\'HighlightAll=true, StartSel="{start}", StopSel="{stop}"\')'
)


class PostgreSQLText:
    def ranked(self, query: TextQuery) -> list[int]:
        with connection.cursor() as cursor:
            if query.terms:
                depths = [_all_of(query.terms, weights) for weights in ("A", "AB", "ABC")]
                but = f" & !({_any_of(query.without)})" if query.without else ""
                wanted = f"({_all_of(query.terms)}){but}"
                cursor.execute(RANKED, [wanted, *depths, _any_of(query.terms)])
            elif query.without:
                cursor.execute(WITHOUT, [_any_of(query.without)])
            else:
                return []
            return [number for (number,) in cursor.fetchall()]

    def marked(self, query: TextQuery, numbers: list[int]) -> list[Marked]:
        if not query.terms or not numbers:
            return []
        columns = ", ".join(
            MARKED_COLUMN.format(column=name, length=MARKED_CHARACTERS, start=START, stop=STOP)
            for name in COLUMNS
        )
        wanted = [_any_of(query.terms)] * len(COLUMNS)
        with connection.cursor() as cursor:
            cursor.execute(MARKED.format(columns=columns), [*wanted, numbers])
            return [_marked(row) for row in cursor.fetchall()]


def _marked(row) -> Marked:
    number, *columns, parts = row
    texts = dict(zip(COLUMNS, columns[::2], strict=True))
    spans = {name: spans_of(column) for name, column in zip(COLUMNS, columns[1::2], strict=True)}
    return Marked.from_row(number, texts, spans, parts)


def _all_of(terms: tuple[Term, ...], weights: str = "") -> str:
    return " & ".join(_term(term, weights) for term in terms)


def _any_of(terms: tuple[Term, ...]) -> str:
    return " | ".join(map(_term, terms))


def _term(term: Term, weights: str = "") -> str:
    *words, last = term.words
    ending = f":{'*' if term.is_beginning else ''}{weights}" if term.is_beginning or weights else ""
    inner = f":{weights}" if weights else ""
    return f"({' <-> '.join([*(word + inner for word in words), last + ending])})"
