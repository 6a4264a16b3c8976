"""The database's own full-text index of the texts of designs and lessons, kept in step by itself.

Both databases stem English, fold case and accents and know no stop words, so that they find the
same. Changing such a table on SQLite makes Django write it anew, which drops the triggers: such a
migration must end with `create` again and rebuild the index.
"""

from django.db import migrations

TABLES = ("gallery_entrytext", "gallery_insighttext")

SQLITE_CREATE = """
CREATE VIRTUAL TABLE {table}_fts USING fts5(
    title, summary, held, rest,
    content='{table}', content_rowid='number',
    tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN
    INSERT INTO {table}_fts (rowid, title, summary, held, rest)
    VALUES (new.number, new.title, new.summary, new.held, new.rest);
END;
CREATE TRIGGER {table}_gone AFTER DELETE ON {table} BEGIN
    INSERT INTO {table}_fts ({table}_fts, rowid, title, summary, held, rest)
    VALUES ('delete', old.number, old.title, old.summary, old.held, old.rest);
END;
CREATE TRIGGER {table}_changed AFTER UPDATE ON {table} BEGIN
    INSERT INTO {table}_fts ({table}_fts, rowid, title, summary, held, rest)
    VALUES ('delete', old.number, old.title, old.summary, old.held, old.rest);
    INSERT INTO {table}_fts (rowid, title, summary, held, rest)
    VALUES (new.number, new.title, new.summary, new.held, new.rest);
END;
INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild');
"""
SQLITE_DROP = """
DROP TRIGGER {table}_added;
DROP TRIGGER {table}_gone;
DROP TRIGGER {table}_changed;
DROP TABLE {table}_fts;
"""

# gallery_words() blanks what PostgreSQL's parser would take for parts of addresses, paths, numbers
# with signs and hyphenated words; SQLite splits at them anyway. It keeps the length, because
# places found in its result are shown in the original.
POSTGRESQL_WORDS = """
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE TEXT SEARCH DICTIONARY gallery_stem (TEMPLATE = snowball, LANGUAGE = english);
CREATE TEXT SEARCH CONFIGURATION gallery (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION gallery
    ALTER MAPPING FOR asciiword, word, numword WITH unaccent, gallery_stem;
CREATE FUNCTION gallery_words(whole text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE
    LANGUAGE sql RETURN translate(whole, $chars${blanked}$chars$, $blank${blanks}$blank$);
"""
# One vector for each depth of columns: an index does not know in which part of a vector a word
# stands, so asking one for the words of the title alone would read every text that has them. Long
# values lie apart, so that finding a text reads a row of a few bytes.
POSTGRESQL_CREATE = """
ALTER TABLE {table} SET (toast_tuple_target = 128);
ALTER TABLE {table}
    ADD COLUMN depth_1 tsvector GENERATED ALWAYS AS ({title}) STORED,
    ADD COLUMN depth_2 tsvector GENERATED ALWAYS AS ({title} {summary}) STORED,
    ADD COLUMN depth_3 tsvector GENERATED ALWAYS AS ({title} {summary} {held}) STORED,
    ADD COLUMN depth_4 tsvector GENERATED ALWAYS AS ({title} {summary} {held} {rest}) STORED;
"""
# The planner does not count what it costs to read a vector that lies apart, and would often rather
# look into each than into the index; so the search is a function with a setting of its own. All
# numbers come in one value, four bytes each: making a row of each would take many times as long.
POSTGRESQL_DEPTH = """
CREATE INDEX {table}_depth_{depth} ON {table} USING gin (depth_{depth});
CREATE FUNCTION {table}_holding_{depth}(wanted text) RETURNS bytea STABLE STRICT
    LANGUAGE sql SET enable_seqscan = off RETURN (
        SELECT string_agg(int4send(number), ''::bytea) FROM {table}
        WHERE depth_{depth} @@ to_tsquery('gallery', wanted));
"""
POSTGRESQL_DROP_DEPTH = "DROP FUNCTION {table}_holding_{depth};"
DEPTHS = (1, 2, 3, 4)
POSTGRESQL_DROP = """
ALTER TABLE {table}
    DROP COLUMN depth_1, DROP COLUMN depth_2, DROP COLUMN depth_3, DROP COLUMN depth_4;
"""
POSTGRESQL_NO_WORDS = """
DROP FUNCTION gallery_words;
DROP TEXT SEARCH CONFIGURATION gallery;
DROP TEXT SEARCH DICTIONARY gallery_stem;
"""
TITLE = "to_tsvector('gallery', gallery_words(title))"
# Between two columns stands a sign that no word has, so that no quoted words reach across.
FURTHER = "|| $$'\x1e':1$$::tsvector || to_tsvector('gallery', gallery_words({column}))"
BLANKED = "!\"#%&'()*+,-./:;<=>?@[\\]^_`{|}~‘’‚“”„–—…·«»‹›\x1e"


def create(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor == "postgresql":
        _script(connection, POSTGRESQL_WORDS.format(blanked=BLANKED, blanks=" " * len(BLANKED)))
    for table in TABLES:
        if connection.vendor == "sqlite":
            _script(connection, SQLITE_CREATE.format(table=table))
        if connection.vendor == "postgresql":
            columns = {name: FURTHER.format(column=name) for name in ("summary", "held", "rest")}
            _script(connection, POSTGRESQL_CREATE.format(table=table, title=TITLE, **columns))
            for depth in DEPTHS:
                _script(connection, POSTGRESQL_DEPTH.format(table=table, depth=depth))


def drop(apps, schema_editor):
    connection = schema_editor.connection
    for table in TABLES:
        if connection.vendor == "sqlite":
            _script(connection, SQLITE_DROP.format(table=table))
        if connection.vendor == "postgresql":
            for depth in DEPTHS:
                _script(connection, POSTGRESQL_DROP_DEPTH.format(table=table, depth=depth))
            _script(connection, POSTGRESQL_DROP.format(table=table))
    if connection.vendor == "postgresql":
        _script(connection, POSTGRESQL_NO_WORDS)


def _script(connection, sql):
    """Statements end with a semicolon at a line's end that begins in the first column."""
    with connection.cursor() as cursor:
        for statement in _statements(sql):
            cursor.execute(statement)


def _statements(sql):
    statement = ""
    for line in sql.strip().splitlines(keepends=True):
        statement += line
        if line.rstrip().endswith(";") and not ("BEGIN" in statement and "END;" not in line):
            yield statement
            statement = ""


class Migration(migrations.Migration):
    dependencies = [("gallery", "0001_entries")]

    operations = [migrations.RunPython(create, drop)]
