"""Text search by SQLite's FTS5."""

from django.db import connection

from .parts import COLUMNS, MARKED_CHARACTERS
from .passages import START, STOP, Marked, spans_of
from .query import Term, TextQuery

# An entry belongs to the smallest depth whose columns hold the whole query.
RANKED = """
SELECT found.rowid FROM (
    SELECT rowid, bm25(gallery_entrytext_fts, 8, 4, 2, 1) AS score
    FROM gallery_entrytext_fts WHERE gallery_entrytext_fts MATCH %s
) AS found LEFT JOIN (
    SELECT rowid, min(depth) AS depth FROM (
        SELECT rowid, 0 AS depth
        FROM gallery_entrytext_fts WHERE gallery_entrytext_fts MATCH %s
        UNION ALL SELECT rowid, 1
        FROM gallery_entrytext_fts WHERE gallery_entrytext_fts MATCH %s
        UNION ALL SELECT rowid, 2
        FROM gallery_entrytext_fts WHERE gallery_entrytext_fts MATCH %s
    ) GROUP BY rowid
) AS shallow ON shallow.rowid = found.rowid
ORDER BY coalesce(shallow.depth, 3), found.score, found.rowid DESC
"""
WITHOUT = """
SELECT entry_id FROM gallery_entrytext WHERE entry_id NOT IN (
    SELECT rowid FROM gallery_entrytext_fts WHERE gallery_entrytext_fts MATCH %s
) ORDER BY entry_id DESC
"""
# The plus keeps SQLite from collecting the words' places once for each number.
MARKED = """
SELECT rowid, {columns}, (SELECT parts FROM gallery_entrytext WHERE entry_id = fts.rowid)
FROM gallery_entrytext_fts AS fts
WHERE gallery_entrytext_fts MATCH %s AND +rowid IN ({numbers})
"""


class SQLiteText:
    def ranked(self, query: TextQuery) -> list[int]:
        with connection.cursor() as cursor:
            if query.terms:
                wanted = _all_of(query.terms)
                depths = [f"{{{' '.join(COLUMNS[:depth])}}} : ({wanted})" for depth in (1, 2, 3)]
                but = f" NOT ({_any_of(query.without)})" if query.without else ""
                cursor.execute(RANKED, [f"({wanted}){but}", *depths])
            elif query.without:
                cursor.execute(WITHOUT, [_any_of(query.without)])
            else:
                return []
            return [number for (number,) in cursor.fetchall()]

    def marked(self, query: TextQuery, numbers: list[int]) -> list[Marked]:
        if not query.terms or not numbers:
            return []
        columns = ", ".join(
            f"highlight(gallery_entrytext_fts, {place}, '{START}', '{STOP}')"
            for place in range(len(COLUMNS))
        )
        sql = MARKED.format(columns=columns, numbers=", ".join(["%s"] * len(numbers)))
        with connection.cursor() as cursor:
            cursor.execute(sql, [_any_of(query.terms), *numbers])
            return [_marked(row) for row in cursor.fetchall()]


def _marked(row) -> Marked:
    number, *columns, parts = row
    texts, spans = {}, {}
    for name, column in zip(COLUMNS, columns, strict=True):
        texts[name] = column.replace(START, "").replace(STOP, "")
        spans[name] = [s for s in spans_of(column) if s[1] <= MARKED_CHARACTERS]
    return Marked.from_row(number, texts, spans, parts)


def _all_of(terms: tuple[Term, ...]) -> str:
    return " AND ".join(map(_term, terms))


def _any_of(terms: tuple[Term, ...]) -> str:
    return " OR ".join(map(_term, terms))


def _term(term: Term) -> str:
    """Quoted, so that no word is taken for an operator."""
    return f'"{" ".join(term.words)}"{" *" if term.is_beginning else ""}'
